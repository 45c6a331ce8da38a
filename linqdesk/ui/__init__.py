"""The window: Qt widgets over a read-only view of the store."""
