"""Settings: our lines, how they stand, and the contact card of each."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import Handle
from linqdesk.services.contact_cards import CardAnswer, CardWish
from linqdesk.store.view import CacheView
from linqdesk.ui.account_commands import AccountCommands
from linqdesk.ui.media.web_pixmaps import WebPixmaps
from linqdesk.ui.names import format_handle
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.rail.line_row import LineRow
from linqdesk.ui.settings.card_face import CardFace
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.wording import fault_sentence

_ON = True
_LOADING, _SAVING = "Reading the card…", "Saving…"
_NONE = "This line has no contact card yet. Customers see its number alone."
_ACTIVE = "This card can be shared in a chat: in the details, by “Share contact card”."
_INACTIVE = "Linq is still setting this card up. It can be shared when that is done."
_KEEPS = "A PNG or JPEG, square, 200 pixels or more."
_SEEN = "Customers see this one with the card."


class LinesPage(QWidget):
    """Shows one line at a time; its card is read anew whenever it is shown."""

    def __init__(
        self,
        cache: CacheView,
        commands: AccountCommands,
        pixmaps: WebPixmaps,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        """Start empty: the lines are taken when the page is shown."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self.theme = theme
        self._picture: Path | None = None
        self._row: LineRow | None = None
        self._choice = QComboBox(self)
        self._choice.setObjectName("card_line")
        self._choice.setAccessibleName("Line")
        self._choice.currentIndexChanged.connect(self._read)
        self.first = self._field("first_name", "First name")
        self.last = self._field("last_name", "Last name")
        self.face = CardFace(pixmaps, theme, self)
        self._file = ElidedLabel(self, FontSize.PREVIEW, is_secondary=True)
        self._file.setObjectName("card_picture")
        self._browse = self._button("choose_card_picture", "Choose picture…", "Choose a picture for the card")
        self._browse.clicked.connect(self.ask_for_picture)
        self.save = self._button("save_card", "Save card", "Save contact card")
        restyle(self.save, primary=True)
        self.save.clicked.connect(self._on_save_clicked)
        self._state = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        self._state.setObjectName("card_state")
        self._state.setWordWrap(_ON)
        self._place = QVBoxLayout()
        self._lay_out()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the lines that are known now."""
        super().showEvent(event)
        before = self._line()
        self._choice.blockSignals(_ON)
        self._choice.clear()
        for line in self._cache.lines:
            self._choice.addItem(format_handle(line.phone_number), line.phone_number)
        self._choice.setCurrentIndex(max(0, self._choice.findData(before)) if self._choice.count() else -1)
        self._choice.blockSignals(not _ON)
        self._read()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save by Enter in a field, which would close the dialog otherwise."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_save_clicked()
        else:
            super().keyPressEvent(event)

    def take_picture(self, name: str) -> None:
        """Put another picture on the card when it is saved."""
        if name:
            self._picture = Path(name)
            self._file.setText(self._picture.name)

    def ask_for_picture(self) -> QFileDialog:
        """Ask for a picture; the dialog is open when this returns."""
        dialog = QFileDialog(self, "Picture of the contact card")
        dialog.setObjectName("card_picture_dialog")
        dialog.setNameFilter("Pictures (*.png *.jpg *.jpeg)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_picture)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _read(self) -> None:
        line = self._line()
        self._show_row(line)
        self._show_card(None)
        self._say(_LOADING if line is not None else "No line is known yet.", is_busy=True)
        if line is not None:
            self._commands.fetch_card(line, self._for(line, self._on_read))

    def _for(self, line: Handle, hear: Callable[[CardAnswer], None]) -> Callable[[CardAnswer], None]:
        """Let an answer pass only while its line is the one that is shown."""

        def pass_on(answer: CardAnswer) -> None:
            if line == self._line():
                hear(answer)

        return pass_on

    def _on_read(self, answer: CardAnswer) -> None:
        if isinstance(answer, LinqDeskError):
            self._say(fault_sentence(answer), is_fault=True)
            return
        self._show_card(answer)
        self._say(_state_of(answer))

    def _on_save_clicked(self) -> None:
        line = self._line()
        if line is not None:
            wish = CardWish(self.first.text(), self.last.text(), self._picture)
            self._say(_SAVING, is_busy=True)
            self._commands.save_card(line, wish, self._for(line, self._on_saved))

    def _on_saved(self, answer: CardAnswer) -> None:
        if isinstance(answer, LinqDeskError):
            # What was typed stays: it may be right but for one word.
            self._say(fault_sentence(answer), is_fault=True)
            return
        self._show_card(answer)
        self._say(f"Saved. {_state_of(answer)}")

    def _show_card(self, card: ContactCard | None) -> None:
        self._picture = None
        self.face.show_card(card)
        self.first.setText(card.first_name if card is not None else "")
        self.last.setText((card.last_name or "") if card is not None else "")
        has_picture = card is not None and card.image_url is not None
        self._file.setText(_SEEN if has_picture else _KEEPS)

    def _show_row(self, line: Handle | None) -> None:
        if self._row is not None:
            self._row.deleteLater()
            self._row = None
        known = next((each for each in self._cache.lines if each.phone_number == line), None)
        if known is not None:
            self._row = LineRow(known, self.theme, self)
            self._place.addWidget(self._row)

    def _say(self, words: str, *, is_busy: bool = False, is_fault: bool = False) -> None:
        restyle(self._state, danger=is_fault, secondary=not is_fault)
        self._state.setText(words)
        self._state.setAccessibleName(words)
        for each in (self.first, self.last, self._browse, self.save):
            each.setEnabled(not is_busy)

    def _line(self) -> Handle | None:
        data = self._choice.currentData()
        return Handle(data) if isinstance(data, str) else None

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        return field

    def _button(self, name: str, words: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoDefault(not _ON)
        return button

    def _lay_out(self) -> None:
        title = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText("Contact card")
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch()
        words.addWidget(self._browse, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._file)
        words.addStretch()
        picture = QHBoxLayout()
        picture.setSpacing(14)
        picture.addWidget(self.face)
        picture.addLayout(words, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow("First name", self.first)
        form.addRow("Last name", self.last)
        form.addRow("Picture", picture)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._choice)
        column.addLayout(self._place)
        column.addSpacing(6)
        column.addWidget(title)
        column.addLayout(form)
        column.addWidget(self._state)
        column.addLayout(foot)
        column.addStretch()


def _state_of(card: CardAnswer) -> str:
    if not isinstance(card, ContactCard):
        return _NONE
    return _ACTIVE if card.is_active else _INACTIVE
