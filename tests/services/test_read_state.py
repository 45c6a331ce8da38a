from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from linqdesk.domain.errors import LocalFaultError, RequestRejectedError, ServerFaultError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.domain.seen import ReadPolicy, SeenMark
from linqdesk.domain.service import Service
from linqdesk.services.read_state import ReadState
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState
from tests.services.virtual import Network, VirtualClock, settle
from tests.store.messages import ANA, a_chat, a_message, a_send


class Shelf:
    """Keeps marks as a file would."""

    def __init__(self) -> None:
        self.kept: dict[ChatId, SeenMark] = {}
        self.is_full = False
        self.saved = 0

    def load(self, account: str) -> dict[ChatId, SeenMark]:
        if self.is_full:
            raise LocalFaultError("no room")
        return dict(self.kept) if account == "one" else {}

    def save(self, account: str, marks: dict[ChatId, SeenMark]) -> None:
        if self.is_full:
            raise LocalFaultError("no room")
        assert account == "one"
        self.saved += 1
        self.kept.update(marks)


class Desk:
    """A read state on a cache with one customer who wrote twice."""

    def __init__(self, service: Service = Service.IMESSAGE, *, is_group: bool = False) -> None:
        self.clock = VirtualClock()
        self.scope = TaskScope("test")
        self.cache = Cache()
        self.status = 204
        self.network = Network(lambda _request: (self.status, None))
        self.state = ReadState(self.cache, self.scope, self.clock)
        self.state.use(self.network.client())
        self.cache.set_connection(Connection(ConnectionState.ONLINE))
        self.cache.merge_chats([replace(a_chat(), service=service, is_group=is_group)])
        self.receive("m1", 1)
        self.receive("m2", 2)

    def receive(self, name: str, minute: int, *, is_read: bool = False) -> None:
        message = replace(a_message(name, minute), is_read=is_read)
        self.cache.merge_messages(ANA, [message], self.cache.next_sequence())

    def answer(self) -> None:
        """Let Linq take what was sent from here."""
        sent = replace(a_send("s1", OutgoingState.SENDING), created_at=self.clock.now())
        self.cache.add_outgoing(sent)
        at = sent.created_at + timedelta(days=1)
        taken = replace(a_message("s1-taken", 3), is_from_me=True, created_at=at, sent_at=at)
        self.cache.confirm(ANA, LocalId("s1"), taken)

    def unread(self) -> int:
        summary = self.cache.summary(ANA)
        assert summary is not None
        return summary.unread_count

    def asked(self) -> list[str]:
        return [f"{each.method} {each.url.path}" for each in self.network.asked]


TOLD = [f"POST /v3/chats/{ANA}/read"]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.scope.close()


async def test_a_look_tells_the_customer_nothing(desk: Desk) -> None:
    assert desk.unread() == 2
    desk.state.note_opened(ANA)
    desk.state.see(ANA)
    await settle()
    assert desk.unread() == 0
    assert desk.asked() == []
    assert desk.state.is_to_tell(ANA)


async def test_an_answer_that_linq_took_tells_it_once(desk: Desk) -> None:
    desk.answer()
    await settle()
    desk.state.see(ANA)
    await settle()
    assert desk.asked() == TOLD
    assert not desk.state.is_to_tell(ANA)
    desk.receive("m3", 5000)
    assert desk.state.is_to_tell(ANA)


async def test_an_answer_of_a_colleague_tells_nothing(desk: Desk) -> None:
    theirs = replace(a_message("theirs", 3), is_from_me=True)
    desk.cache.merge_messages(ANA, [theirs], desk.cache.next_sequence())
    await settle()
    assert desk.asked() == []


async def test_where_opening_tells_it_an_answer_need_not(desk: Desk) -> None:
    desk.state.policy = ReadPolicy.ON_OPENING
    desk.state.see(ANA)
    desk.state.see(ANA)
    await settle()
    desk.answer()
    await settle()
    assert desk.asked() == TOLD


