"""Cache and services as a composer sees them while its chat has not begun: with one chat more."""

from collections.abc import Callable

from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.spelling import Speller
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.store.view_over import ViewOver
from linqdesk.ui.act_commands import ActCommands
from linqdesk.ui.commands import Commands
from linqdesk.ui.file_commands import FileCommands
from linqdesk.ui.media_commands import MediaCommands

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


class UnbegunCommands:
    """What a composer asks for; what it sends and keeps goes to whoever begins the chat."""

    def __init__(self, commands: Commands, send: Send, keep: Keep) -> None:
        """Hand what is written to `send` and `keep`, all else on."""
        self._commands = commands
        self.sending = _UnbegunWriting(send, keep)

    @property
    def acts(self) -> ActCommands:
        """Messages that are there."""
        return self._commands.acts

    @property
    def files(self) -> FileCommands:
        """Files of ours that are to be sent."""
        return self._commands.files

    @property
    def media(self) -> MediaCommands:
        """How files look."""
        return self._commands.media

    @property
    def spelling(self) -> Speller:
        """Who knows how words are written."""
        return self._commands.spelling


class _UnbegunWriting:
    """Nobody sees that somebody types in a chat that has not begun: that is said to nobody."""

    def __init__(self, send: Send, keep: Keep) -> None:
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

    def note_typing(self, chat_id: ChatId) -> None:
        """Say nothing."""

    def stop_typing(self) -> None:
        """Say nothing, for nothing was said."""

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in the composer."""
        self._keep(chat_id, draft)
