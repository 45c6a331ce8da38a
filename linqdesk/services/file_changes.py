"""What becomes of a file before it is sent: its place goes; if the agent asks it is converted or shrunk."""

import asyncio
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import Making
from linqdesk.domain.outgoing_files import FileChange, OutgoingFile
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.workshop import Workshop

if TYPE_CHECKING:
    from linqdesk.domain.ids import FileKey

# Below this nobody waits for a picture.
_WORTH_SHRINKING_BYTES = 700 * 1024
_MAY_SAY_WHERE = frozenset(
    {"image/jpeg", "image/jpg", "image/png", "image/heic", "image/heif", "image/tiff", "image/webp"}
)
_RECORDINGS = frozenset(
    {"video/mp4", "video/quicktime", "video/x-m4v", "video/3gpp", "audio/x-m4a", "audio/mp4"}
)
_MAY_SHRINK = _MAY_SAY_WHERE | {"image/bmp"}
_SOUND_OR_FILM = ("audio/", "video/", "application/ogg")
_AS_SMALL = "This picture is as small as it gets."


class MadeFiles:
    """Makes files of taken ones; where a picture or a film was taken goes unless the agent keeps it.

    What a file was made of stays in the outbox's folder until the next start, so that it can be had again.
    """

    def __init__(self, files: OutgoingFiles, workshop: Workshop) -> None:
        """Keep what is made in `files`."""
        self._files = files
        self._workshop = workshop
        self._before: dict[FileKey, OutgoingFile] = {}

    async def close(self) -> None:
        """End the processes that change files."""
        await asyncio.to_thread(self._workshop.close)

    async def prepare(self, file: OutgoingFile) -> tuple[OutgoingFile, tuple[FileChange, ...]]:
        """Return a file without the place where it was taken, and what the agent may ask for.

        Raises:
            LocalFaultError: nobody can tell whether a place is in it.
        """
        offers: list[FileChange] = []
        if file.media_type in _MAY_SAY_WHERE | _RECORDINGS:
            without = await self._without_location(file)
            if without is not None:
                self._before[without.key] = file
                file = without
                offers.append(FileChange.KEEP_LOCATION)
        if file.media_type in _MAY_SHRINK and file.size_bytes > _WORTH_SHRINKING_BYTES:
            offers.append(FileChange.SHRINK)
        return file, tuple(offers)

    async def change(self, file: OutgoingFile, change: FileChange) -> OutgoingFile:
        """Return what a change makes of a file; the one before stays.

        Raises:
            LocalFaultError: it cannot be made, and why.
        """
        match change:
            case FileChange.KEEP_LOCATION:
                return self._before.get(file.key, file)
            case FileChange.REMOVE_LOCATION:
                return await self._without_location(file) or file
            case FileChange.SHRINK:
                smaller = await self._made(file, Making.SMALLER)
                if smaller is None:
                    raise LocalFaultError(_AS_SMALL)
                return smaller
            case FileChange.CONVERT:
                is_sound = file.media_type.startswith(_SOUND_OR_FILM)
                wanted = Making.M4A if is_sound else Making.COMMON_PICTURE
                return await self._made(file, wanted) or file

    async def _without_location(self, file: OutgoingFile) -> OutgoingFile | None:
        is_recording = file.media_type in _RECORDINGS
        wanted = Making.FILM_WITHOUT_LOCATION if is_recording else Making.WITHOUT_LOCATION
        return await self._made(file, wanted)

    async def _made(self, file: OutgoingFile, wanted: Making) -> OutgoingFile | None:
        source = self._files.path_of(file.key)
        suffix = ".m4a" if wanted is Making.M4A else PurePath(file.key).suffix
        target = await asyncio.to_thread(self._files.room, suffix)
        made = await self._workshop.make(source, wanted, target)
        if made is None:
            return None
        name = _named(file.name, made.extension)
        return await asyncio.to_thread(self._files.adopt, target, name)


def _named(name: str, extension: str) -> str:
    """Return the name with another extension, the same one where that does not change."""
    own = Path(name)
    return name if own.suffix.casefold() == extension.casefold() else f"{own.stem or 'file'}{extension}"
