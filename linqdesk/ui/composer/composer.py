"""Where the agent writes to the open chat; a text belongs to the chat in which it was written."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linqdesk.domain.composing import messages_of
from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.domain.rules import Violation, check_content
from linqdesk.domain.send_gate import HeldBackError, Lock
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.ui.composer.decorated_document import undecorate
from linqdesk.ui.composer.decorator import Decorator
from linqdesk.ui.composer.edit_mode import EditMode
from linqdesk.ui.composer.edit_strip import EditStrip
from linqdesk.ui.composer.format_bar import FormatBar
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.open_sheet import OpenSheet
from linqdesk.ui.composer.reply_strip import ReplyStrip
from linqdesk.ui.composer.says_line import SaysLine
from linqdesk.ui.composer.send_button import SendButton
from linqdesk.ui.composer.sending import Sending, likeliest_service, send_words
from linqdesk.ui.composer.sheets import NOTHING, Sheet
from linqdesk.ui.composer.spell_marks import SpellMarks
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.drop.drop_offer import sources_of
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import Theme
from linqdesk.ui.tray.tray_desk import TrayDesk
from linqdesk.ui.wording import fault_sentence, lock_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from linqdesk.domain.outgoing_files import FileSource

_MARGIN_PX = 12
# A text up to this length, in UTF-16 units, is looked at with every key, and what is pasted too; a longer
# one once the key is on the screen, by a timer that is not begun anew and so holds under who types on.
_AT_ONCE, _BY_KEY, _SOON_MS = 500, 16, 40

_PLACEHOLDERS = {Service.RCS: "Text Message · RCS", Service.SMS: "Text Message · SMS"}


class Composer(QWidget):
    """The field, strips over it, buttons beside it; all of them read `draft`.

    `content_changed` tells that another chat is open or that another message would be sent now. `strips`
    is the column over the field, `row` holds the field with its buttons, `inside` what lies within the
    field's frame. `gates` are asked before a message goes: one that answers False says itself what is
    missing in it. Whether the message may go is the services' to say; `sending` then asks the agent.
    """

    content_changed = Signal()

    def __init__(self, cache: CacheView, commands: ComposerCommands, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self.gates: list[Callable[[], bool]] = []
        self._length = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._set_up()
        self.sending = Sending(cache, commands, theme, self)
        self._connect_sending()

    def _set_up(self) -> None:
        self.setObjectName("composer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._frame = QFrame(self)
        self._frame.setObjectName("editor_frame")
        self.edit = MessageEdit(self._theme, self._frame)
        self.decorator = Decorator(self.edit)
        self.format_bar = FormatBar(self.edit, self.decorator, self._theme, self)
        self.inside = QHBoxLayout(self._frame)
        self.inside.setContentsMargins(10, 0, 10, 0)
        self.inside.addWidget(self.edit)
        self.send_button = SendButton(self._theme, self)
        self._open = OpenSheet(self._cache, self._commands, self.edit)
        self._says = SaysLine(self)
        self.tray = TrayDesk(self._open, self._commands, self._theme, self)
        self.reply_strip = ReplyStrip(self._cache, self._theme, self)
        self.edit_strip = EditStrip(self._theme, self)
        self.edit_mode = EditMode(self._cache, self._commands, self.edit, self.edit_strip)
        self.spell_marks = SpellMarks(self.edit, self._commands.spelling)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.tray.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.row.addWidget(self._frame, 1)
        self.row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.strips = QVBoxLayout()
        self.strips.setSpacing(6)
        self.strips.addWidget(self.edit_strip)
        self.strips.addWidget(self.reply_strip)
        self.strips.addWidget(self.tray.panel)
        self.strips.addWidget(self._says)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN_PX + 4, 8, _MARGIN_PX + 4, _MARGIN_PX)
        self._column.setSpacing(6)
        self._column.addLayout(self.strips)
        self._column.addLayout(self.row)

    def _connect(self) -> None:
        self._open.changed.connect(self._on_changed)
        self.edit.submitted.connect(self.submit)
        self.edit.textChanged.connect(self._on_text_changed)
        self._soon.timeout.connect(self._on_changed)
        self.edit.cursorPositionChanged.connect(self._on_cursor_moved)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.send_button.clicked.connect(self.submit)
        self.decorator.replaced.connect(self._says.tell)
        self.decorator.animated.connect(self._on_animated)
        self.reply_strip.dropped.connect(lambda: self.set_reply_to(None))
        self.edit_mode.changed.connect(self._on_edit_mode_changed)
        self.edit_mode.refused.connect(self._says.tell)
        self.tray.said.connect(self._says.tell)
        self.tray.editor_wanted.connect(self.edit.setFocus)
        self.edit.files_pasted.connect(lambda data: self.take_files(sources_of(data)))
        self.gates.append(self.tray.may_send)
        self.edit.escaped.connect(self._on_escaped)
        self.edit.up_in_nothing.connect(self._on_up_in_nothing)
        self.format_bar.take_keys()

    def _connect_sending(self) -> None:
        self.sending.stand_in(self.strips)
        # Right over Send, under all strips, so that it stays where it is.
        self._column.insertWidget(1, self.sending.line)
        self.sending.watch(self.edit)
        self.sending.gate.accepted.connect(self.submit)
        self.sending.link.card_chosen.connect(lambda is_card: self.set_as_card(as_card=is_card))
        self.sending.line.choice.chosen.connect(self.set_preferred_service)
        self.sending.line.plain_wanted.connect(self.submit_plain)
        self.sending.noted.connect(self.format_bar.say_where_it_counts)

    @property
    def chat_id(self) -> ChatId | None:
        """The chat to which is written."""
        return self._open.chat_id

    def draft(self) -> Draft:
        """Return all that stands unsent in the open chat, nothing while a sent message is edited."""
        return NOTHING if self.edit_mode.is_active else self._open.draft()

    def add_to_tray(self, chat_id: ChatId, item: DraftFile) -> None:
        """Put a file of ours behind all that stands in the draft of a chat, open or not."""
        self._open.change_draft(chat_id, lambda draft: replace(draft, tray=(*draft.tray, item)))

    def write_before_files(self) -> None:
        """Let what is written go before all that stands in the tray."""
        self._open.change_rest(replace(self._open.rest(), text_at=0))

    def tell(self, words: str) -> None:
        """Say something beside the field, aloud too, until one writes on."""
        self._says.tell(words)

    def set_effect(self, effect: Effect | None) -> None:
        """Send with an effect, or with none."""
        self._open.change_rest(replace(self._open.rest(), effect=effect))

    def set_reply_to(self, reply_to: ReplyTo | None) -> None:
        """Send as an answer, or as none."""
        self._open.change_rest(replace(self._open.rest(), reply_to=reply_to))

    def set_preferred_service(self, service: Service | None) -> None:
        """Send over a service, or leave it to Linq."""
        self._open.change_rest(replace(self._open.rest(), preferred_service=service))
        self.refresh()

    def set_as_card(self, *, as_card: bool) -> None:
        """Send the link as a card, or as the text that it is."""
        self._open.change_rest(replace(self._open.rest(), as_card=as_card))

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.edit.theme = theme
        self.edit.viewport().update()
        self.format_bar.wear(theme)
        self.reply_strip.wear(theme)
        self.edit_strip.wear(theme)
        self.sending.set_theme(theme)
        self.tray.set_theme(theme)
        self.refresh()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Turn to another chat; what was being written stays with its own."""
        if chat_id == self.chat_id:
            return
        self._says.forget()
        self._open.open(chat_id)
        self.edit_mode.show(self._open.sheet)
        if chat_id is None:
            self.sending.show_draft(None, NOTHING)
        self.refresh()

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it; what is being written stays."""
        self._open.adopt(local_id, chat_id)
        self.tray.adopt(local_id, chat_id)

    def keep(self) -> None:
        """Keep what stands here at once."""
        self._open.keep()

    def take_back(self, content: Content) -> None:
        """Put a message that was not sent into the field again, before what is being written."""
        if self._open.sheet is None:
            return
        if self.edit_mode.is_active:
            self.edit_mode.leave()
        self._open.sheet.take_back(content)
        self._on_changed()
        self._open.keep()
        self.edit.setFocus()

    @property
    def lock(self) -> Lock | None:
        """Why nothing can be sent to the open chat, None where it can."""
        summary = self._summary()
        return summary.lock if summary is not None else None

    def path_of(self, key: FileKey) -> Path:
        """Return where the copy of a file of the draft lies."""
        return self._commands.files.path_of(key)

    def take_files(self, sources: "Sequence[FileSource]", *, as_memos: bool = False) -> None:
        """Take files into the draft of the open chat, unless nothing can be sent to it."""
        if self.lock is not None:
            self._says.tell(lock_sentence(self.lock))
        elif self.edit_mode.is_active:
            self._says.tell("Finish or cancel editing first: files go with messages of their own.")
        else:
            self.tray.take(sources, as_memos=as_memos)
            self.edit.setFocus()

    def refresh(self) -> None:
        """Show what may be sent, over which service and to whom."""
        summary = self._summary()
        if summary is None:
            return
        service = likeliest_service(summary.chat, self._open.rest().preferred_service)
        self.send_button.wear(self._theme, service)
        self.send_button.say_to(send_words(summary.chat, self._cache))
        self.edit.setPlaceholderText(_PLACEHOLDERS.get(service, "iMessage"))
        is_locked = summary.lock is not None
        self.edit.setReadOnly(is_locked or self.edit_mode.is_saving)
        restyle(self._frame, locked=is_locked)
        self.decorator.is_enabled = not self.edit_mode.is_active
        self.tray.button.setEnabled(not is_locked and not self.edit_mode.is_active)
        self._on_changed()

    def submit(self) -> None:
        """Send what is written to the chat in which it was written, or save what is edited."""
        if self.edit_mode.is_active:
            self.edit_mode.save()
            return
        chat_id, sheet = self.chat_id, self._open.sheet
        if chat_id is None or sheet is None or sheet.is_sending or not self._can_send():
            return
        if not all(gate() for gate in self.gates):
            return
        draft = self.draft()
        sheet.is_sending = True
        first, *others = messages_of(draft)
        self._commands.sending.send(
            chat_id,
            first,
            lambda error: self._on_sent(chat_id, sheet, draft, error),
            followed_by=tuple(others),
            terms=self.sending.terms(),
        )

    def submit_plain(self) -> None:
        """Send without decorations, effect and quote; undoing brings the decorations back until then."""
        if self._open.sheet is not None:
            undecorate(self._open.sheet.document)
            self._open.change_rest(replace(self._open.rest(), effect=None, reply_to=None))
            self.submit()

    def _on_sent(self, chat_id: ChatId, sheet: Sheet, sent: Draft, error: LinqDeskError | None) -> None:
        """Clear what is safe in the outbox; what was written since stays."""
        sheet.is_sending = False
        if error is not None:
            # Meanwhile it counted as sent and was not kept.
            self._open.keep_draft(chat_id, sheet.draft())
        if isinstance(error, HeldBackError) and error.lock is None:
            if sheet is self._open.sheet:
                self.sending.hold(error)
            return
        if error is not None:
            self._says.say(f"This could not be kept for sending. {fault_sentence(error)}", is_bad=True)
            return
        sheet.take_away(sent)
        self._open.keep_draft(chat_id, sheet.draft())
        if sheet is self._open.sheet:
            self.sending.note_sent()
            self._on_changed()

    def _on_cursor_moved(self) -> None:
        if self._open.sheet is not None and not self.edit_mode.is_active:
            self._open.sheet.cursor = self.edit.textCursor().position()

    def _on_text_changed(self) -> None:
        before, self._length = self._length, self.edit.document().characterCount()
        if self._length <= _AT_ONCE or abs(self._length - before) > _BY_KEY:
            self._on_changed()
        elif self._open.sheet is not None:
            self._open.note_change()
            if not self._soon.isActive():
                self._soon.start()

    def _on_changed(self) -> None:
        self._soon.stop()
        chat_id = self.chat_id
        if self._open.sheet is None or chat_id is None:
            return
        self._open.note_change()
        self.send_button.setEnabled(self._can_send())
        self.tray.show_draft(self.draft())
        reply_to = self.draft().reply_to
        self.reply_strip.show_reply(chat_id, reply_to)
        self.edit.is_escapable = reply_to is not None or self.edit_mode.is_active
        self._say_state()
        self.sending.show_draft(chat_id, self._open.draft(), is_shown=not self.edit_mode.is_active)
        self.content_changed.emit()

    def _say_state(self) -> None:
        summary = self._summary()
        count = utf16_length(self.draft().text)
        broken = self._broken_rule() if count or self.draft().tray else None
        self._says.say_state(summary.lock if summary is not None else None, count, broken)

    def _broken_rule(self) -> Violation | None:
        """Return what Linq would refuse in what is written, None for nothing; blanks are not refused."""
        found = (broken for each in messages_of(self.draft()) if each.parts for broken in check_content(each))
        return next(found, None)

    def _can_send(self) -> bool:
        summary = self._summary()
        if summary is None or summary.lock is not None:
            return False
        if self.edit_mode.is_active:
            return self.edit_mode.can_save
        return not any(check_content(each) for each in messages_of(self.draft()))

    def _summary(self) -> ChatSummary | None:
        return self._cache.summary(self.chat_id) if self.chat_id is not None else None

    def _on_escaped(self) -> None:
        if self.edit_mode.is_active:
            self.edit_mode.leave()
        else:
            self.set_reply_to(None)

    def _on_up_in_nothing(self) -> None:
        if self.chat_id is not None and not self.edit_mode.is_active:
            self.edit_mode.begin_last(self.chat_id)

    def _on_edit_mode_changed(self) -> None:
        self.refresh()
        self.format_bar.take_place()

    def _on_animated(self, start: int, end: int) -> None:
        mark = self.edit.marks.in_range(start, end)
        if mark is not None:
            self.edit.marks.play(mark)

    def _on_focus_changed(self) -> None:
        restyle(self._frame, focused=self.edit.hasFocus())
