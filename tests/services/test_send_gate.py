from collections.abc import Sequence
from dataclasses import replace

import pytest
from typing_extensions import override

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.chat import ChatHealth, HealthStatus, Line, Reputation
from linqdesk.domain.errors import LocalFaultError, RequestRejectedError
from linqdesk.domain.ids import ChatId, Handle, LocalId, RowKey
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.send_gate import HeldBackError, Lock, LockReason, SendTerms
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import Journal, MemoryJournal
from linqdesk.services.send_gate import answer_since, pass_gate, pass_opening_gate
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat, a_message, a_send

_FREE = SendTerms()


def _cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat()])
    made.merge_messages(ANA, [a_message("hello", 1), a_message("hi", 2, is_mine=True)], made.next_sequence())
    return made


def _mark(cache: Cache, status: HealthStatus) -> None:
    cache.merge_chats([replace(a_chat(minute=9), health=ChatHealth(status, status.value))])


def _held(cache: Cache, terms: SendTerms = _FREE) -> HeldBackError:
    with pytest.raises(HeldBackError) as held:
        pass_gate(cache, ANA, terms)
    return held.value


def test_a_healthy_chat_and_one_that_is_not_known_let_everything_through() -> None:
    pass_gate(_cache(), ANA, _FREE)
    pass_gate(_cache(), ChatId("new"), _FREE)


def test_a_stop_word_locks_until_the_customer_writes_again() -> None:
    cache = _cache()
    cache.merge_messages(ANA, [a_message("m", 3, text="STOP")], cache.next_sequence())
    cache.merge_messages(ANA, [a_message("sorry", 4, is_mine=True)], cache.next_sequence())
    assert _held(cache).lock == Lock(LockReason.STOP_WORD, "STOP")
    cache.merge_messages(ANA, [a_message("n", 5, text="I am back")], cache.next_sequence())
    pass_gate(cache, ANA, _FREE)


def test_who_opted_out_cannot_be_written_to_on_any_terms() -> None:
    cache = _cache()
    _mark(cache, HealthStatus.OPTED_OUT)
    assert _held(cache, SendTerms(accepts_risk=True)).lock == Lock(LockReason.HEALTH)


def test_a_critical_chat_asks_for_a_second_press() -> None:
    cache = _cache()
    _mark(cache, HealthStatus.CRITICAL)
    assert _held(cache).is_critical
    pass_gate(cache, ANA, SendTerms(accepts_risk=True))


def test_a_colleagues_newer_answer_is_shown_first() -> None:
    cache = _cache()
    known = RowKey("hi")
    pass_gate(cache, ANA, SendTerms(known))
    sam = a_message("on my way", 3, is_mine=True)
    cache.merge_messages(ANA, [sam, a_message("thanks", 4)], cache.next_sequence())
    assert _held(cache, SendTerms(known)).answer == sam
    pass_gate(cache, ANA, SendTerms(RowKey("on my way")))
    pass_gate(cache, ANA, _FREE)


def test_what_was_sent_from_here_is_no_colleagues_answer() -> None:
    cache = _cache()
    cache.add_outgoing(a_send("mine"))
    assert answer_since(cache, ANA, RowKey("hi")) is None
    cache.confirm(ANA, LocalId("mine"), a_message("by linq", 3, is_mine=True))
    assert answer_since(cache, ANA, RowKey("hi")) is None


def test_where_the_known_row_is_gone_nothing_is_held() -> None:
    assert answer_since(_cache(), ANA, RowKey("gone")) is None


class _FullDisk(MemoryJournal):
    """Keeps nothing."""

    @override
    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        raise LocalFaultError("The disk is full.")


def _outbox(cache: Cache, clock: VirtualClock, journal: Journal) -> tuple[Outbox, Network, TaskScope]:
    network = Network(lambda _request: (202, {"message": {"id": "m", "created_at": "2026-03-01T00:00:00Z"}}))
    scope = TaskScope("test")
    return Outbox(cache, Keeping(journal), Connectivity(cache, clock), scope, clock), network, scope


def _say(text: str) -> Content:
    return Content((OutgoingText(text),))


def _states(cache: Cache) -> list[OutgoingState]:
    return [each.state for each in cache.outgoing(ANA)]


async def test_the_outbox_takes_nothing_that_the_gate_holds() -> None:
    cache, clock = _cache(), VirtualClock()
    _mark(cache, HealthStatus.CRITICAL)
    outbox, network, scope = _outbox(cache, clock, MemoryJournal())
    outbox.use(network.client())
    with pytest.raises(HeldBackError):
        await outbox.enqueue(ANA, _say("again"))
    assert cache.outgoing(ANA) == []
    await outbox.enqueue(ANA, _say("again"), terms=SendTerms(accepts_risk=True))
    await clock.run(1)
    assert [text for text, _ in network.sent()] == ["again"]
    await scope.close()


