"""Says by their first bytes which files are harmless enough to be opened, and what they are to be called."""

from dataclasses import dataclass
from enum import Enum, auto

HEAD_BYTES = 512
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")
_SPACE = 0x20


class Family(Enum):
    """What a harmless file is for."""

    PICTURE = auto()
    AUDIO = auto()
    VIDEO = auto()
    DOCUMENT = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may be opened; the extension is ours, with its dot."""

    family: Family
    extension: str


_PICTURE, _AUDIO, _VIDEO = Family.PICTURE, Family.AUDIO, Family.VIDEO
_MAGIC = (
    (b"\xff\xd8\xff", FileKind(_PICTURE, ".jpg")),
    (b"\x89PNG\r\n\x1a\n", FileKind(_PICTURE, ".png")),
    (b"GIF87a", FileKind(_PICTURE, ".gif")),
    (b"GIF89a", FileKind(_PICTURE, ".gif")),
    (b"II*\x00", FileKind(_PICTURE, ".tiff")),
    (b"MM\x00*", FileKind(_PICTURE, ".tiff")),
    (b"%PDF-", FileKind(Family.DOCUMENT, ".pdf")),
    (b"ID3", FileKind(_AUDIO, ".mp3")),
    (b"\xff\xfb", FileKind(_AUDIO, ".mp3")),
    (b"\xff\xf3", FileKind(_AUDIO, ".mp3")),
    (b"\xff\xf1", FileKind(_AUDIO, ".aac")),
    (b"\xff\xf9", FileKind(_AUDIO, ".aac")),
    (b"caff", FileKind(_AUDIO, ".caf")),
    (b"#!AMR", FileKind(_AUDIO, ".amr")),
    (b"\x00\x00\x01\xba", FileKind(_VIDEO, ".mpg")),
    (b"\x00\x00\x01\xb3", FileKind(_VIDEO, ".mpg")),
)
_RIFF = {b"WEBP": FileKind(_PICTURE, ".webp"), b"WAVE": FileKind(_AUDIO, ".wav")}
_FORM = {b"AIFF": FileKind(_AUDIO, ".aiff"), b"AIFC": FileKind(_AUDIO, ".aiff")}
_BRANDS = {
    b"M4A ": FileKind(_AUDIO, ".m4a"),
    b"M4B ": FileKind(_AUDIO, ".m4a"),
    b"qt  ": FileKind(_VIDEO, ".mov"),
    b"M4V ": FileKind(_VIDEO, ".m4v"),
    b"heic": FileKind(_PICTURE, ".heic"),
    b"heix": FileKind(_PICTURE, ".heic"),
    b"mif1": FileKind(_PICTURE, ".heic"),
    b"isom": FileKind(_VIDEO, ".mp4"),
    b"iso2": FileKind(_VIDEO, ".mp4"),
    b"iso5": FileKind(_VIDEO, ".mp4"),
    b"iso6": FileKind(_VIDEO, ".mp4"),
    b"mp41": FileKind(_VIDEO, ".mp4"),
    b"mp42": FileKind(_VIDEO, ".mp4"),
    b"avc1": FileKind(_VIDEO, ".mp4"),
    b"3gp4": FileKind(_VIDEO, ".3gp"),
    b"3gp5": FileKind(_VIDEO, ".3gp"),
    b"3gp6": FileKind(_VIDEO, ".3gp"),
}
_TYPES = {
    Family.PICTURE: ("image/",),
    Family.AUDIO: ("audio/", "video/mp4", "video/quicktime"),
    Family.VIDEO: ("video/", "audio/mp4", "audio/x-m4a"),
    Family.DOCUMENT: ("application/pdf",),
    Family.TEXT: ("text/plain",),
}


def is_openable_type(mime_type: str) -> bool:
    """Tell whether a file that is declared so may be of a kind that is opened; its bytes decide."""
    return any(mime_type.startswith(types) for types in _TYPES.values())


def openable_kind(head: bytes, mime_type: str) -> FileKind | None:
    """Return what a file is by its first 512 bytes, None where it is not to be opened.

    What the sender declared must agree: a file that lies about itself is only ever saved.
    """
    kind = _by_magic(head)
    if kind is None and mime_type == "text/plain" and _is_text(head):
        kind = FileKind(Family.TEXT, ".txt")
    if kind is None or not mime_type.startswith(_TYPES[kind.family]):
        return None
    return kind


def _by_magic(head: bytes) -> FileKind | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:4] == b"FORM":
        return _FORM.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _is_text(head: bytes) -> bool:
    """Tell whether these bytes can be read as UTF-8, but for a character that is cut at the end."""
    if any(each < _SPACE and each not in _TEXT_CONTROLS for each in head):
        return False
    if head.startswith((b"#!", b"<")):
        # Scripts and pages are text as well, and more than that.
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as failure:
        return failure.start >= len(head) - 3
    return True
