"""Models of the API's JSON, one file per resource: unknown fields are ignored, unknown words kept."""
