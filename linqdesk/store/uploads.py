"""How far the files that we send have come on their way to Linq."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from linqdesk.domain.ids import FileKey
from linqdesk.store.changes import UploadMoved


class UploadState(Enum):
    """The stations of an upload; only RUNNING moves by itself."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Upload:
    """How much of one file is on its way."""

    state: UploadState
    sent_bytes: int
    size_bytes: int

    @property
    def progress(self) -> float:
        """The share that has left, 0 to 1."""
        return 1.0 if self.state is UploadState.DONE else min(1.0, self.sent_bytes / max(1, self.size_bytes))


class UploadView(Protocol):
    """The uploads as their readers see them."""

    def of(self, key: FileKey) -> Upload | None:
        """Return how far a file has come; None where it never waited for an upload."""


class UploadBoard:
    """Knows of each upload under way, and announces its steps."""

    def __init__(self, announce: Callable[[UploadMoved], None]) -> None:
        """Start empty; `announce` hears of every step."""
        self._announce = announce
        self._uploads: dict[FileKey, Upload] = {}

    def of(self, key: FileKey) -> Upload | None:
        """Return how far a file has come."""
        return self._uploads.get(key)

    def set(self, key: FileKey, upload: Upload) -> None:
        """Say how far a file has come."""
        if self._uploads.get(key) != upload:
            self._uploads[key] = upload
            self._announce(UploadMoved(key))

    def forget(self, key: FileKey) -> None:
        """Forget a file whose message is gone."""
        self._uploads.pop(key, None)
