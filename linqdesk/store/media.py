"""How far the file of a media part has come on its way to this computer."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import AttachmentId


class MediaState(Enum):
    """The stations of a file; only LOADING moves by itself."""

    WAITING = auto()
    LOADING = auto()
    READY = auto()
    GONE = auto()
    FAILED = auto()
    TOO_LARGE = auto()


@dataclass(frozen=True, slots=True)
class MediaFile:
    """What is known of one attachment's bytes.

    `path` is set where the state is READY: a file of the media cache, which may be evicted at any time.
    `size_bytes` is what Linq declared, None where it said nothing. TOO_LARGE files are fetched when a
    person asks for them; GONE ones are nowhere any more. `twin` is the name under which the same bytes were
    known before Linq had them.
    """

    state: MediaState = MediaState.WAITING
    received_bytes: int = 0
    size_bytes: int | None = None
    path: Path | None = None
    fault: LinqDeskError | None = None
    twin: AttachmentId | None = None

    @property
    def progress(self) -> float | None:
        """The share that has arrived, 0 to 1; None while that is not known."""
        if self.state is not MediaState.LOADING or not self.size_bytes:
            return None
        return min(1.0, self.received_bytes / self.size_bytes)
