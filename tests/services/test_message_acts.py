import asyncio
import json
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import (
    LinqDeskError,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    RequestRejectedError,
    ServerFaultError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import TextPart
from linqdesk.domain.wishes import EditWish, ReactionWish, Wish
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.message_acts import MessageActs
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock, settle
from tests.store.messages import ANA, a_chat, a_message

M = MessageId("m")
LOVE = ReactionWish(0, "love")


class Linq:
    """One message at a server that carries out what it accepts, sooner or later."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.text = "hello"
        self.is_deleted = False
        self.carries_out = True
        self.answers: list[tuple[int, Any]] = []
        self.reads: list[int] = []
        self.network = Network(self.answer)
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.cache.merge_messages(
            ANA, [a_message("m", 1, is_mine=True, text="hello")], self.cache.next_sequence()
        )
        self.acts = MessageActs(self.cache, Connectivity(self.cache, self.clock), self.clock)
        self.acts.use(self.network.client())
        self.failure: LinqDeskError | None = None
        self.is_done = False

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if request.method == "GET":
            status = self.reads.pop(0) if self.reads else 404 if self.is_deleted else 200
            return status, self.message()
        if self.carries_out:
            self.carry_out(request)
        if self.answers:
            return self.answers.pop(0)
        return (200, self.message()) if request.method == "PATCH" else (202, {"status": "accepted"})

    def carry_out(self, request: httpx.Request) -> None:
        if request.method == "DELETE":
            self.is_deleted = True
            return
        body = json.loads(request.content)
        if request.method == "PATCH":
            self.text = body["text"]
        elif body["operation"] == "add":
            self.kinds = [body["type"]]
        else:
            self.kinds.remove(body["type"])

    def message(self) -> dict[str, Any]:
        handle = {"handle": "+14155550110", "is_me": True, "service": "iMessage"}
        reactions = [{"is_me": True, "type": kind, "handle": handle} for kind in self.kinds]
        return {
            "id": "m",
            "chat_id": ANA,
            "created_at": "2026-03-01T12:01:00Z",
            "updated_at": "2026-03-01T12:05:00Z",
            "sent_at": "2026-03-01T12:01:00Z",
            "is_from_me": True,
            "parts": [{"type": "text", "value": self.text, "reactions": reactions}],
        }

    async def wish(self, wish: Wish) -> None:
        await self._watch(self.acts.fulfil(ANA, M, wish))

    async def delete(self) -> None:
        await self._watch(self.acts.delete(ANA, M))

    async def _watch(self, act: Any) -> None:
        self.failure, self.is_done = None, False
        try:
            await act
        except LinqDeskError as error:
            self.failure = error
        self.is_done = True

    def shown(self) -> list[tuple[str, bool]]:
        message = self.cache.message(ANA, M)
        assert message is not None
        return [(each.kind, each.is_pending) for each in message.parts[0].reactions]

    def row_is_deleted(self) -> bool:
        return self.cache.rows(ANA)[0].is_deleted

    def acted(self) -> list[str]:
        return [each.method for each in self.network.asked if each.method != "GET"]

    async def over(self, act: Any) -> None:
        """Let an act come to its end."""
        async with asyncio.TaskGroup() as group:
            group.create_task(act)
            await settle()
            await self.clock.run(60)


@pytest.fixture
def linq() -> Linq:
    return Linq()


async def test_a_reaction_is_pending_until_it_is_read_back(linq: Linq) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(linq.wish(LOVE))
        await settle()
        assert linq.shown() == [("love", True)]
        assert not linq.acts.is_idle
        await linq.clock.run(1)
    assert linq.shown() == [("love", False)]
    assert linq.failure is None
    assert linq.acts.is_idle
    assert linq.acted() == ["POST"]


async def test_a_reaction_is_changed_and_taken_back(linq: Linq) -> None:
    await linq.over(linq.wish(LOVE))
    await linq.over(linq.wish(ReactionWish(0, "like")))
    assert linq.shown() == [("like", False)]
    await linq.over(linq.wish(ReactionWish(0, "like", is_removal=True)))
    assert linq.shown() == []
    assert linq.kinds == []


async def test_a_poll_may_bring_the_news_before_we_look(linq: Linq) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(linq.wish(LOVE))
        await settle()
        told = await linq.network.client().get_message(M)
        linq.cache.merge_messages(ANA, [told], linq.cache.next_sequence())
        asked = len(linq.network.asked)
        await linq.clock.run(1)
    assert linq.failure is None
    assert len(linq.network.asked) <= asked + 1


@pytest.mark.parametrize(
    ("status", "kind"), [(400, RequestRejectedError), (409, RequestRejectedError), (404, NotFoundError)]
)
async def test_what_linq_refuses_is_undone_and_said(
    linq: Linq, status: int, kind: type[LinqDeskError]
) -> None:
    linq.carries_out, linq.answers = False, [(status, {"error": {"code": 2017}})]
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, kind)
    assert linq.shown() == []
    assert linq.acted() == ["POST"]


async def test_what_may_have_been_done_is_read_back_and_never_asked_twice(linq: Linq) -> None:
    linq.answers = [(500, {})]
    await linq.over(linq.wish(LOVE))
    assert linq.failure is None
    assert linq.shown() == [("love", False)]
    assert linq.acted() == ["POST"]


async def test_what_was_not_done_after_a_fault_is_undone(linq: Linq) -> None:
    linq.carries_out, linq.answers, linq.reads = False, [(500, {})], [500]
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, ServerFaultError)
    assert linq.shown() == []
    assert linq.acted() == ["POST"]


async def test_what_linq_accepts_and_never_does_is_undone_with_words(linq: Linq) -> None:
    linq.carries_out = False
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, UnexpectedReplyError)
    assert linq.shown() == []


async def test_a_message_that_goes_meanwhile_ends_the_looking(linq: Linq) -> None:
    linq.reads = [404]
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, NotFoundError)


async def test_two_acts_on_one_message_go_one_after_the_other(linq: Linq) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(linq.acts.fulfil(ANA, M, LOVE))
        group.create_task(linq.acts.fulfil(ANA, M, ReactionWish(0, "laugh")))
        await settle()
        assert linq.shown() == [("laugh", True)]
        assert linq.acted() == ["POST"]
        await linq.clock.run(60)
    assert linq.shown() == [("laugh", False)]


async def test_nothing_is_shown_of_an_act_without_a_connection(linq: Linq) -> None:
    linq.acts.use(None)
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, OfflineError)
    await linq.over(linq.delete())
    assert isinstance(linq.failure, OfflineError)
    assert linq.shown() == []
    assert not linq.row_is_deleted()


async def test_a_message_that_is_not_loaded_is_reacted_to_and_not_put_into_the_thread(linq: Linq) -> None:
    await linq.over(linq.acts.fulfil(ANA, MessageId("far"), LOVE))
    assert linq.kinds == ["love"]
    assert [row.key for row in linq.cache.rows(ANA)] == ["m"]


async def test_an_edit_is_shown_at_once_and_confirmed_by_its_answer(linq: Linq) -> None:
    await linq.over(linq.wish(EditWish(0, "hi")))
    message = linq.cache.message(ANA, M)
    assert message is not None
    assert message.parts == (TextPart("hi"),)
    assert linq.cache.rows(ANA)[0].edit_count == 1
    assert linq.failure is None


async def test_an_edit_of_a_message_that_is_gone_says_so(linq: Linq) -> None:
    linq.answers = [(204, None)]
    await linq.over(linq.wish(EditWish(0, "hi")))
    assert isinstance(linq.failure, NotFoundError)
    assert linq.row_is_deleted()


async def test_a_deleted_message_stays_marked(linq: Linq) -> None:
    await linq.over(linq.delete())
    assert linq.failure is None
    assert linq.row_is_deleted()


async def test_deleting_what_is_gone_is_done(linq: Linq) -> None:
    linq.answers = [(404, {})]
    await linq.over(linq.delete())
    assert linq.failure is None
    assert linq.row_is_deleted()


async def test_a_refused_deletion_shows_the_message_again(linq: Linq) -> None:
    linq.carries_out, linq.answers = False, [(403, {})]
    await linq.over(linq.delete())
    assert linq.failure is not None
    assert not linq.row_is_deleted()


@pytest.mark.parametrize(
    ("happened", "reads", "is_gone"), [(True, [], True), (False, [], False), (True, [500], False)]
)
async def test_a_deletion_without_an_answer_is_looked_after(
    linq: Linq, reads: list[int], *, happened: bool, is_gone: bool
) -> None:
    linq.carries_out, linq.answers, linq.reads = happened, [(500, {})], reads
    await linq.over(linq.delete())
    assert linq.row_is_deleted() is is_gone
    assert (linq.failure is None) is is_gone
    assert linq.acted() == ["DELETE"]


async def test_a_lost_connection_leaves_an_act_in_doubt(linq: Linq) -> None:
    linq.network.failure = httpx.ReadTimeout("late")
    await linq.over(linq.wish(LOVE))
    assert isinstance(linq.failure, OutcomeUnknownError)
    assert linq.shown() == []
