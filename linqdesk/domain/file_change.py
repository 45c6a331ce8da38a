"""What may be done to a file before it is sent, always as another file beside it."""

from dataclasses import dataclass
from enum import StrEnum


class FileChange(StrEnum):
    """A change that the agent chose or that was agreed upon."""

    AS_COMMON_PICTURE = "as common picture"
    """WebP, HEIC, TIFF and BMP as JPEG, as PNG where something shows through, as GIF where it moves."""
    SMALLER = "smaller"
    """At most 2,048 pixels a side, as JPEG or PNG, without metadata."""
    WITHOUT_LOCATION = "without location"
    """The same bytes, but for those that tell where it was taken."""
    AS_M4A = "as m4a"
    """FLAC, Ogg, Opus and every other sound as AAC in m4a."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """What became of a file: its type, its extension with the dot, its size, and how long a sound is."""

    media_type: str
    extension: str
    size_bytes: int
    duration_ms: int | None = None
