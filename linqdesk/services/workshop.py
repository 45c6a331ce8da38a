"""Has files made of other files, in child processes where they are decoded, one after the other."""

import asyncio
from pathlib import Path
from typing import Protocol

from linqdesk.domain.making import MadeFile, Making
from linqdesk.local.film_location import remove_film_location


class Changer(Protocol):
    """Something that changes files in a child process; its functions block."""

    def change(self, source: Path, wanted: Making, target: Path) -> MadeFile | None:
        """Write the changed file to a target that does not exist; None where nothing had to change."""

    def rest(self) -> None:
        """Give back what is held between files."""

    def close(self) -> None:
        """End for good."""


class Encoder(Protocol):
    """Something that writes sounds as m4a in a child process; its functions block."""

    def encode(self, source: Path, target: Path) -> MadeFile:
        """Write a sound to a target that does not exist."""

    def rest(self) -> None:
        """Give back what is held between files."""

    def close(self) -> None:
        """End for good."""


class Workshop:
    """Makes one file at a time, off the UI thread; the child processes end as soon as nobody waits."""

    def __init__(self, pictures: Changer, sounds: Encoder) -> None:
        """Start with nothing to do."""
        self._pictures = pictures
        self._sounds = sounds
        self._turn = asyncio.Lock()
        self._waiting_count = 0

    async def make(self, source: Path, wanted: Making, target: Path) -> MadeFile | None:
        """Write a changed file beside its original, which stays as it is.

        Args:
            source: the file.
            wanted: what is to become of it.
            target: where the other file is to be; nothing may stand there. A sound's ends in .m4a.

        Returns:
            What it is now; None, and no target, where there was nothing to change: no location was in it,
            or it would get no smaller. The type is empty where it stayed the same.

        Raises:
            LocalFaultError: it cannot be done, and why; then nothing stands at the target.
        """
        self._waiting_count += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(self._do, source, wanted, target)
        finally:
            self._waiting_count -= 1
            if not self._waiting_count:
                await asyncio.to_thread(self._rest)

    def _do(self, source: Path, wanted: Making, target: Path) -> MadeFile | None:
        if wanted is Making.M4A:
            return self._sounds.encode(source, target)
        if wanted is Making.FILM_WITHOUT_LOCATION:
            return remove_film_location(source, target)
        return self._pictures.change(source, wanted, target)

    def _rest(self) -> None:
        self._pictures.rest()
        self._sounds.rest()

    def close(self) -> None:
        """End the children for good, even in the middle of a file; blocks for a moment."""
        self._pictures.close()
        self._sounds.close()
