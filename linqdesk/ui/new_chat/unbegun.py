"""Cache and services as a composer sees them while its chat has not begun: with one chat more."""

from collections.abc import Callable, Iterable

from typing_extensions import override

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.capabilities import Told
from linqdesk.services.polling import Pace
from linqdesk.services.spelling import Speller
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.store.view_over import ViewOver
from linqdesk.ui.act_commands import ActCommands
from linqdesk.ui.commands import Commands
from linqdesk.ui.file_commands import FileCommands
from linqdesk.ui.media_commands import MediaCommands
from linqdesk.ui.sending_commands import SendingCommands

Done = Callable[[LinqDeskError | None], None]
Send = Callable[[Done, SendTerms], None]
Keep = Callable[[ChatId, Draft | None], None]


class UnbegunView(ViewOver):
    """The cache, and in `unbegun` what would stand in its list once the chat began."""

    def __init__(self, cache: CacheView) -> None:
        """Start without a chat of its own."""
        super().__init__(cache)
        self.unbegun: ChatSummary | None = None

    @override
    def summary(self, chat_id: ChatId) -> ChatSummary | None:
        """Return what is known of a chat, the one that is not there yet among them."""
        unbegun = self.unbegun
        is_it = unbegun is not None and unbegun.chat.id == chat_id
        return unbegun if is_it else super().summary(chat_id)


class UnbegunSending:
    """The verbs of sending; what is sent and kept goes to whoever begins the chat."""

    def __init__(self, sending: SendingCommands, send: Send, keep: Keep) -> None:
        """Hand what concerns the unbegun chat to `send` and `keep`, all else on."""
        self._sending = sending
        self._send = send
        self._keep = keep

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Done,
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Begin the chat, with what stands in the composer."""
        del chat_id, content, followed_by
        self._send(done, terms or SendTerms())

    def begin_chat(
        self,
        beginning: Beginning,
        content: Content,
        done: Callable[[ChatId | None, LinqDeskError | None], None],
        *,
        held: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Begin a chat."""
        self._sending.begin_chat(beginning, content, done, held=held, terms=terms)

    def check_reach(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        """Find out how people can be reached from a line."""
        self._sending.check_reach(line, handles, told)

    def note_typing(self, chat_id: ChatId) -> None:
        """Say nothing: nobody sees that somebody types in a chat that has not begun."""

    def stop_typing(self) -> None:
        """Say nothing, for nothing was said."""

    def retry(self, local_id: LocalId) -> None:
        """Send a failed message again."""
        self._sending.retry(local_id)

    def discard(self, local_id: LocalId) -> None:
        """Drop a failed or queued message."""
        self._sending.discard(local_id)

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in the composer."""
        self._keep(chat_id, draft)


class UnbegunCommands:
    """All verbs that a composer may ask for, with other ones for sending."""

    def __init__(self, commands: Commands, sending: SendingCommands) -> None:
        """Put `sending` in the place of what the commands have."""
        self._commands = commands
        self._sending = sending

    @property
    def sending(self) -> SendingCommands:
        """Writing to customers."""
        return self._sending

    @property
    def acts(self) -> ActCommands:
        """Messages that are there."""
        return self._commands.acts

    @property
    def media(self) -> MediaCommands:
        """The files of messages."""
        return self._commands.media

    @property
    def files(self) -> FileCommands:
        """Files of ours that are to be sent."""
        return self._commands.files

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""
        return self._commands.spelling

    def open_chat(self, chat_id: ChatId | None) -> None:
        """Follow a chat closely."""
        self._commands.open_chat(chat_id)

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen."""
        self._commands.want_previews(chat_ids)

    def refresh(self) -> None:
        """Ask for everything anew at once."""
        self._commands.refresh()

    def set_pace(self, pace: Pace) -> None:
        """Say how much the agent sees of the window."""
        self._commands.set_pace(pace)
