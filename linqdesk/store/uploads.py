"""How far the files that we send have come on their way to Linq."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from linqdesk.domain.ids import FileKey
from linqdesk.store.changes import UploadMoved


class UploadState(Enum):
    """The stations of an upload; only RUNNING moves by itself.

    WAITING has its turn soon, HELD only once the agent has decided about a message that failed.
    """

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    HELD = auto()

    @property
    def is_under_way(self) -> bool:
        """Whether it goes on without anybody's doing."""
        return self in {UploadState.WAITING, UploadState.RUNNING}


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


@dataclass(frozen=True, slots=True)
class UploadTotal:
    """All files that are or were on their way at the same time, those of every chat."""

    file_count: int = 0
    done_count: int = 0
    stopped_count: int = 0
    progress: float = 0.0
    is_under_way: bool = False


class UploadView(Protocol):
    """The uploads as their readers see them."""

    def of(self, key: FileKey) -> Upload | None:
        """Return how far a file has come; None where it never waited for an upload."""

    def total(self) -> UploadTotal:
        """Return how far all have come; once none moves any more, what became of those that did last."""


class UploadBoard:
    """Knows of each upload under way, and announces its steps."""

    def __init__(self, announce: Callable[[UploadMoved], None]) -> None:
        """Start empty; `announce` hears of every step."""
        self._announce = announce
        self._uploads: dict[FileKey, Upload] = {}
        # What is forgotten because its message is sent still counts beside the others.
        self._together: dict[FileKey, Upload] = {}

    def of(self, key: FileKey) -> Upload | None:
        """Return how far a file has come."""
        return self._uploads.get(key)

    def total(self) -> UploadTotal:
        """Return how far all that move or moved together have come."""
        return _total(self._together.values())

    def set(self, key: FileKey, upload: Upload) -> None:
        """Say how far a file has come."""
        if self._uploads.get(key) != upload:
            self._uploads[key] = upload
            self._count(key, upload)
            self._announce(UploadMoved(key))

    def forget(self, key: FileKey) -> None:
        """Forget a file whose message is gone: sent, or dropped on its way."""
        upload = self._uploads.pop(key, None)
        if upload is not None and upload.state is not UploadState.DONE:
            self._together.pop(key, None)
            self._announce(UploadMoved(key))

    def _count(self, key: FileKey, upload: Upload) -> None:
        if key not in self._together:
            if not upload.state.is_under_way:
                return
            if not any(each.state.is_under_way for each in self._together.values()):
                self._together.clear()
        self._together[key] = upload


def _total(uploads: Iterable[Upload]) -> UploadTotal:
    known = list(uploads)
    states = [each.state for each in known]
    size_bytes = sum(each.size_bytes for each in known)
    sent_bytes = sum(round(each.progress * each.size_bytes) for each in known)
    return UploadTotal(
        file_count=len(known),
        done_count=states.count(UploadState.DONE),
        stopped_count=states.count(UploadState.FAILED) + states.count(UploadState.HELD),
        progress=sent_bytes / max(1, size_bytes),
        is_under_way=any(state.is_under_way for state in states),
    )
