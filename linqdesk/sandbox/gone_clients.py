"""Says in one line, where the server would print a traceback, that a client went away unanswered."""

import asyncio
import logging

from starlette.requests import ClientDisconnect
from typing_extensions import override

_SERVER_LOG = "uvicorn.error"
_GONE = (ClientDisconnect, asyncio.CancelledError)


class _OneLine(logging.Filter):
    """Shortens what is no failure of the sandbox; everything else stays as it is."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if record.exc_info else None
        if isinstance(failure, _GONE):
            record.msg, record.args = "sandbox: a client went away before it was answered", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


_ONE_LINE = _OneLine()


def say_quietly() -> None:
    """Let a client that dies, or that is cut off at the end, cost one line; a second call changes nothing."""
    logging.getLogger(_SERVER_LOG).addFilter(_ONE_LINE)
