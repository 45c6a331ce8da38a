"""Sends what waits in the lanes: each lane in order, the lanes side by side."""

import asyncio
from dataclasses import replace

from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState, with_attachments
from linqdesk.services.aftermath import Aftermath
from linqdesk.services.lanes import Lane
from linqdesk.services.ports import Client
from linqdesk.services.post import Post
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.unsent_rows import UnsentRows
from linqdesk.services.uploads import Uploads


class Sender:
    """Empties the lanes while there is a client; every message first uploads its files."""

    def __init__(
        self, rows: UnsentRows, uploads: Uploads, post: Post, aftermath: Aftermath, scope: TaskScope
    ) -> None:
        """Start without a client."""
        self._rows = rows
        self._uploads = uploads
        self._post = post
        self._aftermath = aftermath
        self._scope = scope
        self._client: Client | None = None
        self._has_client = asyncio.Event()

    def use(self, client: Client | None) -> None:
        """Send through this client from now on; None stops sending after what is under way."""
        self._client = client
        if client is not None:
            self._has_client.set()
            return
        self._has_client.clear()
        for lane in self._rows.lanes:
            if lane.transfer is not None:
                lane.transfer.interrupt()

    def run(self, lane: Lane) -> None:
        """Begin to empty a lane, unless that is under way or the agent has to decide first."""
        if not lane.is_running and lane.is_due:
            lane.is_running = True
            self._scope.start(self._empty(lane), name="send")

    async def _empty(self, lane: Lane) -> None:
        try:
            while lane.is_due:
                await self._has_client.wait()
                if await self._is_ready(lane) and await self._post.turn(lane):
                    await self._go_on(lane)
        finally:
            lane.is_running = False

    async def _is_ready(self, lane: Lane) -> bool:
        """Bring the head as far as it can go before its own request; tells whether that may leave."""
        client = self._client
        # While it waited for a client its head may have been discarded, or its upload cancelled.
        if client is None or not lane.waiting or lane.waiting[0].state is OutgoingState.FAILED:
            return False
        refusal = self._post.refusal(lane)
        if refusal is not None:
            await self._fail(lane, refusal)
        elif lane.waiting[0].content.missing_files:
            await self._bring_files(lane, client)
        return lane.is_due and not lane.waiting[0].content.missing_files

    async def _bring_files(self, lane: Lane, client: Client) -> None:
        head = lane.waiting[0]
        content = head.content
        transfer = self._uploads.start(content.missing_files, client, is_memo=content.voice_memo is not None)
        lane.transfer = transfer
        try:
            await transfer.ended.wait()
        except asyncio.CancelledError:
            transfer.interrupt()
            raise
        finally:
            lane.transfer = None
        if not lane.is_head(head.local_id):
            return
        head = replace(lane.waiting[0], content=with_attachments(content, transfer.arrived))
        if transfer.failure is not None:
            head = replace(head, state=OutgoingState.FAILED, failure=transfer.failure)
        await self._rows.note(lane, head)

    async def _go_on(self, lane: Lane) -> None:
        client = self._client
        # While it waited for its turn it may have been discarded, and the next one is not ready.
        if not lane.is_due or client is None or lane.waiting[0].content.missing_files:
            return
        lane.is_in_flight = True
        try:
            if self._aftermath.must_look(lane.waiting[0]):
                await self._aftermath.look(lane, client)
            else:
                await self._attempt(lane, client)
        finally:
            lane.is_in_flight = False

    async def _attempt(self, lane: Lane, client: Client) -> None:
        head = lane.waiting[0]
        head = replace(head, state=OutgoingState.SENDING, attempts=head.attempts + 1)
        if not await self._is_noted(lane, head):
            return
        lane.looks = 0
        try:
            message = await self._post.send(client, head)
        except LinqDeskError as error:
            lane.is_in_flight = False
            await self._aftermath.digest(lane, error)
        else:
            await self._rows.confirm(lane, message)

    async def _is_noted(self, lane: Lane, head: OutgoingMessage) -> bool:
        """Write down that a message is about to leave.

        A voice memo does not leave otherwise: after a crash nothing but this tells that it may have.
        """
        if head.content.voice_memo is None:
            await self._rows.note(lane, head)
            return True
        try:
            await self._rows.note_surely(lane, head)
        except LocalFaultError as fault:
            await self._fail(lane, fault)
            return False
        return True

    async def _fail(self, lane: Lane, failure: LinqDeskError) -> None:
        failed = replace(lane.waiting[0], state=OutgoingState.FAILED, failure=failure)
        await self._rows.note(lane, failed)
