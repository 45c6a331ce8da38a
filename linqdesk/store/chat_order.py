"""Keeps chats sorted by what happened last, at the cost of a bisection per arrival."""

from bisect import bisect_left, insort
from collections.abc import Sequence

from linqdesk.domain.ids import ChatId

ChatSortKey = tuple[float, ChatId]


class ChatOrder:
    """Chat ids, the one with the newest message first."""

    def __init__(self) -> None:
        """Start without chats."""
        self._sorted: list[ChatSortKey] = []
        self._keys: dict[ChatId, ChatSortKey] = {}

    def place(self, chat_id: ChatId, key: ChatSortKey) -> bool:
        """Put a chat where its key belongs; tells whether that key is new."""
        if self._keys.get(chat_id) == key:
            return False
        self.remove(chat_id)
        self._keys[chat_id] = key
        insort(self._sorted, key)
        return True

    def remove(self, chat_id: ChatId) -> None:
        """Forget a chat, if it is known."""
        key = self._keys.pop(chat_id, None)
        if key is not None:
            del self._sorted[bisect_left(self._sorted, key)]

    def ids(self) -> Sequence[ChatId]:
        """Return all chats in order: a copy."""
        return [chat_id for _, chat_id in self._sorted]
