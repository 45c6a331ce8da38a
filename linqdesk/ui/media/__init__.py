"""Pictures, and whatever else of a message is a file: their states, pixels, zoom and copies."""
