"""What files can be made of other files before they are sent."""

from dataclasses import dataclass
from enum import StrEnum


class Making(StrEnum):
    """What is made; the file that it is made of stays as it is."""

    COMMON_PICTURE = "common picture"
    """WebP, HEIC, TIFF and BMP as JPEG, as PNG where something shows through, as GIF where it moves."""
    SMALLER = "smaller"
    """At most 2,048 pixels a side, as JPEG or PNG, without metadata."""
    WITHOUT_LOCATION = "without location"
    """The same bytes, but for those that tell where it was taken."""
    FILM_WITHOUT_LOCATION = "film without location"
    """MP4 and QuickTime, sounds among them: the same bytes, but for those that tell where it was recorded."""
    M4A = "m4a"
    """FLAC, Ogg, Opus and every other sound as AAC in m4a."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """What became of a file: its type, its extension with the dot, its size, and how long a sound is."""

    media_type: str
    extension: str
    size_bytes: int
    duration_ms: int | None = None
