"""All that stands between what is written and its going out: what arrives, which way, and what is asked."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linqdesk.domain.arrival import arrival_of, routes
from linqdesk.domain.chat import Chat
from linqdesk.domain.composing import content_of, messages_of
from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.link_cards import card_offer
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.send_gate import HeldBackError, SendTerms
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.ui.composer.arrival_words import route_note, route_words
from linqdesk.ui.composer.arrive_line import ArriveLine
from linqdesk.ui.composer.gate_strip import GateStrip, held_words
from linqdesk.ui.composer.link_strip import LinkStrip
from linqdesk.ui.composer.typing_watch import TypingWatch
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.names import chat_title, format_handle, isolated
from linqdesk.ui.theme import Theme

# A text up to _SHORT is looked at with every key; links are sought in texts up to _LONG, in UTF-16 units.
_SHORT, _LONG, _LATER_MS = 500, 2_500, 120


class Sending(QObject):
    """The strips next to the field, and what the agent knew and accepted of each chat.

    `noted` says where controls that only iMessage honours have no effect; it is empty where they have.
    """

    noted = Signal(str)

    def __init__(self, cache: CacheView, commands: ComposerCommands, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._chat_id: ChatId | None = None
        self._draft = Draft("")
        self._knows: dict[ChatId, RowKey] = {}
        self._is_shown = True
        self._accepted = SendTerms()
        self._held: HeldBackError | None = None
        self.gate = GateStrip(parent)
        self.gate.put_off.connect(self.release)
        self.link = LinkStrip(parent)
        self.line = ArriveLine(theme, parent)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._show)

    def stand_in(self, strips: QVBoxLayout) -> None:
        """Put the questions into the column over the field; the line has a place of its own."""
        for strip in (self.gate, self.link):
            strips.addWidget(strip)

    def watch(self, field: QWidget) -> None:
        """Tell the services when somebody types in the field."""
        watch = TypingWatch(field)
        watch.typed.connect(self._on_typed)
        watch.left.connect(self._commands.sending.stop_typing)

    def show_draft(self, chat_id: ChatId | None, draft: Draft, *, is_shown: bool = True) -> None:
        """Say what will arrive of this, unless something else is in the field and it is not `is_shown`.

        A long text is looked at when the hands rest.
        """
        if chat_id != self._chat_id:
            self._chat_id = chat_id
            self._accepted = SendTerms()
            self.release()
            self._commands.sending.stop_typing()
        self._draft, self._is_shown = draft, is_shown
        self._note_what_is_known()
        if len(draft.text) <= _SHORT:
            self._later.stop()
            self._show()
        else:
            self._later.start()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.line.set_theme(theme)

    def terms(self) -> SendTerms:
        """Return what the agent knew and accepted now that Send is pressed, for the first or second time."""
        if self._held is not None:
            self._accepted = self._held.accepted(self._accepted)
        self.release()
        known = self._knows.get(self._chat_id) if self._chat_id is not None else None
        return replace(self._accepted, knows_until=known)

    def hold(self, error: HeldBackError) -> None:
        """Ask the agent, who has seen everything up to now when Send is pressed again."""
        self._held = error
        self._know_newest()
        self.gate.ask(held_words(error, datetime.now(UTC)), is_answer=error.answer is not None)

    def release(self) -> None:
        """Ask no more."""
        self._held = None
        self.gate.hide()

    def note_sent(self) -> None:
        """Begin anew: what was accepted was accepted for one message."""
        self._accepted = SendTerms()
        self.release()
        self._commands.sending.stop_typing()

    def _on_typed(self) -> None:
        if self._chat_id is not None:
            self._commands.sending.note_typing(self._chat_id)

    def _summary(self) -> ChatSummary | None:
        return self._cache.summary(self._chat_id) if self._chat_id is not None else None

    def _note_what_is_known(self) -> None:
        """Remember how far the thread went when the agent began to write."""
        if self._chat_id is None:
            return
        if not content_of(self._draft).parts:
            self._knows.pop(self._chat_id, None)
        elif self._chat_id not in self._knows:
            self._know_newest()

    def _know_newest(self) -> None:
        if self._chat_id is None:
            return
        rows = self._cache.rows(self._chat_id)
        if rows:
            self._knows[self._chat_id] = rows[-1].key

    def _show(self) -> None:
        summary = self._summary()
        is_open = self._is_shown and summary is not None and summary.lock is None
        self.line.setVisible(is_open)
        if summary is None or not is_open:
            self.link.ask(None, is_card=False)
            return
        draft = self._draft
        content = content_of(draft)
        self.line.choice.show_choice(draft.preferred_service)
        offer = card_offer(content) if len(draft.text) <= _LONG else None
        self.link.ask(offer, is_card=draft.as_card)
        chat = summary.chat
        told = arrival_of(messages_of(draft), chat.service, is_group=chat.is_group)
        self.noted.emit(route_note(told))
        if content.parts:
            self.line.say_arrival(told)
        else:
            self.line.say_address(address_words(summary, draft.preferred_service, self._cache))


def likeliest_service(chat: Chat, preferred: Service | None) -> Service:
    """Return the service that most likely carries the next message."""
    return routes(chat.service, preferred)[0]


def send_words(chat: Chat, cache: CacheView) -> str:
    """Return what Send does: to whom, and from which line."""
    line = f" · from {format_handle(chat.line)}" if chat.line is not None else ""
    return f"Send to {chat_title(chat, cache)}{line}"


def address_words(summary: ChatSummary, preferred: Service | None, cache: CacheView) -> str:
    """Return to whom a message goes, how and from which line."""
    chat = summary.chat
    ways = route_words(routes(chat.service, preferred))
    line = f" from {format_handle(chat.line)}" if chat.line is not None else ""
    return f"To {isolated(chat_title(chat, cache))} by {ways}{line}"