async def test_by_hand_nothing_else_tells_it(desk: Desk) -> None:
    desk.state.policy = ReadPolicy.BY_HAND
    desk.state.see(ANA)
    desk.answer()
    await settle()
    assert desk.asked() == []
    await desk.state.mark_read(ANA)
    assert desk.asked() == TOLD


@pytest.mark.parametrize("desk_of", [lambda: Desk(is_group=True), lambda: Desk(Service.SMS)])
@pytest.mark.parametrize("policy", list(ReadPolicy))
async def test_where_nobody_sees_it_nothing_is_asked(desk_of: Callable[[], Desk], policy: ReadPolicy) -> None:
    desk = desk_of()
    desk.state.policy = policy
    desk.state.see(ANA)
    desk.answer()
    with pytest.raises(RequestRejectedError, match=r"never show|never sees"):
        await desk.state.mark_read(ANA)
    await settle()
    assert desk.asked() == []
    assert desk.unread() == 0
    await desk.scope.close()


async def test_what_linq_says_was_read_is_not_told_again(desk: Desk) -> None:
    desk.receive("m3", 4, is_read=True)
    assert not desk.state.is_to_tell(ANA)
    await desk.state.mark_read(ANA)
    assert desk.asked() == []


async def test_what_could_not_be_told_is_told_next_time(desk: Desk) -> None:
    desk.state.policy = ReadPolicy.ON_OPENING
    desk.status = 500
    with pytest.raises(ServerFaultError):
        await desk.state.mark_read(ANA)
    desk.state.see(ANA)
    await settle()
    desk.status = 204
    desk.state.see(ANA)
    await settle()
    assert desk.asked() == TOLD * 3
    desk.receive("m3", 4)
    desk.status = 500
    desk.state.see(ANA)
    await settle()
    assert desk.state.is_to_tell(ANA)


async def test_without_a_connection_nothing_is_told(desk: Desk) -> None:
    desk.state.policy = ReadPolicy.ON_OPENING
    desk.cache.set_connection(Connection(ConnectionState.SIGNED_OUT))
    desk.state.see(ANA)
    desk.state.use(None)
    await desk.state.mark_read(ANA)
    await settle()
    assert desk.asked() == []


async def test_marked_unread_it_stays_so_until_it_is_opened_again(desk: Desk) -> None:
    desk.state.see(ANA)
    desk.state.mark_unread(ANA)
    desk.state.see(ANA)
    assert desk.unread() == 1
    desk.state.note_opened(ANA)
    assert desk.unread() == 0
    await settle()
    assert desk.asked() == []


async def test_what_was_read_is_known_in_the_next_run(desk: Desk) -> None:
    shelf = Shelf()
    await desk.state.take_up(shelf, "one")
    desk.state.see(ANA)
    await desk.clock.run(2)
    for _ in range(200):
        await settle()
        if shelf.saved:
            break
    later = Desk()
    await later.state.take_up(shelf, "one")
    assert later.unread() == 0
    later.receive("m3", 3)
    assert later.unread() == 1
    later.state.mark_unread(ANA)
    await later.state.finish()
    third = Cache()
    third.remember_seen(shelf.kept)
    third.merge_chats([a_chat()])
    summary = third.summary(ANA)
    assert summary is not None
    assert summary.unread_count == 1
    await later.scope.close()


async def test_a_disk_that_refuses_costs_nothing_but_the_marks(desk: Desk) -> None:
    shelf = Shelf()
    shelf.is_full = True
    await desk.state.take_up(shelf, "one")
    desk.state.see(ANA)
    await desk.state.finish()
    assert desk.unread() == 0
    assert shelf.kept == {}


async def test_a_chat_that_nobody_knows_is_left_alone(desk: Desk) -> None:
    nobody = ChatId("nobody")
    desk.state.see(nobody)
    desk.state.mark_unread(nobody)
    assert not desk.state.is_to_tell(nobody)
    assert desk.cache.seen_mark(nobody) == SeenMark()
