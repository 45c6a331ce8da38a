"""Says by content and name whether Linq carries a file, and as which type."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from linqdesk.local.file_names import safe_name, with_extension

HEAD_BYTES = 4_096
"""How much of a file's beginning tells what it is."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MP3_SYNC, _MP3_MASK = 0xE2, 0xE6
_ADTS_SYNC, _ADTS_MASK = 0xF0, 0xF6
_NOT_CARRIED = "Linq does not carry files of this kind."


class Nature(Enum):
    """What a file is for, as an agent would say it."""

    PICTURE = "picture"
    RECORDING = "recording"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    TEXT = "text"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class SendableKind:
    """What a file goes as; the extension is that of its content, with its dot.

    Where `is_convertible`, Linq refuses it as it is and something that it takes can be made of it.
    """

    media_type: str
    extension: str
    is_convertible: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What bytes turned out to be: the types that their name may choose among, the first where it does not.

    With `is_strict` a name that chooses none of them is refused.
    """

    nature: Nature
    types: dict[str, str]
    is_strict: bool = False
    is_convertible: bool = False


_PICTURE, _RECORDING, _DOCUMENT = Nature.PICTURE, Nature.RECORDING, Nature.DOCUMENT
_JPEG = _Seen(_PICTURE, {".jpg": "image/jpeg", ".jpeg": "image/jpeg"})
_TIFF = _Seen(_PICTURE, {".tiff": "image/tiff", ".tif": "image/tiff"})
_HEIC = _Seen(_PICTURE, {".heic": "image/heic", ".heif": "image/heif"})
_MP3 = _Seen(_RECORDING, {".mp3": "audio/mpeg"})
_AAC = _Seen(_RECORDING, {".aac": "audio/aac"})
_MPEG = _Seen(_RECORDING, {".mpg": "video/mpeg", ".mpeg": "video/mpeg"})
_WAV = _Seen(_RECORDING, {".wav": "audio/x-wav"})
_AIFF = _Seen(_RECORDING, {".aiff": "audio/x-aiff", ".aif": "audio/x-aiff"})
_MOVIE_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".3gp": "video/3gpp",
    ".m4a": "audio/x-m4a",
}
_MOVIE = _Seen(_RECORDING, _MOVIE_TYPES)
_QUICKTIME = _Seen(_RECORDING, {".mov": "video/quicktime"} | _MOVIE_TYPES)
_M4A = _Seen(_RECORDING, {".m4a": "audio/x-m4a"} | _MOVIE_TYPES)
_OGG = _Seen(
    _RECORDING,
    {".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".ogv": "video/ogg"},
    is_convertible=True,
)
_ZIP = _Seen(
    Nature.ARCHIVE,
    {
        ".zip": "application/zip",
        ".docx": f"{_OFFICE}.wordprocessingml.document",
        ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        ".pptx": f"{_OFFICE}.presentationml.presentation",
        ".pages": "application/x-iwork-pages-sffpages",
        ".numbers": "application/x-iwork-numbers-sffnumbers",
        ".key": "application/x-iwork-keynote-sffkey",
        ".epub": "application/epub+zip",
        ".pkpass": "application/vnd.apple.pkpass",
    },
    is_strict=True,
)
_OLE = _Seen(
    _DOCUMENT,
    {
        ".doc": "application/msword",
        ".xls": "application/vnd.ms-excel",
        ".ppt": "application/vnd.ms-powerpoint",
    },
    is_strict=True,
)
_TEXT = _Seen(
    Nature.TEXT,
    {
        ".txt": "text/plain",
        ".md": "text/markdown",
        ".csv": "text/csv",
        ".html": "text/html",
        ".htm": "text/html",
        ".vcf": "text/vcard",
        ".ics": "text/calendar",
        ".json": "application/json",
        ".xml": "text/xml",
        ".svg": "image/svg+xml",
    },
)
_PROGRAM = _Seen(Nature.PROGRAM, {})
_MAGIC = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _Seen(_PICTURE, {".png": "image/png"})),
    (b"GIF87a", _Seen(_PICTURE, {".gif": "image/gif"})),
    (b"GIF89a", _Seen(_PICTURE, {".gif": "image/gif"})),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"BM", _Seen(_PICTURE, {".bmp": "image/bmp"}, is_strict=True)),
    (b"\x00\x00\x01\x00", _Seen(_PICTURE, {".ico": "image/x-icon"}, is_strict=True)),
    (b"%PDF-", _Seen(_DOCUMENT, {".pdf": "application/pdf"})),
    (b"{\\rtf", _Seen(_DOCUMENT, {".rtf": "text/rtf", ".doc": "application/msword"})),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\x1f\x8b", _Seen(Nature.ARCHIVE, {".gz": "application/x-gzip", ".tgz": "application/x-gzip"})),
    (b"ID3", _Seen(_RECORDING, {".mp3": "audio/mpeg", ".aac": "audio/aac"})),
    (b"caff", _Seen(_RECORDING, {".caf": "audio/x-caf"})),
    (b"#!AMR", _Seen(_RECORDING, {".amr": "audio/amr"})),
    (b"MThd", _Seen(_RECORDING, {".mid": "audio/midi", ".midi": "audio/midi"})),
    (b"fLaC", _Seen(_RECORDING, {".flac": "audio/flac"}, is_convertible=True)),
    (b"OggS", _OGG),
    (b"\x00\x00\x01\xba", _MPEG),
    (b"\x00\x00\x01\xb3", _MPEG),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"#!", _PROGRAM),
)
_RIFF: dict[bytes, _Seen] = {
    b"WAVE": _WAV,
    b"WEBP": _Seen(_PICTURE, {".webp": "image/webp"}, is_convertible=True),
    b"AVI ": _Seen(_RECORDING, {".avi": "video/x-msvideo"}),
}
_FORM = {b"AIFF": _AIFF, b"AIFC": _AIFF}
_OUTER = {b"RIFF": _RIFF, b"FORM": _FORM}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), _HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), _M4A),
    b"qt  ": _QUICKTIME,
}
_UNCARRIED_BRANDS = frozenset({b"avif", b"avis"})
# QuickTime files from before the brands begin with one of these boxes.
_OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"pnot"})
_KNOWN = {
    extension: seen
    for seen in (
        *(each for _, each in _MAGIC),
        *_RIFF.values(),
        *_FORM.values(),
        _HEIC,
        _MOVIE,
        _AAC,
        _TEXT,
    )
    for extension in seen.types
}


def sendable_kind(head: bytes, name: str) -> SendableKind | str:
    """Return what a file goes as, or why it does not go, in words for the agent.

    A picture or a recording whose extension is of another picture or recording goes as what it is. One
    that pretends to be something else altogether is refused.

    Args:
        head: its first `HEAD_BYTES`, or all of it.
        name: what it is called here.
    """
    extension = PurePath(name).suffix.lower()
    seen = _seen(head)
    if seen is not None and extension in seen.types:
        return SendableKind(seen.types[extension], extension, seen.is_convertible)
    words = _refusal(seen, extension)
    if words is not None or seen is None:
        return words or _NOT_CARRIED
    own, media_type = next(iter(seen.types.items()))
    return SendableKind(media_type, own, seen.is_convertible)


def named(name: str, kind: SendableKind) -> str:
    """Return a safe name that ends as its content does: "a.jpg" for a JPEG "a.png"."""
    if PurePath(name).suffix.lower() in _KNOWN:
        return with_extension(name, kind.extension)
    return safe_name(f"{name}{kind.extension}")


def _refusal(seen: _Seen | None, extension: str) -> str | None:
    """Tell why a file of another extension than its content's does not go, None where it does."""
    claimed = _KNOWN.get(extension)
    named_like = f"It is named like a {extension[1:].upper()} file"
    if seen is None:
        return f"{named_like} but its content is none; it may be damaged." if claimed else _NOT_CARRIED
    if seen.nature is Nature.PROGRAM:
        return "Linq does not carry programs and scripts."
    if claimed is not None and claimed.nature is not seen.nature:
        return f"{named_like} but its content is a {seen.nature.value}."
    return _NOT_CARRIED if seen.is_strict else None


def _seen(head: bytes) -> _Seen | None:
    found = next((seen for magic, seen in _MAGIC if head.startswith(magic)), None)
    return found or _boxed(head) or _sounding(head) or (_TEXT if _is_text(head) else None)


def _boxed(head: bytes) -> _Seen | None:
    """Recognize what names itself behind its first four bytes."""
    outer, inner = head[:4], head[8:12]
    if outer in _OUTER:
        return _OUTER[outer].get(inner)
    if head[4:8] == b"ftyp":
        return None if inner in _UNCARRIED_BRANDS else _BRANDS.get(inner, _MOVIE)
    return _QUICKTIME if head[4:8] in _OLD_QUICKTIME else None


def _sounding(head: bytes) -> _Seen | None:
    """Recognize sound that begins with a frame and no heading."""
    second = head[1] if head[:1] == b"\xff" and head[1:] else 0
    if second & _ADTS_MASK == _ADTS_SYNC:
        return _AAC
    return _MP3 if second & _MP3_MASK == _MP3_SYNC else None


def _is_text(head: bytes) -> bool:
    """Tell whether these bytes are text in UTF-8, UTF-16 with its mark, or an older code of one byte."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and _CONTROLS.search(head) is None
