"""The eleven screen effects, each a picture of its time and seed alone."""
