"""A cache with chats and a record of what the window asks for."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.local.picture_decoder import PictureRequest
from linqdesk.services.picture_decoding import Decoded
from linqdesk.services.polling import Pace
from linqdesk.store.cache import Cache
from tests.store.messages import ANA, a_chat

Done = Callable[[LinqDeskError | None], None]


class Wishes:
    """Takes the place of the services: remembers what was asked for."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.sent: list[tuple[ChatId, str, Done]] = []
        self.opened: list[ChatId | None] = []
        self.paces: list[Pace] = []
        self.retried: list[LocalId] = []
        self.discarded: list[LocalId] = []
        self.older: list[ChatId] = []
        self.wanted_media: list[tuple[MessageId, int]] = []
        self.retried_media: list[tuple[MessageId, int]] = []
        self.decoding: list[tuple[Path, PictureRequest, Decoded]] = []
        self.refreshed = 0

    def open_chat(self, chat_id: ChatId | None) -> None:
        self.opened.append(chat_id)

    def send(self, chat_id: ChatId, content: Content, done: Done) -> None:
        self.sent.append((chat_id, content.text, done))

    def retry(self, local_id: LocalId) -> None:
        self.retried.append(local_id)

    def discard(self, local_id: LocalId) -> None:
        self.discarded.append(local_id)

    def load_older(self, chat_id: ChatId) -> None:
        self.older.append(chat_id)

    def want_media(self, message: Message, part_index: int) -> None:
        self.wanted_media.append((message.id, part_index))

    def retry_media(self, message: Message, part_index: int) -> None:
        self.retried_media.append((message.id, part_index))

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        self.decoding.append((file, request, done))

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        del chat_ids

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        self._cache.set_draft(chat_id, draft)

    def refresh(self) -> None:
        self.refreshed += 1

    def set_pace(self, pace: Pace) -> None:
        self.paces.append(pace)


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat(), a_chat(ChatId("tom"), minute=-5, name="Tom Becker")])
    made.mark_opened(ANA)
    made.mark_left(ANA)
    return made


@pytest.fixture
def wishes(cache: Cache) -> Wishes:
    return Wishes(cache)
