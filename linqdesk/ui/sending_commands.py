"""The verbs with which a window writes to customers; every call returns at once."""

from collections.abc import Callable, Iterable
from typing import Protocol

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.capabilities import Told
from linqdesk.services.pair_meter import PairLoad


class SendingCommands(Protocol):
    """What the window asks of those who send."""

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
        terms: SendTerms | None = None,
    ) -> None:
        """Begin a chat with a message, and send what is held right after it: all or none.

        `done` is called on the UI thread: with the id under which the chat stands in the cache, its first
        bubble with it, once all is safe; with HeldBackError where the gate asks the agent first or nobody
        may write to these people; with the error where it could not be kept. Once Linq knows the chat the
        cache announces ChatAdopted.
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

    def load(self, chat_id: ChatId) -> PairLoad:
        """Return how near a chat is to Linq's limit of messages a minute; cheap to repeat."""

    def retry(self, local_id: LocalId) -> None:
        """Send a failed message again, under the same key; one that waits is tried now."""

    def discard(self, local_id: LocalId) -> None:
        """Drop a failed or queued message."""

    def cancel_upload(self, local_id: LocalId) -> None:
        """Stop the upload of a message's files, or let it not begin.

        The message counts as failed until the agent decides. Nothing happens where Linq has all of them.
        """

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty."""
