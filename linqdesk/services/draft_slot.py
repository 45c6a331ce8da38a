"""Holds the file that a thread opens for a task, which may be cancelled meanwhile."""

import asyncio
import threading
from collections.abc import Callable

from linqdesk.local.media_cache import MediaDraft


class DraftSlot:
    """One draft from its opening to its end; no cancellation leaves it open."""

    def __init__(self, begin: Callable[[], MediaDraft]) -> None:
        """Open nothing yet; `begin` blocks on the disk."""
        self._begin = begin
        self._turn = threading.Lock()
        self._draft: MediaDraft | None = None
        self._is_over = False

    async def open(self) -> MediaDraft:
        """Open the draft.

        Raises:
            LocalFaultError: there is no room for it.
        """
        return await asyncio.to_thread(self._open)

    async def discard(self) -> None:
        """Give the draft up, also one that a thread is still opening; harmless after it was saved."""
        # Who is cancelled twice does not wait for it, but it is done all the same.
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, self._discard))

    def _open(self) -> MediaDraft:
        draft = self._begin()
        with self._turn:
            self._draft = draft
            is_over = self._is_over
        if is_over:
            draft.discard()
        return draft

    def _discard(self) -> None:
        with self._turn:
            self._is_over = True
            draft = self._draft
        if draft is not None:
            draft.discard()
