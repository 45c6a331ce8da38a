"""Where the first message is written: a composer with all its aids, for a chat that has not begun."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.chat import Chat
from linqdesk.domain.composing import messages_of
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.domain.send_gate import Lock, SendTerms
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.new_chat.unbegun import Done, Send, UnbegunCommands, UnbegunView
from linqdesk.ui.theme import Theme
from linqdesk.ui.writing.completion_desk import CompletionDesk
from linqdesk.ui.writing.effect_desk import EffectDesk
from linqdesk.ui.writing.emoji_desk import EmojiDesk
from linqdesk.ui.writing.ways import WritingWays


class FirstMessage(QObject):
    """Lets one write to whom `address` names.

    `changed` tells that something else would be sent now; `keep_wanted` carries what stands there,
    None for nothing, soon after.
    """

    changed = Signal()
    keep_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, ways: WritingWays, stage: QWidget
    ) -> None:
        """Make a composer in the window of `stage`, over which effects are previewed."""
        super().__init__(stage)
        self._ways = ways
        self._numbers = count()
        self._id = self._next_id()
        self._view = UnbegunView(cache)
        self._send: Send = _to_nobody
        writing = UnbegunCommands(commands, self._on_sent, self._on_kept)
        self.composer = Composer(self._view, writing, theme, stage.window())
        self.composer.edit.setObjectName("first_message")
        self.composer.edit.setAccessibleName("First message")
        self._clock = FrameClock(self)
        self._emoji = EmojiDesk(self.composer, ways.preferences, theme)
        self._completion = CompletionDesk(self._view, self.composer, ways.preferences, theme)
        self._effects = EffectDesk(self._view, self.composer, stage, self._clock, theme)
        self._has_memo_first = False
        self.composer.content_changed.connect(self._on_content_changed)

    @property
    def contents(self) -> tuple[Content, ...]:
        """What would be sent, in order: one message at least, without parts where nothing is written."""
        return messages_of(self.composer.draft())

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written."""
        return not any(content.parts for content in self.contents)

    def add(self, item: DraftFile) -> None:
        """Put a file of ours behind all that stands here, whether or not it is being written in."""
        self.composer.add_to_tray(self._id, item)

    def begin_by(self, gate: Callable[[], bool], send: Send) -> None:
        """Let `send` begin the chat; where `gate`, which is asked before, answers False nothing is sent."""
        self.composer.gates.append(gate)
        self._send = send

    def allow(self, *, is_allowed: bool) -> None:
        """Leave Send as the composer has it, or disable it too for what the composer does not know."""
        self.composer.send_button.setEnabled(self.composer.send_button.isEnabled() and is_allowed)

    def address(self, chat: Chat, lock: Lock | None) -> None:
        """Write to another chat as it would be, or to nobody where there is a lock.

        Args:
            chat: one that would stand in the list; its id does not matter.
            lock: why nothing may be sent.
        """
        was = self._view.unbegun
        self._view.unbegun = _summary(chat, self._id, lock, was.draft if was is not None else None)
        if was is not None and was.chat.handles != self._view.unbegun.chat.handles:
            # What the agent accepted was accepted for others.
            self.composer.sending.release()
        self.composer.refresh()

    def take_up(self, draft: Draft | None, chat: Chat) -> None:
        """Begin with what stands in a draft, in place of what is written now."""
        self.composer.show_chat(None)
        self._id = self._next_id()
        self._view.unbegun = _summary(chat, self._id, None, draft)
        self.wake()

    def wake(self) -> None:
        """Get ready to be written in, as the settings say now."""
        ways = self._ways
        self.composer.edit.enter_sends = ways.enter_sends
        self.composer.spell_marks.set_enabled(is_enabled=ways.checks_spelling)
        self.composer.edit.marks.move_by(self._clock, ways.is_reduced)
        self._completion.shelf = ways.canned
        self._effects.set_reduced(ways.is_reduced)
        self.composer.show_chat(self._id)

    def rest(self) -> None:
        """Keep at once what stands here."""
        self.composer.show_chat(None)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        for each in (self.composer, self._emoji, self._completion, self._effects):
            each.set_theme(theme)

    def _next_id(self) -> ChatId:
        """Return an id for an empty sheet: the composer keeps what stood under the one before."""
        return ChatId(f"{UNBEGUN}:{next(self._numbers)}")

    def _on_content_changed(self) -> None:
        """Let the text go before a voice memo that came in first: a memo cannot begin a chat."""
        first = next(iter(self.composer.draft().tray), None)
        is_memo = isinstance(first, DraftFile) and first.is_voice_memo
        has_come, self._has_memo_first = is_memo and not self._has_memo_first, is_memo
        if has_come and self.composer.draft().text_at is None:
            self.composer.write_before_files()
        else:
            self.changed.emit()

    def _on_sent(self, done: Done, terms: SendTerms) -> None:
        self._send(done, terms)

    def _on_kept(self, chat_id: ChatId, draft: Draft | None) -> None:
        if chat_id == self._id:
            self.keep_wanted.emit(draft)


def _to_nobody(done: Done, terms: SendTerms) -> None:
    """Do nothing before somebody begins chats."""
    del done, terms


def _summary(chat: Chat, chat_id: ChatId, lock: Lock | None, draft: Draft | None) -> ChatSummary:
    return ChatSummary(replace(chat, id=chat_id), draft=draft, lock=lock)
