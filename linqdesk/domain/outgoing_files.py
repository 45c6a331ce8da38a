"""Files that the agent sends: the copies that the outbox keeps, and what stands in a composer's tray."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, FileKey


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of ours, whose copy lies in the outbox's folder under `key`; becomes a media part.

    `name` is safe on every system and what the customer reads, `media_type` what the bytes are,
    `sha256` in hex. `attachment_id` is set once Linq has the bytes.
    """

    key: FileKey
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    attachment_id: AttachmentId | None = None


_OWN = "own:"


def own_attachment_id(key: FileKey) -> AttachmentId:
    """Return the name under which a copy of ours is known as long as Linq has given it none."""
    return AttachmentId(f"{_OWN}{key}")


def own_key(attachment_id: AttachmentId) -> FileKey | None:
    """Return which copy of ours bears a name, None for a file that Linq keeps."""
    return FileKey(attachment_id.removeprefix(_OWN)) if attachment_id.startswith(_OWN) else None


@dataclass(frozen=True, slots=True)
class OutgoingVoiceMemo:
    """A recording that plays in the bubble; the only part of its message, and sent without a key.

    `duration_ms` is None where nobody has measured it.
    """

    file: OutgoingFile
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file in a composer's tray; a voice memo becomes a message of its own."""

    file: OutgoingFile
    is_voice_memo: bool = False
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text that stands in the tray between files while the editor holds another."""

    text: str
    decorations: tuple[Decoration, ...] = ()


TrayItem = DraftFile | DraftText


@dataclass(frozen=True, slots=True)
class PastedFile:
    """Bytes that no file stands behind, such as a picture from the clipboard, under a name for them."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LateFile:
    """Bytes that are made only once they are taken in, such as a picture that nobody has encoded yet.

    `encode` is called off the UI thread; nothing comes of it where it cannot be done.
    """

    name: str
    encode: Callable[[], bytes] = field(repr=False)


FileSource = Path | PastedFile | LateFile


class FileChange(StrEnum):
    """What can be made of a file before it is sent; never done silently."""

    CONVERT = "convert"
    SHRINK = "shrink"
    REMOVE_LOCATION = "remove location"
    KEEP_LOCATION = "keep location"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file whose copy is safe with us; `index` is its place among what was given together.

    `offers` are what can be made of it if the agent asks.
    """

    index: int
    file: OutgoingFile
    offers: tuple[FileChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be sent, and why in words for the agent.

    Where there are `offers`, `file` is the copy that they would be made of.
    """

    index: int
    name: str
    words: str
    offers: tuple[FileChange, ...] = ()
    file: OutgoingFile | None = None
