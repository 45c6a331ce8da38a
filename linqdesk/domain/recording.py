"""Voice memos that are recorded here: how the sound comes in, and what there is once it was said."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NewType

from linqdesk.domain.ids import ChatId

RecordingId = NewType("RecordingId", str)

# Twenty minutes of a voice stay below the 10 MB that Linq takes as a voice memo (linq-api.md 2.1).
MAX_RECORDING_MS = 20 * 60 * 1_000


class SampleKind(StrEnum):
    """How one sample is written: unsigned, signed, or as a fraction; little-endian on every platform here."""

    UINT8 = "uint8"
    INT16 = "int16"
    INT32 = "int32"
    FLOAT32 = "float32"

    @property
    def size_bytes(self) -> int:
        """How many bytes a sample takes."""
        match self:
            case SampleKind.UINT8:
                return 1
            case SampleKind.INT16:
                return 2
            case SampleKind.INT32 | SampleKind.FLOAT32:
                return 4


@dataclass(frozen=True, slots=True)
class SoundForm:
    """How the sound of a microphone comes: 8,000 to 384,000 samples a second for each of 1 to 8 channels."""

    rate_hz: int
    channels: int
    samples: SampleKind = SampleKind.INT16

    @property
    def frame_bytes(self) -> int:
        """How many bytes the samples of one moment take."""
        return self.channels * self.samples.size_bytes

    def duration_ms(self, size_bytes: int) -> int:
        """Return how long so many bytes of sound last."""
        return size_bytes // self.frame_bytes * 1_000 // self.rate_hz


@dataclass(frozen=True, slots=True)
class RecordedMemo:
    """A voice memo as it can be sent: AAC in m4a, in a file that is ours until it was taken in."""

    id: RecordingId
    chat_id: ChatId
    file: Path
    duration_ms: int
    size_bytes: int
