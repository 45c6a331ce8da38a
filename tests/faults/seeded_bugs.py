"""Bugs put into the engine on purpose: a harness that does not find them proves nothing."""

import asyncio
import json
import ssl
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import httpx
from typing_extensions import override

from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Draft, OutgoingMessage, OutgoingState
from linqdesk.local.journal import Kept
from linqdesk.services.outbox_journal import Journal

BUGS = {
    "new-key": "every attempt carries a key of its own",
    "no-key": "no attempt carries a key",
    "retry-below": "the transport repeats what failed, under another key",
    "sent-early": "a message is forgotten as soon as it is on its way",
    "key-lost": "the key is not kept: another run makes a new one",
    "late-journal": "a message is accepted before it is on the disk",
    "memo-forgotten": "another run does not know that a voice memo may have left",
    "order-lost": "another run sends the newest first",
    "eager-judge": "the ledger is read before everything is sent (the judge's own bug)",
}


# Made before a run is forked: nearly a fifth of what a run would cost.
_TRUST = ssl.create_default_context()


class BuggyJournal:
    """A journal with one bug, or none."""

    def __init__(self, journal: Journal, bug: str | None) -> None:
        self._journal = journal
        self._bug = bug
        self._late: list[asyncio.Task[None]] = []

    async def load(self) -> Kept:
        kept = await self._journal.load()
        messages = kept.messages
        if self._bug == "order-lost":
            messages = tuple(reversed(messages))
        if self._bug == "memo-forgotten":
            messages = tuple(_unsent(each) if each.content.voice_memo else each for each in messages)
        if self._bug == "key-lost":
            for each in messages:
                await self._journal.remove(each.local_id)
            messages = tuple(replace(each, local_id=LocalId(str(uuid4()))) for each in messages)
            await self._journal.add(messages)
        return replace(kept, messages=messages)

    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        if self._bug == "late-journal":
            asyncio.get_running_loop().call_later(0.05, self._add_late, tuple(taken))
        else:
            await self._journal.add(taken)

    def _add_late(self, taken: Sequence[OutgoingMessage]) -> None:
        self._late.append(asyncio.get_running_loop().create_task(self._journal.add(taken)))

    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        await self._journal.update(changed)
        if self._bug == "sent-early":
            for each in changed:
                if each.state is OutgoingState.SENDING:
                    await self._journal.remove(each.local_id)

    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        await self._journal.remove(local_id, changed)

    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        self._journal.note_draft(chat_id, draft)


def _unsent(memo: OutgoingMessage) -> OutgoingMessage:
    return replace(memo, state=OutgoingState.QUEUED)


class BuggyWire(httpx.AsyncHTTPTransport):
    """A network that changes what leaves, or does not."""

    def __init__(self, bug: str | None) -> None:
        super().__init__(verify=_TRUST)
        self._bug = bug

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST" or self._bug not in {"new-key", "no-key", "retry-below"}:
            return await super().handle_async_request(request)
        if self._bug != "retry-below":
            return await super().handle_async_request(self._rekeyed(request))
        try:
            reply = await super().handle_async_request(request)
        except httpx.TransportError:
            return await super().handle_async_request(self._rekeyed(request))
        return reply

    def _rekeyed(self, request: httpx.Request) -> httpx.Request:
        tree = json.loads(request.content)
        if "message" not in tree:
            return request
        tree["message"].pop("idempotency_key", None)
        if self._bug != "no-key":
            tree["message"]["idempotency_key"] = str(uuid4())
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        return httpx.Request(
            request.method,
            request.url,
            headers=headers,
            content=json.dumps(tree).encode(),
            extensions=request.extensions,
        )
