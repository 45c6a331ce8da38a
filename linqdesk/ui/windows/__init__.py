"""The window and its dialogs."""
