"""The few verbs that a composer asks for, wherever it stands; every call returns at once."""

from collections.abc import Callable
from typing import Protocol

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.spelling import Speller
from linqdesk.ui.act_commands import ActCommands
from linqdesk.ui.file_commands import FileCommands
from linqdesk.ui.media_commands import MediaCommands


class WritingCommands(Protocol):
    """What becomes of what is written: `SendingCommands` has these, with the same promises."""

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Callable[[LinqDeskError | None], None],
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Put a message into the outbox, and those that follow it right after: all or none."""

    def note_typing(self, chat_id: ChatId) -> None:
        """Say that a key was pressed."""

    def stop_typing(self) -> None:
        """Say that nobody types any more."""

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty."""


class ComposerCommands(Protocol):
    """A part of `Commands`."""

    @property
    def sending(self) -> WritingCommands:
        """Writing to customers."""

    @property
    def acts(self) -> ActCommands:
        """Messages that are there."""

    @property
    def files(self) -> FileCommands:
        """Files of ours that are to be sent."""

    @property
    def media(self) -> MediaCommands:
        """How files look."""

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""
