"""What the window may ask for, by subject, each call returning at once."""
