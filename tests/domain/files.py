"""Files of ours for tests."""

from linqdesk.domain.ids import AttachmentId, FileKey
from linqdesk.domain.outgoing_files import OutgoingFile


def a_file(
    name: str = "cat.jpg",
    media_type: str = "image/jpeg",
    size_bytes: int = 1_000,
    attachment: str | None = None,
) -> OutgoingFile:
    """Return a file whose bytes are nowhere."""
    identity = None if attachment is None else AttachmentId(attachment)
    return OutgoingFile(FileKey(f"key-of-{name}"), name, media_type, size_bytes, f"hash-of-{name}", identity)
