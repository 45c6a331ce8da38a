"""The log: what happened, never what was said."""

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler

from typing_extensions import override

from linqdesk.local.paths import OWNER_ONLY_FILE, Paths, make_folder

_MAX_BYTES, _KEPT_FILES = 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# They print whole addresses, and with them signatures.
_TALKATIVE = ("httpx", "httpcore", "asyncio", "qasync", "uvicorn")


class _OneLineFormatter(logging.Formatter):
    """Escapes what could forge a line or drive a terminal."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
            for character in super().format(record)
        )


def start_log(paths: Paths, level: str) -> Callable[[], None]:
    """Write the log of this run to a rotating file; returns what ends that.

    Raises:
        LocalFaultError: its folder cannot be made.
    """
    make_folder(paths.log_file.parent)
    handler = RotatingFileHandler(
        paths.log_file, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(_OneLineFormatter(_FORMAT))
    paths.log_file.touch(OWNER_ONLY_FILE)
    root = logging.getLogger()
    root.setLevel(level.upper())
    root.addHandler(handler)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)

    def stop() -> None:
        root.removeHandler(handler)
        handler.close()

    return stop
