"""The list of everything that is not sent yet, across chats."""
