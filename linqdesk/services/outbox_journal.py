"""Where the outbox writes down what it must not lose."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.local.journal import JournalFile, Kept

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Journal(Protocol):
    """Keeps unsent messages; each coroutine returns once its change is safe.

    Every coroutine raises LocalFaultError where this computer cannot keep it.
    """

    async def load(self) -> Kept:
        """Return what is kept from earlier runs."""

    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        """Keep messages, all or none; the draft of their chat has become them and goes."""

    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        """Keep messages as they stand now."""

    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        """Forget a message that was sent or discarded, and at once keep others as they stand then."""

    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer soon, after all that was asked for before."""


class MemoryJournal:
    """Keeps unsent messages while the program runs."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[LocalId, OutgoingMessage] = {}
        self._drafts: dict[ChatId, Draft] = {}

    async def load(self) -> Kept:
        """Return what is kept."""
        return Kept(tuple(self._kept.values()), tuple(self._drafts.items()))

    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        """Keep messages; the draft of their chat has become them and goes."""
        for outgoing in taken:
            self._kept[outgoing.local_id] = outgoing
            self._drafts.pop(outgoing.chat_id, None)

    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        """Keep messages as they stand now."""
        self._kept.update({each.local_id: each for each in changed if each.local_id in self._kept})

    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        """Forget a message that was sent or discarded, and keep others as they stand then."""
        self._kept.pop(local_id, None)
        await self.update(changed)

    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer."""
        self._drafts.pop(chat_id, None)
        if draft is not None:
            self._drafts[chat_id] = draft


class KeptJournal:
    """Keeps unsent messages and drafts of one account in a file, by one thread of its own, in order."""

    def __init__(self, open_file: Callable[[], JournalFile]) -> None:
        """Get ready; the file is opened by the first call.

        Args:
            open_file: opens the file; while it raises LocalFaultError, so does every call.
        """
        self._open_file = open_file
        self._file: JournalFile | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self.account = ""

    async def open(self) -> str | None:
        """Open the file; returns what the agent should know of it, None where all is well.

        Raises:
            LocalFaultError: it cannot be opened.
        """
        rescue = await self._do(lambda file: file.rescue)
        return None if rescue is None else rescue.words

    async def load(self) -> Kept:
        """Return what is kept of the account from earlier runs."""
        account = self.account
        return await self._do(lambda file: file.load(account))

    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        """Keep messages, all or none; the draft of their chat has become them and goes."""
        account = self.account
        await self._do(lambda file: file.add(account, taken))

    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        """Keep messages as they stand now."""
        await self._do(lambda file: file.update(changed))

    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        """Forget a message that was sent or discarded, and at once keep others as they stand then."""
        await self._do(lambda file: file.remove(local_id, changed))

    async def mentions(self) -> frozenset[str]:
        """Return all that may be the key of a file that something kept needs, for any account.

        Raises:
            LocalFaultError: it cannot be read.
        """
        return await self._do(lambda file: file.mentions())

    async def forget_account(self, account: str) -> None:
        """Forget all that is kept for an account.

        Raises:
            LocalFaultError: it cannot be forgotten now.
        """
        await self._do(lambda file: file.forget_account(account))

    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer soon; a disk that refuses is noted in the log."""
        account = self.account
        self._submit(lambda file: file.save_draft(account, chat_id, draft)).add_done_callback(_log_fault)

    async def close(self) -> None:
        """Write what is still to be written, and close the file."""
        await asyncio.to_thread(self._worker.shutdown)
        if self._file is not None:
            self._file.close()

    async def _do(self, act: Callable[[JournalFile], _Result]) -> _Result:
        return await asyncio.wrap_future(self._submit(act))

    def _submit(self, act: Callable[[JournalFile], _Result]) -> Future[_Result]:
        return self._worker.submit(lambda: act(self._opened()))

    def _opened(self) -> JournalFile:
        if self._file is None:
            self._file = self._open_file()
        return self._file


def _log_fault(future: Future[None]) -> None:
    failure = None if future.cancelled() else future.exception()
    if isinstance(failure, LocalFaultError):
        _log.warning("a draft was not kept: %s", failure.message)
