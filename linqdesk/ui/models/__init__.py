"""Changes of the cache as rows of Qt's models."""
