"""The dialog that begins a chat: recipients as chips, the line, and the first message."""
