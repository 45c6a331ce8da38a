from dataclasses import replace
from datetime import UTC, datetime, timedelta

from linqdesk.domain.ids import ChatId, Handle
from linqdesk.services.sent_today import SentToday
from linqdesk.store.cache import Cache
from tests.store.messages import ANA, LINE, a_chat, a_message


def _merge(cache: Cache, name: str, at: datetime, *, is_mine: bool) -> None:
    message = replace(a_message(name, 0, is_mine=is_mine), created_at=at, sent_at=at)
    cache.merge_messages(ANA, [message], cache.next_sequence())


def test_own_messages_of_today_count_once() -> None:
    cache = Cache()
    cache.merge_chats([a_chat()])
    sent = SentToday(cache)
    now = datetime.now(UTC)
    _merge(cache, "today", now, is_mine=True)
    _merge(cache, "theirs", now, is_mine=False)
    _merge(cache, "long ago", now - timedelta(days=2), is_mine=True)
    _merge(cache, "today", now, is_mine=True)
    cache.merge_messages(ChatId("nobody"), [], cache.next_sequence())
    assert sent.count(LINE) == 1
    assert sent.count(Handle("+1999")) == 0
    sent.close()
    _merge(cache, "later", now, is_mine=True)
    assert sent.count(LINE) == 1
