"""What serves every composer: emoji, effects, completion, and how the agent prefers to write."""
