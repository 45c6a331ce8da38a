"""A strip over the field: what it is about, what it says, and a button that drops it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.ui.icons import themed_icon
from linqdesk.ui.panels.labels import ElidedLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme

_ICON_PX, _BAR_PX, _BUTTON_PX = 16, 2, 28


class Strip(QFrame):
    """Two lines after an icon and a bar; hidden until it is told to say something."""

    dropped = Signal()

    def __init__(self, name: str, icon: str, drop_words: str, theme: Theme, parent: QWidget) -> None:
        """Start hidden; `name` is that of the object, `drop_words` say what dropping it does."""
        super().__init__(parent)
        self._icon_name = icon
        self._theme = theme
        self._icon = QLabel(self)
        self._title = ElidedLabel(self, FontSize.META)
        self._words = ElidedLabel(self, FontSize.META, is_secondary=True)
        self._drop = QToolButton(self)
        self.setObjectName(name)
        self._set_up(name, drop_words)
        self.wear(theme)
        self.hide()

    def _set_up(self, name: str, drop_words: str) -> None:
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        wear_font(self._title, FontSize.META, self._title.font().Weight.DemiBold)
        self._title.setObjectName(f"{name}_title")
        self._words.setObjectName(f"{name}_words")
        self._drop.setObjectName(f"{name}_drop")
        self._drop.setAccessibleName(drop_words)
        self._drop.setToolTip(f"{drop_words} (Esc)")
        self._drop.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self._drop.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._drop.clicked.connect(self.dropped)
        lines = QVBoxLayout()
        lines.setContentsMargins(10, 0, 0, 0)
        lines.setSpacing(1)
        lines.addWidget(self._title)
        lines.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addLayout(lines, 1)
        row.addWidget(self._drop)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._icon.setPixmap(themed_icon(self._icon_name, theme.accent, _ICON_PX).pixmap(_ICON_PX, _ICON_PX))
        self._drop.setIcon(themed_icon("x", theme.text_secondary, _ICON_PX))

    def say(self, title: str, words: str, *, is_bad: bool = False) -> None:
        """Say something; the words in red where they tell what is wrong."""
        self._title.setText(title)
        self._words.setText(words)
        restyle(self._words, danger=is_bad, secondary=not is_bad)
        self.setAccessibleName(f"{title}: {words}")
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar before the lines."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            x = self._icon.geometry().right() + 10
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.accent)
            painter.drawRoundedRect(x, 4, _BAR_PX, self.height() - 8, 1, 1)
