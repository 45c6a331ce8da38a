"""Settings: canned replies, and the file in which a team can share them."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

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
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme, font

_SAVE_AFTER_MS = 600
_LIST_PX, _TEXT_PX = 132, 96
_NEW = "new reply"
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
        self._replies = list(shelf.replies)
        self._is_showing = False
        self.names = QListWidget(self)
        self.name = self._line("canned_name", "Name of the reply")
        self.text = MessageEdit(theme, self)
        self.effect = DropDown(self)
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
        self.effect.setFont(font(FontSize.BODY))
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
        for widget in (self.name, frame, self._note(_PLACES), self.effect):
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
        self.names.currentRowChanged.connect(self._show_reply)
        self.name.textEdited.connect(self._on_changed)
        self.text.textChanged.connect(self._on_changed)
        self.effect.activated.connect(self._on_changed)
        self._new.clicked.connect(self._on_new)
        self._delete.clicked.connect(self._on_delete)
        self._agent.editingFinished.connect(self._on_agent_named)
        self._file.editingFinished.connect(self._on_file_named)

    def show_shelf(self) -> None:
        """Show what the shelf holds now, unless the agent is changing it."""
        fault = self._shelf.fault
        self._say(fault.message if fault is not None else "")
        if not self._saving.isActive() and tuple(self._replies) != self._shelf.replies:
            self._replies = list(self._shelf.replies)
            self._show_list(self.names.currentRow())

    def _show_list(self, row: int) -> None:
        self._is_showing = True
        self.names.clear()
        self.names.addItems([f"/{each.name}" for each in self._replies])
        self._is_showing = False
        self.names.setCurrentRow(max(0, min(row, len(self._replies) - 1)))
        self._show_reply(self.names.currentRow())

    def _show_reply(self, row: int) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        has_one = 0 <= row < len(self._replies)
        reply = self._replies[row] if has_one else CannedReply("", "")
        for each in (self.name, self.text, self.effect, self._delete):
            each.setEnabled(has_one)
        self.name.setText(reply.name)
        document = self.text.new_document()
        fill(document, reply.text, reply.decorations)
        self.text.show_document(document)
        self.effect.setCurrentIndex(self._place_of(reply.effect))
        self._is_showing = False

    def _place_of(self, effect: Effect | None) -> int:
        places = [number for number in range(self.effect.count()) if self.effect.itemData(number) == effect]
        return places[0] if places else 0

    def _on_changed(self) -> None:
        """Take what the fields say into the chosen reply."""
        row = self.names.currentRow()
        if self._is_showing or not 0 <= row < len(self._replies):
            return
        document = self.text.document()
        effect = self.effect.currentData()
        reply = CannedReply(
            " ".join(self.name.text().split()),
            text_of(document),
            decorations_of(document),
            effect if isinstance(effect, Effect) else None,
            self._replies[row].files,
        )
        self._replies[row] = reply
        item = self.names.item(row)
        item.setText(f"/{reply.name}")
        self._saving.start()

    def _on_new(self) -> None:
        names = {each.name for each in self._replies}
        numbered = [_NEW, *(f"{_NEW} {number}" for number in range(2, len(names) + 3))]
        self._replies.append(CannedReply(next(each for each in numbered if each not in names), ""))
        self._show_list(len(self._replies) - 1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _on_delete(self) -> None:
        row = self.names.currentRow()
        if 0 <= row < len(self._replies):
            del self._replies[row]
            self._show_list(row)
            self._save()

    def _save(self) -> None:
        """Keep the replies that say something under a name of their own."""
        self._saving.stop()
        kept = {each.name: each for each in reversed(self._replies) if each.name and each.text}
        twice = len({each.name for each in self._replies}) < len(self._replies)
        self._say("Two replies have the same name; only the first of them is kept." if twice else "")
        self._shelf.keep(tuple(reversed(kept.values())), self._on_kept)

    def _on_kept(self, fault: LocalFaultError | None) -> None:
        if fault is not None:
            self._say(fault.message)

    def _say(self, words: str) -> None:
        restyle(self._says, danger=bool(words))
        self._says.setText(words)
        self._says.setVisible(bool(words))

    def _on_agent_named(self) -> None:
        self._preferences.set(replace(self._preferences.current, agent_name=self._agent.text().strip()))

    def _on_file_named(self) -> None:
        self._preferences.set(replace(self._preferences.current, canned_file=self._file.text().strip()))
