"""Speaks HTTP to Linq; nobody above sees JSON."""
