"""The truth in memory: what is known of chats and messages, and who is told of a change."""
