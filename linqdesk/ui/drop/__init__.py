"""What is dragged: files into a chat, and files out of it."""
