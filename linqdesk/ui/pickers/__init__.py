"""What opens over the composer: emoji, effects, lists of suggestions."""
