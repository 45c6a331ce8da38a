"""Passes the window's wishes on to the session, which is made when it is first asked for something."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from linqdesk.domain.ids import ChatId
    from linqdesk.services.pace import Pace
    from linqdesk.services.spelling import Speller
    from linqdesk.ui.account_commands import AccountCommands
    from linqdesk.ui.act_commands import ActCommands
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.file_commands import FileCommands
    from linqdesk.ui.media_commands import MediaCommands
    from linqdesk.ui.people_commands import PeopleCommands
    from linqdesk.ui.reading_commands import ReadingCommands
    from linqdesk.ui.recording_commands import RecordingCommands
    from linqdesk.ui.sending_commands import SendingCommands


class LateCommands:
    """Stands for a session that the window's first picture does without (linqdesk.ui.commands.Commands).

    It takes a tenth of a second to import. Nobody waits for that unless they ask before it was readied.
    """

    def __init__(self, session: Callable[[], Commands]) -> None:
        """Make nothing yet; `session` returns the same one each time."""
        self._make = session
        self._pace: Pace | None = None
        self._wanted: tuple[ChatId, ...] = ()

    @cached_property
    def _session(self) -> Commands:
        session = self._make()
        if self._pace is not None:
            session.set_pace(self._pace)
        session.want_previews(self._wanted)
        return session

    @property
    def _is_made(self) -> bool:
        return "_session" in vars(self)

    @property
    def sending(self) -> SendingCommands:
        """Writing to customers."""
        return self._session.sending

    @property
    def acts(self) -> ActCommands:
        """Messages that are there: reactions, edits, looking back."""
        return self._session.acts

    @property
    def media(self) -> MediaCommands:
        """The files of messages."""
        return self._session.media

    @property
    def recording(self) -> RecordingCommands:
        """Voice memos that are recorded."""
        return self._session.recording

    @property
    def files(self) -> FileCommands:
        """Files of ours that are to be sent."""
        return self._session.files

    @property
    def people(self) -> PeopleCommands:
        """People and groups: changes, names and notes."""
        return self._session.people

    @property
    def account(self) -> AccountCommands:
        """Our own lines."""
        return self._session.account

    @property
    def reading(self) -> ReadingCommands:
        """What was read."""
        return self._session.reading

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""
        return self._session.spelling

    def open_chat(self, chat_id: ChatId | None) -> None:
        """Follow this chat closely and mark what it holds as seen; None where no chat is open."""
        if chat_id is not None or self._is_made:
            self._session.open_chat(chat_id)

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen; a session that is made later hears of the last ones."""
        self._wanted = tuple(chat_ids)
        if self._is_made:
            self._session.want_previews(self._wanted)

    def refresh(self) -> None:
        """Ask for everything anew at once, as after waking up."""
        self._session.refresh()

    def set_pace(self, pace: Pace) -> None:
        """Say how much the agent sees of the window; a session that is made later hears of the last."""
        self._pace = pace
        if self._is_made:
            self._session.set_pace(pace)
