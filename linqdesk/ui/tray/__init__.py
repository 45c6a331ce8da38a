"""The files that wait over the composer's field."""
