"""The round button that sends, in the colour of the service."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from linqdesk.domain.service import Service
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.theme import FOCUS_RING_PX, Fill, Theme, mixed
from linqdesk.ui.tooltips import plain_tip

SIZE_PX = 36


class SendButton(QToolButton):
    """Sends what is written."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without a service."""
        super().__init__(parent)
        self._theme = theme
        self._service: Service | None = None
        self.setObjectName("send")
        self.setAccessibleName("Send")
        self.setFixedSize(SIZE_PX, SIZE_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def wear(self, theme: Theme, service: Service | None) -> None:
        """Wear a theme's colour for a service."""
        self._theme = theme
        self._service = service
        self.update()

    def say_to(self, words: str) -> None:
        """Say to whom it sends and from where."""
        self.setToolTip(plain_tip(words))
        self.setAccessibleDescription(words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc with an arrow."""
        theme = self._theme
        fill = theme.bubble(self._service)
        if not self.isEnabled():
            fill = Fill(mixed(theme.window, theme.text, 0.10), theme.text_secondary)
        surface, sign = fill.surface, fill.text
        inset = FOCUS_RING_PX + 1 if self.hasFocus() else 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
                painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(surface if not self.isDown() else surface.darker(115))
            painter.drawEllipse(self.rect().adjusted(inset, inset, -inset, -inset))
            themed_icon("arrow-up", sign).paint(painter, self.rect().adjusted(8, 8, -8, -8))
