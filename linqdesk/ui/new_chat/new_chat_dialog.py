"""Begins a chat: to whom, from which line, and with which words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.beginning import UNBEGUN, Beginning, provisional_chat
from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.opening import Opening, opening
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.send_gate import Lock, SendTerms, opening_lock
from linqdesk.services.send_gate import locks_of
from linqdesk.store.changes import Change, ChatsChanged, LinesChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.drop.drop_zone import DropZone
from linqdesk.ui.names import person_name
from linqdesk.ui.new_chat.existing_words import existing_words
from linqdesk.ui.new_chat.first_memo import FirstMemo
from linqdesk.ui.new_chat.first_message import FirstMessage
from linqdesk.ui.new_chat.line_choice import LineChoice
from linqdesk.ui.new_chat.notices import ExistingNotice, FirstRuleNotice
from linqdesk.ui.new_chat.people import Person
from linqdesk.ui.new_chat.recipients import Recipients
from linqdesk.ui.new_chat.unbegun import Done
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.recorder.studio import Studio
from linqdesk.ui.text_size import wear_font, wear_height
from linqdesk.ui.theme import FontSize, Theme, scaled
from linqdesk.ui.writing.ways import WritingWays

_SIZE_PX, _LABEL_PX, _FIELD_PX, _EDGE_PX = (620, 640), 56, 32, 16
# What a small screen has room for.
_MOST_PX = (1000, 760)
_MAX_NAME_LETTERS = 100
_NOBODY_YET = "whom you choose above"


class NewChatDialog(QDialog):
    """Keeps what stands in it until it is sent, or cleared by the agent; opened with `begin`.

    `begun` carries the chat to which the first message went, `existing_wanted` the one to open instead.
    """

    begun = Signal(object)
    existing_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, ways: WritingWays, parent: QWidget
    ) -> None:
        """Start empty."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._ways = ways
        self._memo: FirstMemo | None = None
        self.setObjectName("new_chat")
        self.setAccessibleName("New chat")
        self.setWindowTitle("New chat")
        self._make(theme, ways)
        self._lay_out()
        self._connect()
        self._take_cache()

    def _make(self, theme: Theme, ways: WritingWays) -> None:
        self._stage = QWidget(self)
        self._line = LineChoice(self)
        self._to = Recipients(self._cache, self._commands, theme, self)
        self._name = QLineEdit(self)
        self._name.setObjectName("group_name")
        self._name.setAccessibleName("Group name")
        self._name.setPlaceholderText("Group name (optional)")
        wear_font(self._name, FontSize.PREVIEW)
        self._name.setMaxLength(_MAX_NAME_LETTERS)
        self._existing = ExistingNotice(self)
        self._message = FirstMessage(self._cache, self._commands, theme, ways, self._stage)
        self._drops = DropZone(self._stage, self._message.composer, theme)
        self._rule = FirstRuleNotice(self)
        self._clear = self._button("Clear", "clear_new_chat", "Clear everything")
        self._cancel = self._button("Cancel", "cancel_new_chat", "Cancel, and keep what is written here")

    def _button(self, words: str, name: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        title = PlainLabel(self, FontSize.TITLE, QFont.Weight.DemiBold)
        title.setText("New chat")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title)
        top.addStretch()
        top.addWidget(self._clear)
        top.addWidget(self._cancel)
        self._name_row = self._row("Name", self._name)
        column = QVBoxLayout(self._stage)
        column.setContentsMargins(_EDGE_PX, 20, _EDGE_PX, 0)
        column.setSpacing(12)
        column.addLayout(top)
        for each in (self._row("From", self._line), self._row("To", self._to), self._name_row):
            column.addWidget(each)
        column.addWidget(self._existing)
        column.addStretch(1)
        composer = self._message.composer
        composer.strips.insertWidget(0, self._rule)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 8)
        whole.setSpacing(0)
        whole.addWidget(self._stage, 1)
        whole.addWidget(composer)
        self._take_size()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Make room for text of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_size()

    def _take_size(self) -> None:
        width, height = (min(scaled(each), most) for each, most in zip(_SIZE_PX, _MOST_PX, strict=True))
        self.setMinimumWidth(width)
        self.resize(max(width, self.width()), max(height, self.height()))

    def _row(self, words: str, field: QWidget) -> QWidget:
        whole = QWidget(self)
        label = PlainLabel(whole, FontSize.PREVIEW, is_secondary=True)
        label.setText(words)
        label.setMinimumWidth(scaled(_LABEL_PX))
        wear_height(label, _FIELD_PX)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(field, 1)
        return whole

    def _connect(self) -> None:
        self._to.changed.connect(self._on_people_changed)
        self._to.left.connect(self._message.composer.edit.setFocus)
        self._line.changed.connect(self._on_line_changed)
        self._name.textChanged.connect(self._address)
        self._name.returnPressed.connect(self._message.composer.edit.setFocus)
        self._message.changed.connect(self._refresh)
        self._message.keep_wanted.connect(self._keep)
        self._message.begin_by(self._may_go, self._send)
        self._rule.changed.connect(self._address)
        self._rule.effect_unwanted.connect(lambda: self._message.composer.set_effect(None))
        self._existing.opened.connect(self._on_existing_opened)
        self._clear.clicked.connect(self.clear)
        self._cancel.clicked.connect(self.reject)
        # Held, or the connection to its method would go with it.
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    def begin(self) -> None:
        """Show the dialog with what stands in it, or stood in it when the program ended."""
        self._take_cache()
        # What was written before it was closed counts, and files on their way to it must find it again.
        self._message.wake()
        draft = self._cache.draft(UNBEGUN)
        if draft is not None and self._is_blank():
            self._take_up(draft)
        if self._memo is not None:
            self._memo.set_still(is_still=self._ways.is_reduced())
        # Not modal: people can be dragged in from the window.
        self.show()
        self.activateWindow()
        (self._message.composer.edit if self._to.people else self._to).setFocus()

    def record_in(self, studio: Studio, theme: Theme) -> FirstMemo:
        """Offer to record voice memos with what the window records with."""
        self._memo = FirstMemo(self._commands, self._message, studio, theme)
        self._memo.chat_wanted.connect(self.existing_wanted)
        return self._memo

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The recipients so far."""
        return self._to.handles

    @property
    def is_empty(self) -> bool:
        """Whether nobody is chosen and nothing is written, here or in what an earlier run left."""
        return self._is_blank() and self._cache.draft(UNBEGUN) is None

    def keep(self) -> None:
        """Keep at once what stands in it."""
        self._message.composer.keep()

    def put(self, handles: Sequence[Handle]) -> None:
        """Add recipients."""
        for each in handles:
            self._to.put(Person(each, person_name(each, self._cache)))

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._to.set_theme(theme)
        self._message.set_theme(theme)
        if self._memo is not None:
            self._memo.set_theme(theme)
        self._drops.set_theme(theme)

    def clear(self) -> None:
        """Forget everything that stands in it, and begin anew."""
        if self._memo is not None:
            self._memo.forget()
        self._forget()
        self._message.wake()
        self._to.setFocus()

    def _forget(self, left: Draft | None = None) -> None:
        """Begin anew, with what is left of the message."""
        self._name.clear()
        self._rule.reset()
        self._line.forget()
        self._to.clear()
        self._message.take_up(left, self._chat(None))
        self._address()
        self._keep(left)

    # The draft.

    def _is_blank(self) -> bool:
        return not self._to.people and not self._to.has_rest and self._message.is_blank

    def _take_up(self, draft: Draft) -> None:
        begins = draft.begins
        if begins is not None:
            self._line.choose(begins.line)
            self._name.setText(begins.group_name or "")
            self._to.choose(begins.to)
        self._message.take_up(draft, self._chat(None))
        self._address()

    def _keep(self, draft: Draft | None) -> None:
        """Keep what is written with those to whom it is to go."""
        kept = replace(draft or Draft(""), begins=self._beginning())
        self._commands.sending.keep_draft(UNBEGUN, None if kept.is_empty else kept)

    # What follows from what stands in it.

    def _beginning(self) -> Beginning | None:
        """Return which chat would begin, None while no line is known."""
        line, to = self._line.line, self._to.handles
        name = self._name.text().strip() if len(to) > 1 else ""
        return Beginning(line, to, name or None) if line is not None else None

    def _opening(self) -> Opening | None:
        """Return what would be sent, None while no line is known."""
        beginning = self._beginning()
        if beginning is None:
            return None
        return opening(beginning, self._message.contents, self._chats(), holds_links=self._rule.is_held)

    def _chats(self) -> Iterator[Chat]:
        return (chat for chat, _ in locks_of(self._cache))

    def _chat(self, found: Opening | None) -> Chat:
        """Return the chat to which is written, as it is or as it would be."""
        if found is not None and found.is_reply and found.existing is not None:
            return found.existing
        beginning = self._beginning() or Beginning(Handle(""), self._to.handles)
        chat = provisional_chat(beginning, UNBEGUN, datetime.now(UTC))
        if not beginning.to:
            chat = replace(chat, display_name=_NOBODY_YET)
        handles = chat.handles if beginning.line else chat.others
        return replace(chat, handles=handles, service=self._to.service)

    def _lock(self, found: Opening | None) -> Lock | None:
        existing = found.existing if found is not None and found.is_reply else None
        summary = self._cache.summary(existing.id) if existing is not None else None
        if summary is not None and summary.lock is not None:
            return summary.lock
        return opening_lock(self._to.handles, locks_of(self._cache), self._cache.blocks)

    def _address(self) -> None:
        """Let the composer know to whom it writes; what would be sent follows."""
        found = self._opening()
        self._message.address(self._chat(found), self._lock(found))
        self._refresh()

    def _refresh(self) -> None:
        found = self._opening()
        has_several = len(self._to.handles) > 1
        self._name_row.setVisible(has_several and (found is None or not found.is_reply))
        self._clear.setEnabled(not self._is_blank())
        if found is not None:
            self._existing.say(existing_words(found, self._cache))
            self._rule.refresh(found)
        can_send = found is not None and found.can_send and not self._to.has_rest
        self._message.allow(is_allowed=can_send)

    def _on_people_changed(self) -> None:
        self._line.suggest(self._usual_line())
        self._address()

    def _on_line_changed(self) -> None:
        self._to.set_line(self._line.line)
        self._address()

    def _usual_line(self) -> Handle | None:
        """Return the line over which there is a chat with the first recipient, the newest one first."""
        first = next(iter(self._to.handles), None)
        direct = (chat for chat in self._chats() if not chat.is_group)
        return next((chat.line for chat in direct if [each.handle for each in chat.others] == [first]), None)

    # Sending.

    def _may_go(self) -> bool:
        """Take what is typed of a recipient, and tell whether the message can open a chat."""
        if not self._to.commit():
            self._to.setFocus()
            return False
        found = self._opening()
        return found is not None and found.can_send

    def _send(self, done: Done, terms: SendTerms) -> None:
        """Send into the chat that is there, or begin one."""
        found, beginning = self._opening(), self._beginning()
        if found is None or beginning is None:
            return
        first, held = found.contents[0], found.contents[1:]
        if found.is_reply and found.existing is not None:
            chat_id = found.existing.id
            self._commands.sending.send(
                chat_id,
                first,
                lambda error: self._on_taken(chat_id, error, done),
                followed_by=held,
                terms=terms,
            )
        else:
            self._commands.sending.begin_chat(
                beginning,
                first,
                lambda begun, error: self._on_taken(begun, error, done),
                held=held,
                terms=terms,
            )

    def _on_taken(self, chat_id: ChatId | None, error: LinqDeskError | None, done: Done) -> None:
        """Clear what is safe in the outbox, and go to its chat."""
        done(error)
        if error is None:
            # What was written while the message was on its way to the disk is not sent: it stays here.
            left = self._message.composer.draft()
            self.accept()
            self._forget(None if left.is_empty else left)
            if self._memo is not None and chat_id is not None:
                self._memo.follow(chat_id)
            self.begun.emit(chat_id)

    def _on_existing_opened(self) -> None:
        found = self._opening()
        chat = (found.existing or found.elsewhere) if found is not None else None
        if chat is not None:
            super().reject()
            self.existing_wanted.emit(chat.id)

    # What happens around it.

    def _on_cache_changed(self, change: Change) -> None:
        is_news = isinstance(change, LinesChanged) or (isinstance(change, ChatsChanged) and change.inserted)
        if is_news:
            self._take_cache()
        elif isinstance(change, ChatsChanged) and self.isVisible():
            # Somebody may have refused messages meanwhile.
            self._address()

    def _take_cache(self) -> None:
        self._to.learn_people()
        self._line.show_lines(self._cache.lines)
        self._line.suggest(self._usual_line())
        self._to.set_line(self._line.line)
        self._address()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is written at once: the program may be about to end."""
        super().hideEvent(event)
        self._message.rest()

    @override
    def reject(self) -> None:
        """Close the list of known people first, then the dialog; what is written stays."""
        if self._to.is_suggesting:
            self._to.hide_suggestions()
        else:
            super().reject()
