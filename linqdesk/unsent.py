"""What earlier runs left unsent: taken up for the account that it belongs to, and kept when this run ends."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.journal import JournalFile
from linqdesk.local.journal_rescue import copy_path
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox_journal import KeptJournal

if TYPE_CHECKING:
    from linqdesk.arguments import WindowOptions
    from linqdesk.local.paths import Paths
    from linqdesk.services.session import Session

_DEMO = "demo"


class Unsent:
    """The journal of this run and its files: on disk, or gone with a run that leaves nothing behind."""

    def __init__(self, paths: Paths, options: WindowOptions) -> None:
        """Open nothing yet."""
        self._kept: KeptJournal | None = None
        self._taken_up: str | None = None
        self._file = paths.journal_file
        self._has_swept = False
        if not (options.is_demo or options.draws_off_screen):
            self._kept = KeptJournal(lambda: JournalFile(paths.journal_file))
            self.keeping = Keeping(self._kept, OutgoingFiles(paths.outgoing_dir), paths.recordings_dir)
        else:
            self.keeping = Keeping()

    async def take_up(self, session: Session, account: str, *, is_demo: bool) -> list[str]:
        """Hand a session what is unsent of an account, once; returns what the agent has to be told.

        A demo's world ends with the run, and so does what was written in it.
        """
        kept = self._kept
        if kept is None or account == self._taken_up:
            return []
        told: list[str] = []
        try:
            words = await kept.open()
            if words is not None:
                told.append(words)
            kept.account = _DEMO if is_demo else account
            if is_demo:
                await kept.forget_account(_DEMO)
            await self._sweep(kept, is_whole=words is None)
            # Asked for before anything of it is sent.
            mentioned = await kept.mentions()
            unreadable_count = await session.sending.restore()
            await session.recording.take_up(kept.account, is_fresh=is_demo, is_kept=mentioned.__contains__)
        except LocalFaultError as fault:
            return [*told, fault.message]
        self._taken_up = account
        if unreadable_count:
            told.append(
                f"{unreadable_count} unsent messages or drafts cannot be read by this version. "
                "They stay in their file."
            )
        return told

    async def forget(self, account: str) -> None:
        """Delete what is unsent of an account, with all copies of it.

        Raises:
            LocalFaultError: it cannot be deleted now.
        """
        if self._kept is not None:
            await self._kept.forget_account(account)
            await asyncio.to_thread(copy_path(self._file).unlink, missing_ok=True)
            await self._drop_unmentioned(self._kept)
            if self.keeping.recordings is not None:
                await asyncio.to_thread(shutil.rmtree, self.keeping.recordings, ignore_errors=True)

    async def _sweep(self, kept: KeptJournal, *, is_whole: bool) -> None:
        """Delete the files that nothing refers to, before the window takes any in.

        Those of a journal that was damaged stay, in case more of it can be read.
        """
        has_swept, self._has_swept = self._has_swept, True
        if is_whole and not has_swept:
            await self._drop_unmentioned(kept)

    async def _drop_unmentioned(self, kept: KeptJournal) -> None:
        wanted = await kept.mentions()
        await asyncio.to_thread(self.keeping.files.sweep, wanted.__contains__)

    async def close(self) -> None:
        """Write what is still to be written."""
        if self._kept is not None:
            await self._kept.close()
