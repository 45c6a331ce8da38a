"""What a drag or the clipboard brings, told by names and types alone; no file is opened for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from linqdesk.domain.outgoing_files import LateFile, PastedFile

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from linqdesk.domain.outgoing_files import FileSource

# linq-api.md 4: what the endpoint for voice memos takes, by the extensions of these types.
MEMO_SUFFIXES = frozenset({".mp3", ".m4a", ".aac", ".caf", ".wav", ".aiff", ".aif", ".amr"})
# In the order in which they are liked; a program often offers the same picture in several.
_PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/tiff": "tiff",
}
_PLAIN = "text/plain"
# The least effort: the picture is to be sent, not kept.
_COMPRESSION = 10


@dataclass(frozen=True, slots=True)
class DropOffer:
    """How many files a drag would bring, and how many of them could be voice memos."""

    count: int
    sound_count: int = 0

    @property
    def has_sounds(self) -> bool:
        """Whether it is worth asking what sounds are to become."""
        return self.sound_count > 0


def brings_files(data: QMimeData) -> bool:
    """Tell whether there are files or a picture in it; a copied text with a picture of itself is text."""
    if any(url.isLocalFile() for url in data.urls()):
        return True
    return _has_picture(data)


def offer_of(data: QMimeData) -> DropOffer:
    """Return what a drag would bring."""
    paths = [PurePath(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if not paths:
        return DropOffer(1 if _has_picture(data) else 0)
    return DropOffer(len(paths), sum(may_be_memo(path.name) for path in paths))


def may_be_memo(name: str) -> bool:
    """Tell by a name whether a file could go as a voice memo."""
    return PurePath(name).suffix.casefold() in MEMO_SUFFIXES


def sources_of(data: QMimeData) -> tuple[FileSource, ...]:
    """Return the files of a drop or of the clipboard, each once; a picture alone becomes one."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return tuple(dict.fromkeys(paths))
    picture = _picture(data) if _has_picture(data) else None
    return () if picture is None else (picture,)


def _has_picture(data: QMimeData) -> bool:
    return not data.hasFormat(_PLAIN) and (data.hasImage() or any(map(data.hasFormat, _PICTURES)))


def _picture(data: QMimeData) -> PastedFile | LateFile | None:
    """Return the picture as its program encoded it, else how it is encoded here once it is taken in."""
    for mime_type, extension in _PICTURES.items():
        if data.hasFormat(mime_type):
            return PastedFile(f"Picture.{extension}", bytes(data.data(mime_type).data()))
    image = data.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return None
    return LateFile("Picture.png", partial(_encoded, image))


def _encoded(image: QImage) -> bytes:
    """Return a picture as PNG; a large one takes many frames, so call it in a thread."""
    encoded = QByteArray()
    buffer = QBuffer(encoded)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(_COMPRESSION)
    writer.write(image)
    return bytes(encoded.data())
