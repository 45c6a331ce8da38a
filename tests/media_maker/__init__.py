"""Makes the files that the sandbox's customers send: `python -m tests.media_maker`."""
