"""Brings the files of messages to Linq before the messages go."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random, SystemRandom

from linqdesk.domain.attachment import UploadSlot
from linqdesk.domain.errors import LinqDeskError, LocalFaultError, RequestRejectedError
from linqdesk.domain.ids import AttachmentId, FileKey
from linqdesk.domain.outgoing_files import OutgoingFile
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.backoff import after_failures
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.known_uploads import KnownUploads
from linqdesk.services.ports import FilesClient
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verdict import is_worth_repeating
from linqdesk.store.uploads import Upload, UploadBoard, UploadState

_AT_ONCE = 3
_MAX_RESTARTS = 3
# Ten steps a second look smooth, and more would only be painted over.
_TELL_EVERY_S = 0.1
UPLOAD_CANCELLED = "The upload was cancelled."


@dataclass(slots=True)
class Transfer:
    """The files of one message on their way; `ended` once all have arrived, one failed, or it was cancelled.

    `arrived` are those that Linq has, also where others failed. Without `failure` and without all of them
    it was interrupted and can be begun again. `is_wanted` as long as its client may be asked.
    """

    arrived: dict[FileKey, AttachmentId] = field(default_factory=dict)
    failure: LinqDeskError | None = None
    is_wanted: bool = True
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        """Close the connections at once and count as failed; harmless at the end."""
        if not self.ended.is_set():
            self.failure = self.failure or LocalFaultError(UPLOAD_CANCELLED)
        self._stop()

    def interrupt(self) -> None:
        """Close the connections at once, and ask nothing more of the client."""
        self.is_wanted = False
        self._stop()

    def _stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
        self.ended.set()


class Uploads:
    """Uploads files, three at once for each message, and says in the store how far they are."""

    def __init__(
        self,
        board: UploadBoard,
        files: OutgoingFiles,
        connectivity: Connectivity,
        scope: TaskScope,
        clock: Clock,
    ) -> None:
        """Start with nothing under way."""
        self._board = board
        self._files = files
        self._connectivity = connectivity
        self._scope = scope
        self._clock = clock
        self._chance: Random = SystemRandom()
        self.known = KnownUploads(clock)

    def start(self, wanted: Sequence[OutgoingFile], client: FilesClient, *, is_memo: bool) -> Transfer:
        """Begin to upload files.

        A voice memo always gets an attachment of its own, by which it is recognized in the chat: it has
        no key (reliability.md F4).
        """
        transfer = Transfer()
        for file in wanted:
            self._board.set(file.key, Upload(UploadState.WAITING, 0, file.size_bytes))
        work = _Work(transfer, iter(wanted), client, is_memo)
        transfer.task = self._scope.start(self._run(work), name="upload")
        if transfer.task is None:
            transfer.ended.set()
        else:
            # A task that is cancelled before its first step runs none of its own clean-up.
            transfer.task.add_done_callback(lambda _task: transfer.ended.set())
        return transfer

    async def _run(self, work: "_Work") -> None:
        await asyncio.gather(*(self._take_turns(work) for _ in range(_AT_ONCE)))

    async def _take_turns(self, work: "_Work") -> None:
        for file in work.wanted:
            if work.transfer.failure is not None:
                return
            try:
                work.transfer.arrived[file.key] = await self._bring(file, work)
            except LinqDeskError as error:
                work.transfer.failure = error

    async def _bring(self, file: OutgoingFile, work: "_Work") -> AttachmentId:
        """Upload one file, anew after each broken attempt, `_MAX_RESTARTS` times at most."""
        known = None if work.is_memo else self.known.take(file)
        state = UploadState.FAILED
        try:
            attachment_id = known or await self._upload(file, work)
            state = UploadState.DONE
        finally:
            sent_bytes = file.size_bytes if state is UploadState.DONE else 0
            self._board.set(file.key, Upload(state, sent_bytes, file.size_bytes))
        return attachment_id

    async def _upload(self, file: OutgoingFile, work: "_Work") -> AttachmentId:
        restarts = 0
        while True:
            # A slot cannot be renewed (linq-api.md 4), so each attempt gets one of its own.
            slot = await self._slot(file, work.client)
            try:
                await self._put(file, slot, work)
            except LinqDeskError as error:
                restarts += 1
                is_hopeless = isinstance(error, LocalFaultError | RequestRejectedError)
                if is_hopeless or restarts > _MAX_RESTARTS:
                    raise
                await self._connectivity.pause(after_failures(restarts, self._chance))
            else:
                if not work.is_memo:
                    self.known.note(file, slot.attachment_id)
                return slot.attachment_id

    async def _slot(self, file: OutgoingFile, client: FilesClient) -> UploadSlot:
        """Ask where to put a file, as long as it takes."""
        while True:
            await self._connectivity.allowed()
            try:
                slot = await client.create_attachment(file.name, file.media_type, file.size_bytes)
            except LinqDeskError as error:
                wait_s = self._connectivity.failed(error)
                if not is_worth_repeating(error):
                    raise
                await self._connectivity.pause(wait_s)
            else:
                self._connectivity.succeeded()
                return slot

    async def _put(self, file: OutgoingFile, slot: UploadSlot, work: "_Work") -> None:
        telling = _Telling(self._board, file, self._clock)
        is_whole = False
        try:
            with await asyncio.to_thread(self._files.open, file.key) as source:
                await work.client.upload_attachment(slot, source, progress=telling)
            is_whole = True
        finally:
            if not is_whole and work.transfer.is_wanted:
                self._scope.start(_drop(work.client, slot.attachment_id), name="drop a broken upload")


@dataclass(slots=True)
class _Work:
    """What one transfer has to do."""

    transfer: Transfer
    wanted: Iterator[OutgoingFile]
    client: FilesClient
    is_memo: bool


class _Telling:
    """Passes progress on, but not each step of it."""

    def __init__(self, board: UploadBoard, file: OutgoingFile, clock: Clock) -> None:
        self._board = board
        self._file = file
        self._clock = clock
        self._told_at = float("-inf")
        self(0)

    def __call__(self, sent_bytes: int) -> None:
        now = self._clock.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            size_bytes = self._file.size_bytes
            self._board.set(self._file.key, Upload(UploadState.RUNNING, sent_bytes, size_bytes))


async def _drop(client: FilesClient, orphan: AttachmentId) -> None:
    """Delete an attachment of which only a part arrived, if that is possible."""
    try:
        await client.delete_attachment(orphan)
    except LinqDeskError:
        # Linq forgets by itself what was never uploaded.
        return
