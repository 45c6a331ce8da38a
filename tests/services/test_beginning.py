import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
from typing_extensions import override

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.outgoing import Content, Draft, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import MemoryJournal
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatAdopted, ChatsChanged
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, LINE, a_chat

KIM, LEE = Handle("+14155559001"), Handle("+14155559002")
REAL = ChatId("real")


def _handles(*people: Handle) -> list[dict[str, Any]]:
    mine = {"id": "me", "handle": LINE, "service": "iMessage", "is_me": True}
    return [mine, *({"id": each, "handle": each, "service": "iMessage"} for each in people)]


def _chat(*people: Handle, chat_id: ChatId = REAL) -> dict[str, Any]:
    return {
        "id": chat_id,
        "display_name": ", ".join(people),
        "handles": _handles(*people),
        "is_group": len(people) > 1,
        "service": "iMessage",
    }


class Linq:
    """Makes chats, and knows keys again."""

    def __init__(self) -> None:
        self.chat_id = REAL
        self.answers: dict[str, dict[str, Any]] = {}
        self.refusals: list[tuple[int, int]] = []
        self.texts: list[tuple[str, str]] = []
        self.names: list[str] = []

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if self.refusals:
            status, code = self.refusals.pop(0)
            return status, {"error": {"status": status, "code": code, "message": "no"}}
        tree = json.loads(request.content)
        if request.method == "PUT":
            self.names.append(tree["display_name"])
            return 202, {}
        key = tree["message"]["idempotency_key"]
        if key not in self.answers:
            self.texts.append((request.url.path.rpartition("/v3/")[2], tree["message"]["parts"][0]["value"]))
            message = {"id": f"m{len(self.texts)}", "created_at": "2026-03-01T00:00:00Z"}
            is_new = request.url.path.endswith("/chats")
            people = [Handle(each) for each in tree.get("to", ())]
            chat = {**_chat(*people, chat_id=self.chat_id), "message": message}
            self.answers[key] = {"chat": chat} if is_new else {"chat_id": REAL, "message": message}
        return 201, self.answers[key]


