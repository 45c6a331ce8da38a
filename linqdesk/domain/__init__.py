"""What a chat is: pure values and functions, no input or output."""
