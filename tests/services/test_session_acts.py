"""What the window asks of a session for single messages."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.wishes import EditWish
from tests.services.test_session import Bench, World
from tests.services.virtual import settle

C0 = ChatId("c0")


class _SpeakingWorld(World):
    """A world that also answers for single messages."""

    @override
    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        if path[0] != "messages":
            return super().answer(request)
        known = [each for each in self.messages["c0"] if each["id"] == path[1]]
        if not known or path[-1] == "broken":
            return 404, {}
        message = {**known[0], "chat_id": "c0"}
        if path[-1] == "thread":
            return 200, {"messages": [message], "next_cursor": None}
        if request.method == "PATCH":
            message["parts"] = [{"type": "text", "value": "edited"}]
        return (204, None) if request.method == "DELETE" else (200, message)


class _Heard:
    """What `done` was told, one entry for each call."""

    def __init__(self) -> None:
        self.errors: list[LinqDeskError | None] = []
        self.chain: list[str] = []

    def done(self, error: LinqDeskError | None) -> None:
        self.errors.append(error)

    def chained(self, messages: tuple[Message, ...], error: LinqDeskError | None) -> None:
        self.chain = [each.id for each in messages]
        self.errors.append(error)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench(_SpeakingWorld())
    yield made
    await made.session.close()
    assert made.failures == []


@pytest.fixture
def heard() -> _Heard:
    return _Heard()


async def test_wishes_for_messages_are_carried_out_and_answered(bench: Bench, heard: _Heard) -> None:
    await bench.open()
    session, newest = bench.session, MessageId("c0-119")
    session.acts.change(C0, newest, EditWish(0, "edited"), heard.done)
    session.acts.delete_message(C0, MessageId("c0-118"), heard.done)
    session.acts.find_message(C0, MessageId("c0-5"), heard.done)
    session.acts.load_back_to(C0, datetime(2026, 2, 1, 0, 3, tzinfo=UTC), heard.done)
    session.acts.fetch_chain(newest, heard.chained)
    for _ in range(4):
        await settle()
        await bench.clock.run(1)
    assert heard.errors == [None] * 5
    assert heard.chain == [newest]
    assert len(bench.texts("c0")) == 120
    assert bench.texts("c0")[-1] == "edited"
    assert bench.cache.rows(C0)[-2].is_deleted


async def test_what_cannot_be_had_is_said_once(bench: Bench, heard: _Heard) -> None:
    await bench.open()
    bench.session.acts.find_message(C0, MessageId("unknown"), heard.done)
    bench.session.acts.fetch_chain(MessageId("unknown"), heard.chained)
    await settle()
    assert [type(each) for each in heard.errors] == [NotFoundError, NotFoundError]


async def test_without_a_connection_nothing_is_sought(bench: Bench, heard: _Heard) -> None:
    bench.session.acts.find_message(C0, MessageId("c0-1"), heard.done)
    bench.session.acts.fetch_chain(MessageId("c0-1"), heard.chained)
    assert [type(each) for each in heard.errors] == [OfflineError, OfflineError]
