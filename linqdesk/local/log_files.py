"""The log: what happened, never what was said."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from typing_extensions import override

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.local.paths import Paths

_MAX_BYTES, _KEPT_FILES = 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# They print whole addresses, and with them signatures.
_TALKATIVE = ("httpx", "httpcore", "asyncio", "qasync", "uvicorn")


def report_of(failure: BaseException) -> str:
    """Return the kind of an error and where it came from, the innermost place first.

    Its message is left out: it may quote what a customer wrote.
    """
    frames = traceback.extract_tb(failure.__traceback__)
    places = " < ".join(f"{_short(each.filename)}:{each.lineno} {each.name}" for each in reversed(frames))
    report = f"{type(failure).__name__} at {places or 'an unknown place'}"
    cause = failure.__cause__ or failure.__context__
    return report if cause is None else f"{report}, after {report_of(cause)}"


def _short(filename: str) -> str:
    """Return a file's place in the program, without the folders of this computer."""
    parts = Path(filename).parts
    at = len(parts) - parts[::-1].index("linqdesk") - 1 if "linqdesk" in parts else len(parts) - 1
    return "/".join(parts[at:])


_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _OneLineFormatter(logging.Formatter):
    """Escapes what could forge a line or drive a terminal."""

    @override
    def formatException(self, ei: _ExcInfo) -> str:
        """Return where an error came from, without its message."""
        return "" if ei[1] is None else report_of(ei[1])

    @override
    def format(self, record: logging.LogRecord) -> str:
        return "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
            for character in super().format(record)
        )


class _PatientHandler(RotatingFileHandler):
    """Loses lines on a full disk, and nothing else."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: what cannot be written cannot be written about either."""

    @override
    def close(self) -> None:
        """Close the file; what was not written yet may be lost."""
        with suppress(OSError):
            super().close()


def start_log(paths: Paths, level: str) -> Callable[[], None]:
    """Write the log of this run to a rotating file; returns what ends that.

    Raises:
        LocalFaultError: its folder or file cannot be made.
    """
    make_folder(paths.log_file.parent)
    handler = _PatientHandler(
        paths.log_file, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(_OneLineFormatter(_FORMAT))
    try:
        paths.log_file.touch(OWNER_ONLY_FILE)
    except OSError as failure:
        raise LocalFaultError(f"No log can be kept: {failure.strerror}.") from failure
    root = logging.getLogger()
    root.setLevel(level.upper())
    root.addHandler(handler)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)

    def stop() -> None:
        root.removeHandler(handler)
        handler.close()

    return stop
