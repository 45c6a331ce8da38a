"""A small popup that asks for any emoji to react with."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from linqdesk.ui.theme import FontSize, font

_COMMON = tuple("🎉🔥🙏👏💯✅👀🙌😍🥰😊😅🤔😢😮😡💪🤝👌✨🚀🎂☕🌟")
_COLUMNS, _CELL_PX = 8, 34


class EmojiPopup(QFrame):
    """Offers frequent emoji and takes any other that is typed or pasted."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("emoji_popup")
        self.setAccessibleName("React with any emoji")
        self._field = QLineEdit(self)
        self._field.setObjectName("emoji_field")
        self._field.setAccessibleName("Emoji")
        self._field.setPlaceholderText("Type or paste an emoji, then Enter")
        self._field.returnPressed.connect(lambda: self._choose(self._field.text().strip()))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._field)
        grid = QGridLayout()
        grid.setSpacing(2)
        for number, emoji in enumerate(_COMMON):
            grid.addWidget(self._cell(emoji), number // _COLUMNS, number % _COLUMNS)
        column.addLayout(grid)

    def ask_at(self, corner: QPoint) -> None:
        """Open with the upper left corner at a point of the screen, as far as the screen has room."""
        self._field.clear()
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _cell(self, emoji: str) -> QToolButton:
        cell = QToolButton(self)
        cell.setText(emoji)
        cell.setAccessibleName(f"React with {emoji}")
        cell.setFont(font(FontSize.TITLE))
        cell.setFixedSize(_CELL_PX, _CELL_PX)
        cell.clicked.connect(lambda: self._choose(emoji))
        return cell

    def _choose(self, emoji: str) -> None:
        if emoji:
            self.hide()
            self.chosen.emit(emoji)
