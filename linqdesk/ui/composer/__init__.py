"""Where the agent writes: the editor and what surrounds it."""
