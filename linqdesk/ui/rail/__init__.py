"""Our phone lines: the rail at the left edge, a line's mark, its name and its reputation in words."""
