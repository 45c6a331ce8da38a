"""The files that come with the sandbox: pictures, a film, sounds and documents made for it."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from linqdesk.sandbox.attachments import Attachment, Attachments
from linqdesk.sandbox.media_types import type_of
from linqdesk.sandbox.model import Sticker

STICKER_PX = 160


def _folder() -> Path:
    packed = Path(str(files("linqdesk"))) / "resources"
    return (packed if packed.is_dir() else Path(__file__).parents[2] / "resources") / "sandbox"


def load_story(name: str) -> dict[str, Any]:
    """Return the story of that name as it is written down."""
    return tomllib.loads((_folder() / f"{name}.toml").read_text("utf-8"))


def sample_names() -> list[str]:
    """Return the names of all files, in order."""
    return sorted(file.name for file in (_folder() / "media").iterdir() if type_of(file.name) is not None)


def tell_sample(attachments: Attachments, name: str, size_bytes: int | None = None) -> Attachment:
    """Add one of the files to a story; `size_bytes` is what is said of its size if that is a lie.

    Raises:
        ValueError: there is no such file.
    """
    file = _file(name)
    size = file.stat().st_size if size_bytes is None else size_bytes
    return attachments.tell(file, name, type_of(name) or "", size)


def lend_sample(attachments: Attachments, name: str) -> Attachment:
    """Add one of the files for a customer who sends it.

    Raises:
        ValueError: there is no such file.
    """
    file = _file(name)
    return attachments.lend(file, name, type_of(name) or "", file.stat().st_size)


def sticker_of(attachment: Attachment) -> Sticker:
    """Return a sticker that shows a picture."""
    part = attachment.as_part()
    return Sticker(part.attachment_id, part.filename, part.mime_type, STICKER_PX, STICKER_PX)


def with_samples(attachments: Attachments, parts: Any) -> Any:
    """Return written parts in which `{"type": "media", "sample": NAME}` has become one by attachment.

    Raises:
        ValueError: there is no such file.
    """
    if not isinstance(parts, list):
        return parts
    return [
        {"type": "media", "attachment_id": lend_sample(attachments, part["sample"]).id}
        if isinstance(part, dict) and "sample" in part
        else part
        for part in parts
    ]


def _file(name: str) -> Path:
    if name not in sample_names():
        raise ValueError(f"there is no sample {name!r}; there are {', '.join(sample_names())}")
    return _folder() / "media" / name
