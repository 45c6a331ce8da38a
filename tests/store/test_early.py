from dataclasses import replace
from datetime import UTC, datetime

from linqdesk.domain.ids import LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.store.cache import Cache
from tests.store.messages import ANA, a_chat, a_message


def left(name: str) -> OutgoingMessage:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return OutgoingMessage(LocalId(name), ANA, None, moment, Content((OutgoingText(name),)))


def test_sends_appear_in_order_as_soon_as_their_chat_is_known() -> None:
    cache = Cache()
    cache.add_outgoing(left("one"))
    cache.add_outgoing(left("two"))
    cache.update_outgoing(replace(left("two"), state=OutgoingState.FAILED))
    cache.merge_chats([a_chat()])
    assert [(each.text, each.state) for each in cache.outgoing(ANA)] == [("one", "queued"), ("two", "failed")]
    summary = cache.summary(ANA)
    assert summary is not None
    assert (summary.sending_count, summary.failed_count) == (1, 1)


def test_sends_that_ended_before_their_chat_was_known_do_not_appear() -> None:
    cache = Cache()
    for name in ("sent", "discarded", "waiting"):
        cache.add_outgoing(left(name))
    cache.confirm(ANA, LocalId("sent"), a_message("m", 1, is_mine=True))
    cache.remove_outgoing(ANA, LocalId("discarded"))
    cache.update_outgoing(replace(left("sent"), state=OutgoingState.FAILED))
    cache.merge_chats([a_chat()])
    assert [each.text for each in cache.outgoing(ANA)] == ["waiting"]
