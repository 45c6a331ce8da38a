"""What identifies a picture that Linq names by its web address: pure."""

from urllib.parse import urlsplit

from linqdesk.domain.ids import AttachmentId


def picture_key(address: str | None) -> AttachmentId | None:
    """Return under which name a picture is kept: that of its host and path, for a signature changes.

    None for what is no web address of a file. No attachment has such a name: those are UUIDs.
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc or not parts.path.strip("/"):
        return None
    return AttachmentId(f"web picture {parts.netloc}{parts.path}")
