"""What moves: text animations, bubble effects and screen effects on one shared clock."""
