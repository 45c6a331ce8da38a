"""The field of recipients: chips, and a place to type the next one."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.capability import Reach
from linqdesk.domain.ids import Handle
from linqdesk.ui.handle_drag import dragged_handles
from linqdesk.ui.new_chat.people import Person
from linqdesk.ui.new_chat.recipient_chip import RecipientChip, chip_height_px
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme

_INSET_PX, _PAD_PX, _GAP_PX = 1, 5, 6
_MIN_EDIT_PX = 120
_MOST_LINES = 4
_COMMITTING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Comma, Qt.Key.Key_Semicolon}


class RecipientEdit(QLineEdit):
    """Where the next recipient is typed."""

    committed = Signal()
    stepped = Signal(int)
    backspaced = Signal()
    focus_changed = Signal()
    handles_dropped = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, comma and semicolon as the end of a recipient, and the arrows for the suggestions."""
        key = Qt.Key(event.key())
        if key in _COMMITTING:
            self.committed.emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Left} and not self.text():
            self.backspaced.emit()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take handles as recipients, and text as text."""
        if dragged_handles(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            super().dragEnterEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Take the people who are dropped."""
        handles = dragged_handles(event.mimeData())
        if handles:
            event.acceptProposedAction()
            self.handles_dropped.emit(handles)
        else:
            super().dropEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


class RecipientField(QFrame):
    """Chips that wrap, the edit behind the last; beyond some lines it scrolls."""

    changed = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without recipients."""
        super().__init__(parent)
        self._theme = theme
        self._chips: list[RecipientChip] = []
        self.setObjectName("recipient_field")
        self._inner = QWidget(self)
        self.edit = RecipientEdit(self._inner)
        self.edit.setObjectName("recipients")
        self.edit.setAccessibleName("To")
        self.edit.setFrame(not self.edit.hasFrame())
        wear_font(self.edit, FontSize.PREVIEW)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._inner)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(_INSET_PX, _INSET_PX, _INSET_PX, _INSET_PX)
        column.addWidget(self._scroll)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.backspaced.connect(self._on_backspaced)
        self.edit.textChanged.connect(self._arrange)
        self.setFocusProxy(self.edit)
        self._arrange()

    @property
    def people(self) -> tuple[Person, ...]:
        """The recipients in order."""
        return tuple(each.person for each in self._chips)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The handles of the recipients in order."""
        return tuple(each.person.handle for each in self._chips)

    @property
    def reaches(self) -> dict[Handle, Reach]:
        """How far it is known how each can be reached."""
        return {each.person.handle: each.reach for each in self._chips if each.reach is not None}

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for each in self._chips:
            each.theme = theme
            each.update()

    def add(self, person: Person) -> None:
        """Add a recipient, unless they are there."""
        if person.handle in self.handles:
            return
        chip = RecipientChip(person, self._theme, self._inner)
        chip.removal_wanted.connect(self.remove)
        chip.stepped.connect(self._on_chip_stepped)
        self._chips.append(chip)
        QWidget.setTabOrder(chip, self.edit)
        chip.show()
        self._arrange()
        # The field has its new height only when the layout has run.
        QTimer.singleShot(0, self, self._show_edit)
        self.changed.emit()

    def remove(self, handle: Handle) -> None:
        """Take a recipient out; the focus goes to whoever takes the place."""
        at = self.handles.index(handle)
        chip = self._chips.pop(at)
        had_focus = chip.hasFocus()
        chip.hide()
        chip.deleteLater()
        self._arrange()
        if had_focus:
            (self._chips[at] if at < len(self._chips) else self.edit).setFocus()
        self.changed.emit()

    def clear(self) -> None:
        """Take everybody out, and what is typed."""
        for each in self._chips:
            each.hide()
            each.deleteLater()
        self._chips.clear()
        self.show_rest("")
        self._arrange()
        self.changed.emit()

    def show_rest(self, text: str) -> None:
        """Put into the edit what is left to type; nobody is told."""
        if text != self.edit.text():
            blocker = QSignalBlocker(self.edit)
            self.edit.setText(text)
            blocker.unblock()
            self._arrange()

    def show_reach(self, handle: Handle, reach: Reach) -> None:
        """Say how a recipient can be reached; one who is gone is left alone."""
        for each in self._chips:
            if each.person.handle == handle and each.reach != reach:
                each.show_reach(reach)
                self._arrange()

    def _arrange(self) -> None:
        """Put everything on lines as wide as the field, beside a scroll bar where there are too many."""
        width = self.contentsRect().width() - 2 * _INSET_PX
        height = self._fill(width)
        most_px = _MOST_LINES * (chip_height_px() + _GAP_PX) + _PAD_PX
        is_full = height > most_px
        if is_full:
            width -= self._scroll.verticalScrollBar().sizeHint().width()
            height = self._fill(width)
        policies = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(
            policies.ScrollBarAlwaysOn if is_full else policies.ScrollBarAlwaysOff
        )
        self._inner.resize(width, height)
        borders = self.height() - self.contentsRect().height()
        self.setFixedHeight(min(height, most_px) + 2 * _INSET_PX + borders)
        self.edit.setPlaceholderText("" if self._chips else "Name, phone number or e-mail")

    def _fill(self, width: int) -> int:
        """Put everything on lines of a width; returns the height that this takes."""
        lines = _Lines(width)
        for chip in self._chips:
            chip_px = min(chip.sizeHint().width(), width - 2 * _PAD_PX)
            left, top = lines.take(chip_px)
            chip.setGeometry(left, top, chip_px, chip_height_px())
        typed_px = QFontMetrics(self.edit.font()).horizontalAdvance(self.edit.text()) + 24
        left, top = lines.take(min(max(_MIN_EDIT_PX, typed_px), width - 2 * _PAD_PX))
        self.edit.setGeometry(left, top, max(_MIN_EDIT_PX, width - left - _PAD_PX), chip_height_px())
        return top + chip_height_px() + lines.margin_px

    def _show_edit(self) -> None:
        self._scroll.ensureWidgetVisible(self.edit, 0, _PAD_PX)

    def _on_focus_changed(self) -> None:
        restyle(self, focused=self.edit.hasFocus())

    def _on_backspaced(self) -> None:
        """Go to the last chip first, so that no key too many takes somebody out."""
        if self._chips:
            self._chips[-1].setFocus()

    def _on_chip_stepped(self, handle: Handle, by: int) -> None:
        at = self.handles.index(handle) + by
        target: QWidget = self.edit if at >= len(self._chips) else self._chips[max(0, at)]
        target.setFocus()
        self._scroll.ensureWidgetVisible(target, 0, _PAD_PX)

    @override
    def event(self, event: QEvent) -> bool:
        """Wrap the chips anew where text gets another size."""
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._arrange()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the chips anew."""
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()


class _Lines:
    """Places for things of one height, from left to right and line by line."""

    margin_px = 3

    def __init__(self, width_px: int) -> None:
        self._width_px = width_px
        self._left = _PAD_PX
        self._top = self.margin_px

    def take(self, width_px: int) -> tuple[int, int]:
        """Return left and top of the next place."""
        if self._left > _PAD_PX and self._left + width_px > self._width_px - _PAD_PX:
            self._left = _PAD_PX
            self._top += chip_height_px() + _GAP_PX
        place = self._left, self._top
        self._left += width_px + _GAP_PX
        return place
