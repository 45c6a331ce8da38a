"""The list of chats and how its rows are drawn."""
