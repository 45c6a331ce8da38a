"""How a chat stands, as a word with a sign, shown only where something is wrong."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.send_gate import Lock, LockReason
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import Fill, FontSize, Theme, font, scaled
from linqdesk.ui.tooltips import plain_tip

HEIGHT_PX = 24
_ICON_PX, _PAD_PX = 14, 10

_AT_RISK, _CRITICAL = ("At risk", "triangle-alert"), ("Critical", "circle-alert")
_OPTED_OUT, _BLOCKED = ("Opted out", "octagon-x"), ("Blocked", "octagon-x")
_OF_HEALTH = {
    HealthStatus.AT_RISK: _AT_RISK,
    HealthStatus.CRITICAL: _CRITICAL,
    HealthStatus.OPTED_OUT: _OPTED_OUT,
}
_OF_LOCK = {
    LockReason.HEALTH: _OPTED_OUT,
    LockReason.STOP_WORD: _OPTED_OUT,
    LockReason.REFUSED: _OPTED_OUT,
    LockReason.BLOCKED: _BLOCKED,
}
_NOTHING = ("", "")
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
        self._sign = _NOTHING
        wear_height(self, HEIGHT_PX)
        self.hide()

    def show_state(self, health: ChatHealth | None, lock: Lock | None) -> None:
        """Show why nothing may be sent, else a health that needs attention; hide otherwise."""
        status = health.status if health is not None else HealthStatus.HEALTHY
        of_lock = _OF_LOCK.get(lock.reason) if lock is not None else None
        self._sign = of_lock or _OF_HEALTH.get(status, _NOTHING)
        words, _ = self._sign
        self.setVisible(bool(words))
        self.setAccessibleName(f"Chat health: {words}")
        self.setToolTip(plain_tip(lock.words if lock is not None and of_lock else ADVICE[status]))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the room that the word needs."""
        words, _ = self._sign
        width = QFontMetrics(font(FontSize.META, QFont.Weight.DemiBold)).horizontalAdvance(words)
        return QSize(width + 2 * _PAD_PX + _ICON_PX + 4, scaled(HEIGHT_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room that the word needs."""
        return self.sizeHint()

    def _fill(self) -> Fill:
        if self._sign == _AT_RISK:
            return self.theme.at_risk
        return self.theme.critical if self._sign == _CRITICAL else self.theme.opted_out

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        words, icon = self._sign
        if not words:
            return
        fill = self._fill()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(fill.text if self.theme.outline_px else Qt.PenStyle.NoPen)
            painter.setBrush(fill.surface)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            pixmap = icon_pixmap(icon, fill.text.name(), _ICON_PX, self.devicePixelRatioF())
            painter.drawPixmap(_PAD_PX, (self.height() - _ICON_PX) // 2, pixmap)
            painter.setPen(fill.text)
            painter.setFont(font(FontSize.META, QFont.Weight.DemiBold))
            room = self.rect().adjusted(_PAD_PX + _ICON_PX + 4, 0, -_PAD_PX, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
