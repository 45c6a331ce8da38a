"""Recording voice memos: the microphone, the bar over the field, and the player of what was recorded."""
