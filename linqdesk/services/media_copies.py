"""Gives files out of the hand of the cache: saved where the agent wants them, or opened elsewhere."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from linqdesk.domain.errors import LinqDeskError, NotFoundError
from linqdesk.domain.message import MediaPart, Message
from linqdesk.services.media import MediaFetcher

Copied = Callable[[Path | LinqDeskError], None]


class MediaCopies:
    """Fetches what is not there yet, then copies it, off the UI thread."""

    def __init__(self, fetcher: MediaFetcher, opened_folder: Path) -> None:
        """Copies for other programs go to `opened_folder`."""
        self._fetcher = fetcher
        self._opened_folder = opened_folder
        self._dragged_folder: Path | None = None

    def close(self) -> None:
        """Delete what was copied for drags."""
        if self._dragged_folder is not None:
            shutil.rmtree(self._dragged_folder, ignore_errors=True)
            self._dragged_folder = None

    async def save(self, message: Message, part_index: int, target: Path) -> Path:
        """Save a part's file in the folder of `target` under its name, or a number behind it.

        Raises:
            LinqDeskError: it is not to be had, or cannot be written.
        """
        part = _media_part(message, part_index)
        source = await self._fetcher.bring(message, part_index)
        return await asyncio.to_thread(_save, source, target, part)

    async def prepare_to_open(self, message: Message, part_index: int) -> Path:
        """Copy a part's file to where another program may open it.

        Raises:
            LinqDeskError: it is not to be had, or of no kind that is opened.
        """
        part = _media_part(message, part_index)
        source = await self._fetcher.bring(message, part_index)
        return await asyncio.to_thread(_prepare, source, self._opened_folder, part)

    async def prepare_to_drag(self, message: Message, part_index: int) -> Path:
        """Copy a part's file under its own name, outside of the program's folders.

        Raises:
            LinqDeskError: it is not to be had, or cannot be written.
        """
        part = _media_part(message, part_index)
        source = await self._fetcher.bring(message, part_index)
        return await asyncio.to_thread(self._copy_to_drag, source, part)

    def _copy_to_drag(self, source: Path, part: MediaPart) -> Path:
        if self._dragged_folder is None:
            self._dragged_folder = Path(tempfile.mkdtemp(prefix="linqdesk-dragged-"))
        # A folder for each: the copy bears the file's own name however often it is dragged.
        folder = Path(tempfile.mkdtemp(dir=self._dragged_folder))
        from linqdesk.local.file_copies import save_copy

        # The customer's name for it is made safe there; it must not choose the folder.
        return save_copy(source, folder, part.filename or "file", part.url)


def _save(source: Path, target: Path, part: MediaPart) -> Path:
    from linqdesk.local.file_copies import save_copy

    return save_copy(source, target.parent, target.name, part.url)


def _prepare(source: Path, folder: Path, part: MediaPart) -> Path:
    from linqdesk.local.file_copies import copy_to_open

    return copy_to_open(source, folder, part.filename, part.mime_type)


def _media_part(message: Message, part_index: int) -> MediaPart:
    part = message.parts[part_index] if 0 <= part_index < len(message.parts) else None
    if not isinstance(part, MediaPart):
        raise NotFoundError("No longer available")
    return part
