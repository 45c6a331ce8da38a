"""What one can do with a message: react, answer, find, copy, forward, edit, delete, look into."""
