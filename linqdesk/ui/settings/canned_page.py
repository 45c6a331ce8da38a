"""Settings: canned replies, and the file in which a team can share them."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.domain.rules.content import EFFECTS
from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.ui.composer.decorated_document import decorations_of, fill, text_of
from linqdesk.ui.composer.decorator import Decorator
from linqdesk.ui.composer.format_bar import FormatBar
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.drop_down import DropDown
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.canned_files import CannedFiles
from linqdesk.ui.settings.canned_rows import CannedRows
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme

_SAVE_AFTER_MS = 600
_LIST_PX, _TEXT_PX = 132, 96
_ON = True
_PLACES = "{name}, {line} and {agent} are filled in; any other place in braces is left to you, by Tab."
_FILE = "Leave it empty for a file of your own. A team can share one: changes of others show at the next “/”."


class CannedPage(QWidget):
    """The replies in a list, the chosen one below it; what is changed is saved soon after."""

    def __init__(self, shelf: CannedShelf, preferences: Preferences, theme: Theme, parent: QWidget) -> None:
        """Show the replies of the shelf."""
        super().__init__(parent)
        self._shelf = shelf
        self._preferences = preferences
        self._rows = CannedRows(shelf.replies)
        self._is_keeping = False
        self._trouble = self._complaint = ""
        self._is_showing = False
        self._filled: CannedReply | None = None
        self.names = QListWidget(self)
        self.name = self._line("canned_name", "Name of the reply")
        self.text = MessageEdit(theme, self)
        self.effect = DropDown(self)
        self.files = CannedFiles(shelf, self)
        self._agent = self._line("agent_name", "Your name")
        self._file = self._line("canned_file", "File of canned replies")
        self._says = PlainLabel(self, FontSize.META)
        self._saving = QTimer(self)
        self._set_up()
        self._lay_out()
        self._connect()
        self.format_bar.take_keys()
        self._show_list(0)

    def _line(self, name: str, spoken: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(spoken)
        return line

    def _set_up(self) -> None:
        self.names.setObjectName("canned_names")
        self.names.setAccessibleName("Canned replies")
        self.names.setFixedHeight(_LIST_PX)
        self.text.setObjectName("canned_text")
        self.text.setAccessibleName("Text of the reply")
        self.text.enter_sends = False
        self.effect.setObjectName("canned_effect")
        self.effect.setAccessibleName("Effect of the reply")
        wear_font(self.effect, FontSize.BODY)
        self.effect.addItem("No effect")
        for kind, names in EFFECTS.items():
            for name in sorted(names):
                effect = Effect(kind, name)
                self.effect.addItem(f"{effect_name(effect).capitalize()} ({kind})", effect)
        settings = self._preferences.current
        self._agent.setText(settings.agent_name)
        self._file.setText(settings.canned_file)
        self._says.setObjectName("canned_says")
        self._says.setWordWrap(_ON)
        self._says.hide()
        self._saving.setSingleShot(_ON)
        self._saving.setInterval(_SAVE_AFTER_MS)

    def _lay_out(self) -> None:
        self._new = self._button("canned_new", "New")
        self._delete = self._button("canned_delete", "Delete")
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._new)
        buttons.addWidget(self._delete)
        buttons.addStretch()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.names, 1)
        top.addLayout(buttons)
        frame = QFrame(self)
        frame.setObjectName("editor_frame")
        frame.setMinimumHeight(_TEXT_PX)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 0, 10, 0)
        inside.addWidget(self.text)
        inside.addStretch()
        self.format_bar = FormatBar(self.text, Decorator(self.text), self.text.theme, frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._says)
        for widget in (self.name, frame, self._note(_PLACES), self.effect, self.files):
            column.addWidget(widget)
        column.addSpacing(12)
        for words, line, note in (
            ("Your name, for {agent}", self._agent, ""),
            ("File", self._file, _FILE),
        ):
            column.addWidget(self._title(words))
            column.addWidget(line)
            column.addWidget(self._note(note)) if note else None
        column.addStretch()

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(f"{words} canned reply")
        button.setAutoDefault(not _ON)
        return button

    def _title(self, words: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        label.setText(words)
        return label

    def _note(self, words: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.META, is_secondary=True)
        label.setText(words)
        label.setWordWrap(_ON)
        return label

    def _connect(self) -> None:
        self._saving.timeout.connect(self._save)
        self.names.currentRowChanged.connect(lambda _row: self._show_reply())
        self.name.textEdited.connect(self._on_changed)
        self.text.textChanged.connect(self._on_changed)
        self.effect.activated.connect(self._on_changed)
        self.files.changed.connect(self._on_changed)
        self.files.refused.connect(self._on_trouble)
        self._new.clicked.connect(self._on_new)
        self._delete.clicked.connect(self._on_delete)
        self._agent.editingFinished.connect(self._on_agent_named)
        self._file.editingFinished.connect(self._on_file_named)

    def show_shelf(self) -> None:
        """Show what the shelf holds now, beside what the agent is changing."""
        if self._is_keeping:
            return
        self._say()
        shown = self._shown_reply()
        if self._rows.take(self._shelf.replies):
            replies = self._rows.shown
            self._show_list(replies.index(shown) if shown in replies else self.names.currentRow())

    def _shown_reply(self) -> CannedReply | None:
        row, replies = self.names.currentRow(), self._rows.shown
        return replies[row] if 0 <= row < len(replies) else None

    def _show_list(self, row: int) -> None:
        shown, replies = self._filled, self._rows.shown
        self._is_showing = True
        self.names.clear()
        self.names.addItems([f"/{each.name}" for each in replies])
        self.names.setCurrentRow(max(0, min(row, len(replies) - 1)))
        self._is_showing = False
        # Who writes is not disturbed where their reply has only moved.
        if shown is None or shown != self._shown_reply():
            self._show_reply()

    def _show_reply(self) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        self._filled, self._complaint = self._shown_reply(), ""
        reply = self._filled or CannedReply("", "")
        for each in (self.name, self.text, self.effect, self._delete, self.files):
            each.setEnabled(self._filled is not None)
        self.name.setText(reply.name)
        document = self.text.new_document()
        fill(document, reply.text, reply.decorations)
        self.text.show_document(document)
        self.effect.setCurrentIndex(self._place_of(reply.effect))
        self.files.show_files(reply.files)
        self._is_showing = False

    def _place_of(self, effect: Effect | None) -> int:
        places = [number for number in range(self.effect.count()) if self.effect.itemData(number) == effect]
        return places[0] if places else 0

    def _on_changed(self) -> None:
        """Take what the fields say into the chosen reply."""
        row = self.names.currentRow()
        if self._is_showing or self._filled is None:
            return
        document = self.text.document()
        effect = self.effect.currentData()
        reply = CannedReply(
            " ".join(self.name.text().split()),
            text_of(document),
            decorations_of(document),
            effect if isinstance(effect, Effect) else None,
            self.files.files,
        )
        self._filled = reply
        self._complaint = self._rows.change(row, reply)
        self._say()
        self.names.item(row).setText(f"/{reply.name}")
        self._saving.start()

    def _on_new(self) -> None:
        self._show_list(self._rows.add())
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _on_delete(self) -> None:
        row = self.names.currentRow()
        if self._filled is not None:
            self._rows.delete(row)
            self._filled = None
            self._show_list(row)
            self._save()

    def _save(self) -> None:
        """Keep what is complete; one writing at a time."""
        if self._is_keeping:
            self._saving.start()
            return
        self._saving.stop()
        meant = self._rows.kept
        if meant == self._rows.was:
            return
        self._is_keeping, self._trouble = True, ""
        self._shelf.keep(meant, lambda fault: self._on_kept(meant, fault), was=self._rows.was)

    def _on_kept(self, meant: tuple[CannedReply, ...], fault: LocalFaultError | None) -> None:
        self._is_keeping = False
        if fault is not None:
            self._on_trouble(fault.message)
            return
        self._rows.confirm(meant)
        self.show_shelf()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Save at once what was just written: the dialog may not be opened again."""
        super().hideEvent(event)
        if self._saving.isActive():
            self._save()

    def _on_trouble(self, words: str) -> None:
        self._trouble = words
        self._say()

    def _say(self) -> None:
        """Say what is wrong, the gravest first, else what a colleague did."""
        fault = self._shelf.fault
        wrong = self._trouble or (fault.message if fault is not None else "") or self._complaint
        words = wrong or self._shelf.notice
        restyle(self._says, danger=bool(wrong))
        self._says.setText(words)
        self._says.setVisible(bool(words))

    def _on_agent_named(self) -> None:
        self._preferences.set(replace(self._preferences.current, agent_name=self._agent.text().strip()))

    def _on_file_named(self) -> None:
        self._preferences.set(replace(self._preferences.current, canned_file=self._file.text().strip()))