async def test_what_waited_while_the_customer_opted_out_is_not_sent_even_when_retried() -> None:
    cache, clock = _cache(), VirtualClock()
    outbox, network, scope = _outbox(cache, clock, MemoryJournal())
    local_id = await outbox.enqueue(ANA, _say("an offer"))
    cache.merge_messages(ANA, [a_message("m", 3, text="STOP")], cache.next_sequence())
    outbox.use(network.client())
    await clock.run(1)
    assert _states(cache) == [OutgoingState.FAILED]
    assert isinstance(cache.outgoing(ANA)[0].failure, RequestRejectedError)
    await outbox.retry(local_id)
    await clock.run(1)
    assert _states(cache) == [OutgoingState.FAILED]
    assert network.asked == []
    cache.merge_messages(ANA, [a_message("n", 4, text="I am back")], cache.next_sequence())
    await outbox.retry(local_id)
    await clock.run(1)
    assert [text for text, _ in network.sent()] == ["an offer"]
    await scope.close()


async def test_messages_that_belong_together_go_in_order_or_not_at_all() -> None:
    cache, clock = _cache(), VirtualClock()
    outbox, network, scope = _outbox(cache, clock, MemoryJournal())
    outbox.use(network.client())
    await outbox.enqueue(ANA, _say("first"), followed_by=(_say("second"),))
    await clock.run(1)
    assert [text for text, _ in network.sent()] == ["first", "second"]
    await scope.close()

    outbox, _network, scope = _outbox(cache, clock, _FullDisk())
    with pytest.raises(LocalFaultError):
        await outbox.enqueue(ANA, _say("first"), followed_by=(_say("second"),))
    assert cache.outgoing(ANA) == []
    await scope.close()


def test_nobody_who_refused_is_written_to_in_a_new_chat() -> None:
    cache = _cache()
    cache.merge_messages(ANA, [a_message("m", 3, text="STOP")], cache.next_sequence())
    summary = cache.summary(ANA)
    assert summary is not None
    handle = summary.chat.others[0].handle
    with pytest.raises(HeldBackError) as held:
        pass_opening_gate(cache, Beginning(Handle("+14155550120"), (handle,)), SendTerms(accepts_risk=True))
    assert held.value.lock == Lock(LockReason.STOP_WORD, "STOP")


def test_a_critical_line_begins_a_chat_once_the_agent_accepts_the_risk() -> None:
    cache = _cache()
    cache.set_lines((Line("1", Handle("+14155550120"), Reputation.CRITICAL),))
    beginning = Beginning(Handle("+14155550120"), (Handle("+14155559001"),))
    with pytest.raises(HeldBackError) as held:
        pass_opening_gate(cache, beginning, _FREE)
    assert held.value.is_line_critical
    pass_opening_gate(cache, beginning, SendTerms(accepts_risk=True))
    pass_opening_gate(cache, replace(beginning, line=Handle("+14155550110")), _FREE)


def _also_on(cache: Cache, line: str, *, waits: bool) -> None:
    """Let Ana write to another line of ours too."""
    chat = replace(a_chat(), id=ChatId("ana elsewhere"))
    me = replace(chat.handles[0], handle=Handle(line))
    cache.merge_chats([replace(chat, handles=(me, *chat.handles[1:]))])
    said = replace(a_message("there", 5, is_mine=not waits), chat_id=ChatId("ana elsewhere"))
    cache.merge_messages(ChatId("ana elsewhere"), [said], cache.next_sequence())


def test_who_waits_on_another_line_is_not_answered_here_by_accident() -> None:
    cache = _cache()
    _also_on(cache, "+14155550199", waits=True)
    held = _held(cache)
    assert held.other_line == "+14155550199"
    assert _held(cache, SendTerms(accepts_risk=True)).other_line == "+14155550199"
    pass_gate(cache, ANA, held.accepted(_FREE))
    pass_gate(cache, ChatId("ana elsewhere"), _FREE)
    cache.merge_messages(ANA, [a_message("here too", 6)], cache.next_sequence())
    pass_gate(cache, ANA, _FREE)


def test_a_yes_to_one_question_is_no_yes_to_another() -> None:
    cache = _cache()
    _mark(cache, HealthStatus.CRITICAL)
    _also_on(cache, "+14155550199", waits=True)
    agreed = _held(cache).accepted(_FREE)
    other = _held(cache, agreed)
    assert (other.is_critical, other.other_line) == (False, "+14155550199")
    assert _held(cache, other.accepted(_FREE)).is_critical
    pass_gate(cache, ANA, other.accepted(agreed))


def test_where_nobody_waits_elsewhere_nothing_is_asked() -> None:
    cache = _cache()
    _also_on(cache, "+14155550199", waits=False)
    pass_gate(cache, ANA, _FREE)
