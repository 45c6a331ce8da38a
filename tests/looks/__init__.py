"""How the window looks in states that are hard to reach: set up, drawn, and looked over for faults."""
