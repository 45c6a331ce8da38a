"""A chat's health as a word with a sign, shown only where something is wrong."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.theme import Fill, FontSize, Theme, font

HEIGHT_PX = 24
_ICON_PX, _PAD_PX = 14, 10

_WORDS = {
    HealthStatus.AT_RISK: ("At risk", "triangle-alert"),
    HealthStatus.CRITICAL: ("Critical", "circle-alert"),
    HealthStatus.OPTED_OUT: ("Opted out", "octagon-x"),
}
ADVICE = {
    HealthStatus.HEALTHY: "This chat is healthy.",
    HealthStatus.AT_RISK: "Customers answer rarely here. Slow down and write only what is of use to them.",
    HealthStatus.CRITICAL: "Pause here: more messages without answers may cost the line its reputation.",
    HealthStatus.OPTED_OUT: "This customer wants no messages. Nothing can be sent until they write again.",
    HealthStatus.UNKNOWN: "",
}


class HealthChip(QWidget):
    """The chip in a chat's header."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.theme = theme
        self._status = HealthStatus.HEALTHY
        self.setFixedHeight(HEIGHT_PX)
        self.hide()

    def show_health(self, health: ChatHealth | None) -> None:
        """Show a health that needs attention, hide otherwise."""
        self._status = health.status if health is not None else HealthStatus.HEALTHY
        words, _ = _WORDS.get(self._status, ("", ""))
        self.setVisible(bool(words))
        self.setAccessibleName(f"Chat health: {words}")
        self.setToolTip(ADVICE[self._status])
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the room that the word needs."""
        words, _ = _WORDS.get(self._status, ("", ""))
        width = QFontMetrics(font(FontSize.META, QFont.Weight.DemiBold)).horizontalAdvance(words)
        return QSize(width + 2 * _PAD_PX + _ICON_PX + 4, HEIGHT_PX)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room that the word needs."""
        return self.sizeHint()

    def _fill(self) -> Fill:
        if self._status is HealthStatus.OPTED_OUT:
            return self.theme.opted_out
        return self.theme.critical if self._status is HealthStatus.CRITICAL else self.theme.at_risk

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        words, icon = _WORDS.get(self._status, ("", ""))
        if not words:
            return
        fill = self._fill()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(fill.text if self.theme.outline_px else Qt.PenStyle.NoPen)
            painter.setBrush(fill.surface)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, HEIGHT_PX / 2, HEIGHT_PX / 2)
            pixmap = icon_pixmap(icon, fill.text.name(), _ICON_PX, self.devicePixelRatioF())
            painter.drawPixmap(_PAD_PX, (HEIGHT_PX - _ICON_PX) // 2, pixmap)
            painter.setPen(fill.text)
            painter.setFont(font(FontSize.META, QFont.Weight.DemiBold))
            room = self.rect().adjusted(_PAD_PX + _ICON_PX + 4, 0, -_PAD_PX, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
