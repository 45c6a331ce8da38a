"""LinqDesk: a desktop window in which support staff chat with customers over the Linq Partner API.

`domain` says what a chat is, `api` speaks HTTP, `store` holds the truth in memory, `services` work
over time, `local` is this computer, `ui` is the window, `sandbox` is an imaginary Linq, and `app`
puts them together.
"""

__version__ = "0.1.0"
