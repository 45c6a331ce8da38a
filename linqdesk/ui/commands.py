"""The verbs that a window may ask for; every call returns at once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.domain.wishes import Wish
from linqdesk.local.picture_decoder import PictureRequest
from linqdesk.local.recording_reader import RecordingRequest
from linqdesk.services.capabilities import Told
from linqdesk.services.media_copies import Copied
from linqdesk.services.picture_decoding import Decoded
from linqdesk.services.polling import Pace
from linqdesk.services.recording_reading import RecordingRead
from linqdesk.services.spelling import Speller


class Commands(Protocol):
    """What the window asks of the services."""

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""

    def open_chat(self, chat_id: ChatId | None) -> None:
        """Follow this chat closely and mark what it holds as seen; None where no chat is open."""

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Callable[[LinqDeskError | None], None],
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Put a message into the outbox, and those that follow it right after: all or none.

        `done` is called on the UI thread: with None once the message is safe and its bubble is in the
        cache, so the composer may be cleared; with HeldBackError where the gate asks the agent first, whose
        answer goes into `terms`; with another error where it could not be kept.
        """

    def begin_chat(
        self,
        beginning: Beginning,
        content: Content,
        done: Callable[[ChatId | None, LinqDeskError | None], None],
        *,
        held: tuple[Content, ...] = (),
    ) -> None:
        """Begin a chat with a message, and send what is held right after it: all or none.

        `done` is called on the UI thread: with the id under which the chat stands in the cache, its first
        bubble with it, once all is safe; with the error where it could not be kept. Once Linq knows the chat
        the cache announces ChatAdopted.
        """

    def check_reach(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        """Find out how people can be reached from a line, in place of those who were asked about before.

        `told` is called on the UI thread, for each person at once with what is known and again with news:
        one check in 10 s is allowed.
        """

    def note_typing(self, chat_id: ChatId) -> None:
        """Say that a key was pressed, so that the customer may see that somebody types; cheap to repeat."""

    def stop_typing(self) -> None:
        """Say that nobody types any more: the focus or the chat was left, or the message is sent."""

    def retry(self, local_id: LocalId) -> None:
        """Send a failed message again, under the same key; one that waits is tried now."""

    def discard(self, local_id: LocalId) -> None:
        """Drop a failed or queued message."""

    def load_older(self, chat_id: ChatId) -> None:
        """Fetch the next older page of a thread, unless that is under way or there is none."""

    def change(
        self, chat_id: ChatId, message_id: MessageId, wish: Wish, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """React to a message, take a reaction back, or edit a text.

        The cache shows it as pending at once. `done` is called on the UI thread: with None once Linq tells
        that it is so; with the error where it is not, and then the cache shows the message as before.
        """

    def delete_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Delete a message from Linq's records, the customer keeps it; `done` is called as for `change`."""

    def find_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a message; `done` hears None once it is there, else what is wrong."""

    def load_back_to(
        self, chat_id: ChatId, when: datetime, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to an aware time or to its beginning; `done` hears whether that went well."""

    def fetch_chain(
        self, message_id: MessageId, done: Callable[[tuple[Message, ...], LinqDeskError | None], None]
    ) -> None:
        """Fetch a message with everything that it answers and that answers it, or hear what is wrong."""

    def want_media(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part that is on screen, before all that was wanted earlier; cheap to repeat.

        Does nothing where the file is there or failed, nor for what is too large to come unasked.
        """

    def retry_media(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part because the agent asks for it: again, or although it is large."""

    def save_media(self, message: Message, part_index: int, target: Path, done: Copied) -> None:
        """Save the file of a part under the target's name in its folder, or with a number behind it.

        Nothing is overwritten. `done` is called once, later, on the UI thread: with the path that it has
        now, or with why it could not be saved.
        """

    def prepare_to_open(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where another program may open it, unless it is of a risky kind.

        `done` is called once, later, on the UI thread: with the copy's path, or with why there is none.
        """

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        """Have a picture decoded; `done` is called once, later, on the UI thread.

        It hears the pixels, the error that says why there are none, or None where the order was dropped
        because so many came after it.
        """

    def read_recording(self, file: Path, request: RecordingRequest, done: RecordingRead) -> None:
        """Have a sound or a video read; `done` is called once, later, on the UI thread.

        It hears what was asked for, the error that says why it cannot be had, or None where the order was
        dropped because so many came after it.
        """

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen, so that their newest message is fetched first."""

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty."""

    def refresh(self) -> None:
        """Ask for everything anew at once, as after waking up."""

    def set_pace(self, pace: Pace) -> None:
        """Say how much the agent sees of the window, and so how often to ask the API."""