class Desk:
    """An outbox with its cache, its clock and a Linq."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.linq = Linq()
        self.network = Network(self.linq.answer)
        self.scope = TaskScope("test")
        self.connectivity = Connectivity(self.cache, self.clock)
        self.journal = MemoryJournal()
        self.outbox = self._outbox(self.journal)
        self.outbox.use(self.network.client())
        self.changes: list[Change] = []
        self.cache.subscribe(self.changes.append)

    def _outbox(self, journal: MemoryJournal) -> Outbox:
        return Outbox(self.cache, Keeping(journal), self.connectivity, self.scope, self.clock)

    async def begin(self, *texts: str, to: tuple[Handle, ...] = (KIM,), name: str | None = None) -> ChatId:
        first, *held = [Content((OutgoingText(text),)) for text in texts]
        return await self.outbox.begin(Beginning(LINE, to, name), first, tuple(held))

    def states(self, chat_id: ChatId) -> list[OutgoingState | None]:
        """The state of each row; None for what Linq has confirmed."""
        rows = [row.content for row in self.cache.rows(chat_id)]
        return [each.state if isinstance(each, OutgoingMessage) else None for each in rows]

    def chat(self, chat_id: ChatId) -> ChatId | None:
        summary = self.cache.summary(chat_id)
        return summary.chat.id if summary is not None else None

    def first(self, chat_id: ChatId) -> OutgoingMessage:
        return self.cache.outgoing(chat_id)[0]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.scope.close()


async def test_a_new_chat_stands_in_the_list_at_once_and_becomes_linqs_in_place(desk: Desk) -> None:
    local_id = await desk.begin("Hello")
    assert set(desk.cache.chat_ids()) == {local_id, ANA}
    assert desk.states(local_id) == [OutgoingState.QUEUED]
    key = desk.cache.rows(local_id)[0].key

    await desk.clock.run(1)

    assert set(desk.cache.chat_ids()) == {REAL, ANA}
    assert desk.cache.rows(REAL)[0].key == key
    assert desk.states(REAL) == [None]
    assert ChatAdopted(local_id, REAL) in desk.changes
    assert desk.chat(local_id) == REAL
    assert desk.linq.texts == [("chats", "Hello")]


async def test_a_draft_written_meanwhile_survives_the_change_of_id(desk: Desk) -> None:
    local_id = await desk.begin("Hello")
    desk.cache.set_draft(local_id, Draft("and"))
    await desk.clock.run(1)
    summary = desk.cache.summary(REAL)
    assert summary is not None
    assert summary.draft == Draft("and")


async def test_what_is_held_goes_second_into_the_chat_that_was_made(desk: Desk) -> None:
    await desk.begin("Hello", "https://example.com")
    await desk.clock.run(1)
    assert desk.linq.texts == [("chats", "Hello"), (f"chats/{REAL}/messages", "https://example.com")]
    assert desk.states(REAL) == [None, None]


async def test_a_lost_answer_is_repeated_with_the_same_key_and_makes_one_chat(desk: Desk) -> None:
    desk.network.failure = httpx.ReadTimeout("")
    local_id = await desk.begin("Hello")
    await desk.clock.run(0.1)
    assert desk.states(local_id) == [OutgoingState.UNCONFIRMED]
    desk.network.failure = None
    await desk.clock.run(60)
    assert desk.states(REAL) == [None]
    assert len(set(desk.network.sent())) == 1
    assert desk.network.asked[0].content == desk.network.asked[1].content


async def test_a_page_that_tells_of_the_chat_before_the_answer_makes_no_second_one(desk: Desk) -> None:
    desk.network.failure = httpx.ReadTimeout("")
    local_id = await desk.begin("Hello", "second")
    await desk.clock.run(0.1)
    client = Network(lambda _: (200, {"chats": [{**_chat(KIM), **_times()}]})).client()
    page = await client.list_chats()
    desk.cache.merge_chats(page.chats)
    assert set(desk.cache.chat_ids()) == {REAL, ANA}
    assert desk.states(REAL) == [OutgoingState.UNCONFIRMED, OutgoingState.QUEUED]

    desk.network.failure = None
    await desk.clock.run(60)

    assert desk.states(REAL) == [None, None]
    assert desk.chat(local_id) == REAL
    assert [text for _, text in desk.linq.texts] == ["Hello", "second"]


async def test_the_answer_that_names_a_known_chat_merges_into_it(desk: Desk) -> None:
    desk.linq.chat_id = ANA
    local_id = await desk.begin("Hello", "second")
    await desk.clock.run(1)
    assert list(desk.cache.chat_ids()) == [ANA]
    assert desk.states(ANA) == [None, None]
    assert desk.chat(local_id) == ANA


async def test_a_refusal_stays_on_the_bubble_and_retry_uses_the_same_key(desk: Desk) -> None:
    desk.linq.refusals = [(403, 2026)]
    local_id = await desk.begin("Hello")
    await desk.clock.run(1)
    assert desk.states(local_id) == [OutgoingState.FAILED]
    await desk.outbox.retry(desk.first(local_id).local_id)
    await desk.clock.run(1)
    assert desk.states(REAL) == [None]
    assert len(set(desk.network.sent())) == 1


async def test_discarding_the_only_message_takes_the_provisional_chat_away(desk: Desk) -> None:
    desk.linq.refusals = [(403, 2026)]
    local_id = await desk.begin("Hello")
    await desk.clock.run(1)
    await desk.outbox.discard(desk.first(local_id).local_id)
    assert list(desk.cache.chat_ids()) == [ANA]
    assert ChatsChanged(removed=(local_id,)) in desk.changes


async def test_discarding_the_first_of_two_lets_the_second_begin_the_chat(desk: Desk) -> None:
    desk.linq.refusals = [(403, 2026)]
    local_id = await desk.begin("Hello", "Hello again")
    await desk.clock.run(1)
    await desk.outbox.discard(desk.first(local_id).local_id)
    await desk.clock.run(1)
    assert desk.linq.texts == [("chats", "Hello again")]
    assert desk.states(REAL) == [None]


async def test_a_chat_with_a_draft_outlives_its_discarded_message_and_begins_with_the_next(
    desk: Desk,
) -> None:
    desk.linq.refusals = [(403, 2026)]
    local_id = await desk.begin("Hello")
    await desk.clock.run(1)
    desk.cache.set_draft(local_id, Draft("Hello there"))
    await desk.outbox.discard(desk.first(local_id).local_id)
    assert desk.chat(local_id) == local_id
    await desk.outbox.enqueue(local_id, Content((OutgoingText("Hello there"),)))
    await desk.clock.run(1)
    assert desk.linq.texts == [("chats", "Hello there")]
    assert desk.chat(local_id) == REAL


async def test_a_message_for_the_old_id_goes_into_the_chat_that_linq_made(desk: Desk) -> None:
    local_id = await desk.begin("Hello")
    await desk.clock.run(1)
    await desk.outbox.enqueue(local_id, Content((OutgoingText("more"),)))
    await desk.clock.run(1)
    assert desk.linq.texts[-1] == (f"chats/{REAL}/messages", "more")


@pytest.mark.parametrize(
    ("refusals", "names"),
    [
        ([], ["Weekend"]),
        ([(409, 2009), (500, 3001), (429, 1007)], ["Weekend"]),
        ([(403, 2005)], []),
        ([(409, 2009)] * 9, []),
    ],
)
async def test_a_group_gets_its_name_once_it_is_there_asked_for_again_where_that_can_help(
    desk: Desk, refusals: list[tuple[int, int]], names: list[str]
) -> None:
    answer = desk.network.answer

    def refuse_names(request: httpx.Request) -> tuple[int, Any]:
        if request.method == "PUT" and refusals:
            status, code = refusals.pop(0)
            return status, {"error": {"status": status, "code": code, "message": "no"}}
        return answer(request)

    desk.network.answer = refuse_names
    await desk.begin("Hello", to=(KIM, LEE), name="Weekend")
    await desk.clock.run(600)
    assert desk.linq.names == names
    assert desk.states(REAL) == [None]


async def test_a_program_that_ends_before_a_new_group_has_its_name_asks_for_it_at_the_next_start(
    desk: Desk,
) -> None:
    """The message itself is not sent again: its key is known."""
    answer = desk.network.answer
    desk.network.answer = lambda request: (
        (409, {"error": {"code": 2009}}) if request.method == "PUT" else answer(request)
    )
    await desk.begin("Hello", to=(KIM, LEE), name="Weekend")
    await desk.clock.run(0.1)
    await desk.scope.close()
    assert desk.linq.names == []

    desk.network.answer = answer
    scope, cache = TaskScope("next start"), Cache()
    outbox = Outbox(cache, Keeping(desk.journal), Connectivity(cache, desk.clock), scope, desk.clock)
    await outbox.restore()
    outbox.use(desk.network.client())
    await desk.clock.run(1)
    assert desk.linq.names == ["Weekend"]
    assert desk.linq.texts == [("chats", "Hello")]
    assert (await desk.journal.load()).messages == ()
    await scope.close()


async def test_what_cannot_be_kept_is_not_sent_and_leaves_no_chat(desk: Desk) -> None:
    class FullDisk(MemoryJournal):
        @override
        async def add(self, taken: Sequence[OutgoingMessage]) -> None:
            raise LocalFaultError("The disk is full")

    outbox = Outbox(desk.cache, Keeping(FullDisk()), desk.connectivity, desk.scope, desk.clock)
    first, second = (Content((OutgoingText(text),)) for text in ("Hello", "second"))
    with pytest.raises(LocalFaultError):
        await outbox.begin(Beginning(LINE, (KIM,)), first, (second,))
    assert list(desk.cache.chat_ids()) == [ANA]


def _times() -> dict[str, str]:
    return {"created_at": "2026-03-01T00:00:00Z", "updated_at": "2026-03-01T00:00:00Z"}
