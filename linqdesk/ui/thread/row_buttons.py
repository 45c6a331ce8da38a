"""What can be done about a message that did not arrive, as real buttons for keys and screen readers."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from linqdesk.domain.ids import RowKey
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.remedies import Remedy
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.metrics import BUTTON_HEIGHT_PX

_GAP_PX = 8
# What goes first where a column is too narrow for all; the menu of the message has them too.
_SPARED = (Remedy.WHY, Remedy.EDIT)


class _Strip(QWidget):
    """The buttons of one row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = RowKey("")
        self.buttons = {remedy: self._button(remedy) for remedy in Remedy}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.addStretch()
        for button in self.buttons.values():
            row.addWidget(button)

    def _button(self, remedy: Remedy) -> QPushButton:
        button = QPushButton(remedy.value, self)
        button.setObjectName(remedy.value.lower().replace(" ", "_"))
        button.setAccessibleName(remedy.value)
        wear_height(button, BUTTON_HEIGHT_PX)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    def offer(self, remedies: frozenset[Remedy], width_px: int) -> None:
        """Show the buttons that are wanted, as far as there is room."""
        shown = {remedy for remedy in Remedy if remedy in remedies}
        for spared in _SPARED:
            if self._width_of(shown) > width_px:
                shown.discard(spared)
        for remedy, button in self.buttons.items():
            button.setVisible(remedy in shown)

    def _width_of(self, shown: set[Remedy]) -> int:
        return sum(self.buttons[remedy].sizeHint().width() + _GAP_PX for remedy in shown)


class RowButtons(QWidget):
    """A pool of button strips that are moved to the visible rows; never seen itself.

    `pressed` carries the Remedy, the row's key, and the button.
    """

    pressed = Signal(object, object, QWidget)

    def __init__(self, viewport: QWidget) -> None:
        """Put the buttons on a viewport."""
        super().__init__(viewport)
        self.hide()
        self._viewport = viewport
        self._strips: list[_Strip] = []
        self._used = 0

    def arranged(self, messages: MessageListModel, arrangement: Arrangement) -> None:
        """Put a strip on each visible row that needs one, and hide the others."""
        self._used = 0
        for row, y in arrangement.visible():
            layout = arrangement.layout_of(row)
            if layout.buttons is not None:
                strip = self._strip_for(messages.row_at(row).key)
                self._place(strip, layout.context.remedies, layout.buttons.translated(0, y))
        for strip in self._strips[self._used :]:
            strip.hide()

    def _place(self, strip: _Strip, remedies: frozenset[Remedy], place: QRectF) -> None:
        strip.offer(remedies, round(place.width()))
        strip.setGeometry(place.toRect())
        strip.show()

    def _strip_for(self, key: RowKey) -> _Strip:
        if self._used == len(self._strips):
            self._strips.append(self._new_strip())
        # The strip that has the keyboard's focus must stay with its row.
        for number in range(self._used, len(self._strips)):
            if self._strips[number].key == key:
                strips = self._strips
                strips[self._used], strips[number] = strips[number], strips[self._used]
                break
        strip = self._strips[self._used]
        strip.key = key
        self._used += 1
        return strip

    def _new_strip(self) -> _Strip:
        strip = _Strip(self._viewport)
        for remedy, button in strip.buttons.items():
            button.clicked.connect(partial(self._on_clicked, strip, remedy))
        return strip

    def _on_clicked(self, strip: _Strip, remedy: Remedy) -> None:
        self.pressed.emit(remedy, strip.key, strip.buttons[remedy])
