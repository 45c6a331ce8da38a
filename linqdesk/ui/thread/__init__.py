"""The message view: virtual layout, pure geometry of bubbles, painting, selection."""
