"""The verbs that a window may ask for, by subject; every call returns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linqdesk.domain.ids import ChatId
    from linqdesk.services.pace import Pace
    from linqdesk.services.spelling import Speller
    from linqdesk.ui.account_commands import AccountCommands
    from linqdesk.ui.act_commands import ActCommands
    from linqdesk.ui.file_commands import FileCommands
    from linqdesk.ui.media_commands import MediaCommands
    from linqdesk.ui.people_commands import PeopleCommands
    from linqdesk.ui.reading_commands import ReadingCommands
    from linqdesk.ui.recording_commands import RecordingCommands
    from linqdesk.ui.sending_commands import SendingCommands


class Commands(Protocol):
    """What the window asks of the services."""

    @property
    def sending(self) -> SendingCommands:
        """Writing to customers."""

    @property
    def acts(self) -> ActCommands:
        """Messages that are there: reactions, edits, looking back."""

    @property
    def media(self) -> MediaCommands:
        """The files of messages."""

    @property
    def recording(self) -> RecordingCommands:
        """Voice memos that are recorded."""

    @property
    def files(self) -> FileCommands:
        """Files of ours that are to be sent."""

    @property
    def people(self) -> PeopleCommands:
        """People and groups: changes, names and notes."""

    @property
    def account(self) -> AccountCommands:
        """Our own lines."""

    @property
    def reading(self) -> ReadingCommands:
        """What was read."""

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""

    def open_chat(self, chat_id: ChatId | None) -> None:
        """Follow this chat closely and mark what it holds as seen; None where no chat is open."""

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen, so that their newest message is fetched first."""

    def refresh(self) -> None:
        """Ask for everything anew at once, as after waking up."""

    def set_pace(self, pace: Pace) -> None:
        """Say how much the agent sees of the window, and so how often to ask the API."""
