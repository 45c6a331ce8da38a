"""Benchmarks: they print figures, one JSON object a line, and judge nothing."""
