"""A cache with chats and a record of what the window asks for."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, FileKey, Handle, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.outgoing_files import FileChange, FileSource, OutgoingFile
from linqdesk.domain.send_gate import SendTerms
from linqdesk.domain.wishes import Wish
from linqdesk.local.picture_decoder import PictureRequest
from linqdesk.local.recording_reader import RecordingRequest
from linqdesk.services.capabilities import Told
from linqdesk.services.contact_cards import CardAnswer, CardWish
from linqdesk.services.file_intake import FileTold
from linqdesk.services.media_copies import Copied
from linqdesk.services.pace import Pace
from linqdesk.services.pair_meter import PairLoad
from linqdesk.services.picture_decoding import Decoded
from linqdesk.services.recording_reading import RecordingRead
from linqdesk.store.cache import Cache
from tests.store.messages import ANA, a_chat
from tests.ui.people_wishes import PeopleWishes
from tests.ui.tape import Tape

Done = Callable[[LinqDeskError | None], None]
Changed = Callable[[OutgoingFile | LinqDeskError], None]
Begun = Callable[[ChatId | None, LinqDeskError | None], None]


class Words:
    """A dictionary that knows which words are wrong, and what was meant."""

    def __init__(self) -> None:
        self.meant: dict[str, tuple[str, ...]] = {}
        self.asked: list[frozenset[str]] = []
        self.learnt: list[str] = []

    def check(self, words: frozenset[str], done: Callable[[frozenset[str]], None]) -> None:
        self.asked.append(words)
        done(frozenset(words & self.meant.keys()))

    def suggest(self, word: str, done: Callable[[tuple[str, ...]], None]) -> None:
        done(self.meant[word])

    def learn(self, word: str) -> None:
        self.learnt.append(word)


class MediaWishes:
    """Remembers what was asked about files."""

    def __init__(self) -> None:
        self.wanted: list[tuple[MessageId, int]] = []
        self.retried: list[tuple[MessageId, int]] = []
        self.web_pictures: list[tuple[str, ChatId | None]] = []
        self.saving: list[tuple[MessageId, int, Path, Copied]] = []
        self.opening: list[tuple[MessageId, int, Copied]] = []
        self.dragging: list[tuple[MessageId, int, Copied]] = []
        self.decoding: list[tuple[Path, PictureRequest, Decoded]] = []
        self.reading: list[tuple[Path, RecordingRequest, RecordingRead]] = []

    def want(self, message: Message, part_index: int) -> None:
        self.wanted.append((message.id, part_index))

    def want_web_picture(self, address: str, chat_id: ChatId | None = None) -> None:
        self.web_pictures.append((address, chat_id))

    def retry(self, message: Message, part_index: int) -> None:
        self.retried.append((message.id, part_index))

    def save(self, message: Message, part_index: int, target: Path, done: Copied) -> None:
        self.saving.append((message.id, part_index, target, done))

    def prepare_to_open(self, message: Message, part_index: int, done: Copied) -> None:
        self.opening.append((message.id, part_index, done))

    def prepare_to_drag(self, message: Message, part_index: int, done: Copied) -> None:
        self.dragging.append((message.id, part_index, done))

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        self.decoding.append((file, request, done))

    def read_recording(self, file: Path, request: RecordingRequest, done: RecordingRead) -> None:
        self.reading.append((file, request, done))


class FileWishes:
    """Remembers what was asked about files that are to be sent."""

    def __init__(self) -> None:
        self.taking: list[tuple[tuple[FileSource, ...], FileTold]] = []
        self.changing: list[tuple[OutgoingFile, FileChange, Changed]] = []
        self.discarded: list[OutgoingFile] = []
        self.folder = Path("no-such-folder")

    def take_in(self, sources: Sequence[FileSource], told: FileTold) -> None:
        self.taking.append((tuple(sources), told))

    def change(self, file: OutgoingFile, change: FileChange, done: Changed) -> None:
        self.changing.append((file, change, done))

    def discard(self, files: Iterable[OutgoingFile]) -> None:
        self.discarded += files

    def path_of(self, key: FileKey) -> Path:
        return self.folder / key


class CardWishes:
    """Remembers which cards were asked for."""

    def __init__(self) -> None:
        self.fetched: list[tuple[Handle, Callable[[CardAnswer], None]]] = []
        self.saved: list[tuple[Handle, CardWish, Callable[[CardAnswer], None]]] = []

    def fetch_card(self, line: Handle, done: Callable[[CardAnswer], None]) -> None:
        self.fetched.append((line, done))

    def save_card(self, line: Handle, wish: CardWish, done: Callable[[CardAnswer], None]) -> None:
        self.saved.append((line, wish, done))


class ReadingWishes:
    """Remembers which chats the agent marked."""

    def __init__(self) -> None:
        self.to_tell: set[ChatId] = set()
        self.unread: list[ChatId] = []
        self.read: list[tuple[ChatId, Done]] = []

    def is_to_tell(self, chat_id: ChatId) -> bool:
        return chat_id in self.to_tell

    def mark_unread(self, chat_id: ChatId) -> None:
        self.unread.append(chat_id)

    def mark_read(self, chat_id: ChatId, done: Done) -> None:
        self.read.append((chat_id, done))


class Wishes:
    """Takes the place of the services: remembers what was asked for."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.sent: list[tuple[ChatId, str, Done]] = []
        self.begun: list[tuple[Beginning, tuple[Content, ...], Begun]] = []
        self.reach_asked: list[tuple[Handle, tuple[Handle, ...], Told]] = []
        self.terms: list[SendTerms] = []
        self.typing: list[ChatId | None] = []
        self.loads: dict[ChatId, PairLoad] = {}
        self.opened: list[ChatId | None] = []
        self.paces: list[Pace] = []
        self.retried: list[LocalId] = []
        self.discarded: list[LocalId] = []
        self.cancelled: list[LocalId] = []
        self.older: list[ChatId] = []
        self.media = MediaWishes()
        self.files = FileWishes()
        self.people = PeopleWishes(cache)
        self.recording = Tape()
        self.reading = ReadingWishes()
        self.account = CardWishes()
        self.contents: list[Content] = []
        self.kept_drafts: list[tuple[ChatId, Draft | None]] = []
        self.refreshed = 0
        self.spelling = Words()
        self.changed: list[tuple[MessageId, Wish, Done]] = []
        self.deleted: list[tuple[MessageId, Done]] = []
        self.sought: list[tuple[MessageId, Done]] = []
        self.sought_times: list[tuple[datetime, Done]] = []
        self.chains: list[tuple[MessageId, Callable[[tuple[Message, ...], LinqDeskError | None], None]]] = []

    @property
    def sending(self) -> "Wishes":
        return self

    @property
    def acts(self) -> "Wishes":
        return self

    def open_chat(self, chat_id: ChatId | None) -> None:
        self.opened.append(chat_id)

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Done,
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        self.sent.append((chat_id, content.text, done))
        self.contents += [content, *followed_by]
        self.terms.append(terms or SendTerms())

    def load(self, chat_id: ChatId) -> PairLoad:
        return self.loads.get(chat_id, PairLoad())

    def note_typing(self, chat_id: ChatId) -> None:
        self.typing.append(chat_id)

    def stop_typing(self) -> None:
        self.typing.append(None)

    def begin_chat(
        self,
        beginning: Beginning,
        content: Content,
        done: Begun,
        *,
        held: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        self.begun.append((beginning, (content, *held), done))
        self.terms.append(terms or SendTerms())

    def check_reach(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        self.reach_asked.append((line, tuple(handles), told))

    def retry(self, local_id: LocalId) -> None:
        self.retried.append(local_id)

    def cancel_upload(self, local_id: LocalId) -> None:
        self.cancelled.append(local_id)

    def discard(self, local_id: LocalId) -> None:
        self.discarded.append(local_id)

    def load_older(self, chat_id: ChatId) -> None:
        self.older.append(chat_id)

    def change(self, chat_id: ChatId, message_id: MessageId, wish: Wish, done: Done) -> None:
        self._cache.add_wish(chat_id, message_id, wish)
        self.changed.append((message_id, wish, done))

    def delete_message(self, chat_id: ChatId, message_id: MessageId, done: Done) -> None:
        self._cache.mark_deleted(chat_id, message_id)
        self.deleted.append((message_id, done))

    def find_message(self, chat_id: ChatId, message_id: MessageId, done: Done) -> None:
        del chat_id
        self.sought.append((message_id, done))

    def load_back_to(self, chat_id: ChatId, when: datetime, done: Done) -> None:
        del chat_id
        self.sought_times.append((when, done))

    def fetch_chain(
        self, message_id: MessageId, done: Callable[[tuple[Message, ...], LinqDeskError | None], None]
    ) -> None:
        self.chains.append((message_id, done))

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        del chat_ids

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        self.kept_drafts.append((chat_id, draft))
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
