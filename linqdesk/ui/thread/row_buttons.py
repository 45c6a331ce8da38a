"""What can be done about a send that failed, as real buttons that keys and screen readers reach."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from linqdesk.domain.ids import LocalId
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.metrics import BUTTON_HEIGHT_PX


class _Pair(QWidget):
    """The buttons of one row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.local_id = LocalId("")
        self.why = self._button("Why")
        self.retry = self._button("Retry")
        self.edit = self._button("Edit")
        self.discard = self._button("Discard")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.why)
        row.addWidget(self.retry)
        row.addWidget(self.edit)
        row.addWidget(self.discard)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setObjectName(name.lower())
        button.setAccessibleName(name)
        button.setFixedHeight(BUTTON_HEIGHT_PX)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button


class RowButtons(QWidget):
    """A pool of button pairs that are moved to the visible rows; never seen itself."""

    why_requested = Signal(object, QWidget)
    retry_requested = Signal(object)
    edit_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, viewport: QWidget) -> None:
        """Put the buttons on a viewport."""
        super().__init__(viewport)
        self.hide()
        self._viewport = viewport
        self._pairs: list[_Pair] = []
        self._used = 0

    def arranged(self, messages: MessageListModel, arrangement: Arrangement) -> None:
        """Put a pair on each visible row that needs one, and hide the others."""
        self._used = 0
        for row, y in arrangement.visible():
            place, content = arrangement.layout_of(row).buttons, messages.row_at(row).content
            if place is not None and isinstance(content, OutgoingMessage):
                self._place(content, place.translated(0, y))
        for pair in self._pairs[self._used :]:
            pair.hide()

    def _place(self, outgoing: OutgoingMessage, place: QRectF) -> None:
        pair = self._pair_for(outgoing.local_id)
        pair.why.setVisible(outgoing.state is OutgoingState.FAILED)
        pair.edit.setVisible(_can_be_edited(outgoing))
        pair.discard.setVisible(outgoing.state is not OutgoingState.UNCONFIRMED)
        pair.setGeometry(round(place.left()), round(place.top()), round(place.width()), BUTTON_HEIGHT_PX)
        pair.show()

    def _pair_for(self, local_id: LocalId) -> _Pair:
        if self._used == len(self._pairs):
            self._pairs.append(self._new_pair())
        # The pair that has the keyboard's focus must stay with its row.
        for number in range(self._used, len(self._pairs)):
            if self._pairs[number].local_id == local_id:
                pairs = self._pairs
                pairs[self._used], pairs[number] = pairs[number], pairs[self._used]
                break
        pair = self._pairs[self._used]
        pair.local_id = local_id
        self._used += 1
        return pair

    def _new_pair(self) -> _Pair:
        pair = _Pair(self._viewport)
        pair.why.clicked.connect(lambda: self.why_requested.emit(pair.local_id, pair.why))
        pair.retry.clicked.connect(lambda: self.retry_requested.emit(pair.local_id))
        pair.edit.clicked.connect(lambda: self.edit_requested.emit(pair.local_id))
        pair.discard.clicked.connect(lambda: self.discard_requested.emit(pair.local_id))
        return pair


def _can_be_edited(outgoing: OutgoingMessage) -> bool:
    """Tell whether a message surely did not arrive and is made of words alone."""
    is_text = all(isinstance(part, OutgoingText) for part in outgoing.content.parts)
    return outgoing.state is OutgoingState.FAILED and is_text
