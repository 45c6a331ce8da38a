"""What a file is called and what it is: kinds, types and sizes in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from linqdesk.ui.names import plain_name
from linqdesk.ui.wording import size_words

if TYPE_CHECKING:
    from linqdesk.domain.message import MediaPart

_MAX_EXTENSION = 5


class MediaKind(Enum):
    """How a file is shown; the value is its word."""

    PICTURE = "Photo"
    VIDEO = "Video"
    AUDIO = "Audio"
    FILE = "File"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file in words: an icon's name, the file's own name, and its type and size."""

    icon: str
    name: str
    detail: str


# Pictures that Linq delivers and no decoder of ours reads (SVG, icons) are shown as files.
_PICTURES = {"jpeg", "jpg", "pjpeg", "png", "gif", "webp", "bmp", "x-ms-bmp", "tiff", "heic", "heif"}
_SOUNDS = {".mp3", ".m4a", ".aac", ".caf", ".wav", ".aif", ".aiff", ".amr"}
_TYPES = {
    "application/pdf": ("PDF", "file-text"),
    "text/vcard": ("Contact card", "contact-round"),
    "text/x-vcard": ("Contact card", "contact-round"),
    "text/calendar": ("Calendar event", "calendar-days"),
    "text/plain": ("Text", "file-text"),
    "text/markdown": ("Text", "file-text"),
    "text/csv": ("Table", "file-spreadsheet"),
    "text/html": ("Web page", "file-code"),
    "application/json": ("JSON", "file-code"),
    "application/xml": ("XML", "file-code"),
    "text/xml": ("XML", "file-code"),
    "application/rtf": ("Document", "file-text"),
    "text/rtf": ("Document", "file-text"),
    "application/msword": ("Word document", "file-text"),
    "application/zip": ("ZIP archive", "file-archive"),
    "application/gzip": ("Archive", "file-archive"),
    "application/epub+zip": ("Book", "file-text"),
    "application/vnd.apple.pkpass": ("Wallet pass", "file"),
    "image/svg+xml": ("SVG drawing", "image"),
}
_TYPE_PARTS = (
    ("wordprocessingml", "Word document", "file-text"),
    ("spreadsheetml", "Excel table", "file-spreadsheet"),
    ("ms-excel", "Excel table", "file-spreadsheet"),
    ("presentationml", "Presentation", "presentation"),
    ("ms-powerpoint", "Presentation", "presentation"),
    ("pages", "Pages document", "file-text"),
    ("numbers", "Numbers table", "file-spreadsheet"),
    ("keynote", "Presentation", "presentation"),
)
_BY_EXTENSION = {".vcf": "text/vcard", ".ics": "text/calendar", ".pdf": "application/pdf"}


def media_kind(mime_type: str, filename: str = "") -> MediaKind:
    """Return how a file is shown, by its type, else by its name."""
    kind, _, subtype = mime_type.partition(";")[0].strip().casefold().partition("/")
    if kind == "image":
        return MediaKind.PICTURE if subtype in _PICTURES else MediaKind.FILE
    if kind == "video":
        return MediaKind.VIDEO
    if kind == "audio" or _extension(filename) in _SOUNDS:
        return MediaKind.AUDIO
    return MediaKind.FILE


def file_facts(part: MediaPart) -> FileFacts:
    """Return what a card says of a file."""
    word, icon = _type_of(part)
    name = plain_name(part.filename) or word
    size = size_words(part.size_bytes) if part.size_bytes is not None else ""
    return FileFacts(icon, name, f"{word} · {size}" if size else word)


def _type_of(part: MediaPart) -> tuple[str, str]:
    mime = part.mime_type.partition(";")[0].strip().casefold()
    extension = _extension(part.filename)
    if mime not in _TYPES and extension in _BY_EXTENSION:
        mime = _BY_EXTENSION[extension]
    if mime in _TYPES:
        return _TYPES[mime]
    match media_kind(part.mime_type, part.filename):
        case MediaKind.PICTURE:
            return "Photo", "image"
        case MediaKind.VIDEO:
            return "Video", "video"
        case MediaKind.AUDIO:
            return "Audio", "audio-lines"
        case MediaKind.FILE:
            return _other_type(mime, extension)


def _other_type(mime: str, extension: str) -> tuple[str, str]:
    for needle, word, icon in _TYPE_PARTS:
        if needle in mime:
            return word, icon
    return (f"{extension[1:].upper()} file", "file") if extension else ("File", "file")


def _extension(filename: str) -> str:
    """Return ".pdf", nothing where a name has no usual ending."""
    suffix = PurePosixPath(plain_name(filename).casefold()).suffix
    return suffix if 1 < len(suffix) <= _MAX_EXTENSION and suffix[1:].isalnum() else ""
