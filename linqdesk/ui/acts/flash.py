"""A ring around the message that one has jumped to: it fades within 1.2 s, or stands still for them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.ids import RowKey
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.theme import RADIUS_BUBBLE_PX, Theme
from linqdesk.ui.thread.thread_view import ThreadView

FLASH_S = 1.2
_RING_PX, _OUT_PX = 3, 4
_TINT = 0.12


class Flash(QWidget):
    """Lies over the thread, lets every click through, and follows its message while it is seen."""

    def __init__(self, view: ThreadView, theme: Theme, clock: FrameClock) -> None:
        """Start hidden; it fades by `clock`."""
        super().__init__(view.viewport())
        self._view = view
        self._theme = theme
        self._clock = clock
        self._key: RowKey | None = None
        self._began_s = 0.0
        self.strength = 0.0
        self.setObjectName("flash")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(round(FLASH_S * 1_000))
        self._over.timeout.connect(self.stop)
        clock.tick.connect(self._on_tick)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self.update)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def show_at(self, key: RowKey, is_reduced: Callable[[], bool]) -> None:
        """Point out a row."""
        self.stop()
        self._key = key
        self.strength = 1.0
        self.setGeometry(self._view.viewport().rect())
        self.show()
        self.raise_()
        self._over.start()
        if not is_reduced():
            self._began_s = self._clock.now_s
            self._clock.hold(self)

    def stop(self) -> None:
        """Point out nothing."""
        self._over.stop()
        self._clock.release(self)
        self._key = None
        self.strength = 0.0
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the thread."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._view.viewport().rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring around the row's bubble."""
        box = self._box()
        if box is None:
            return
        ring, tint = QColor(self._theme.accent), QColor(self._theme.accent)
        ring.setAlphaF(self.strength)
        tint.setAlphaF(self.strength * _TINT)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(ring, _RING_PX))
            painter.setBrush(tint)
            radius = RADIUS_BUBBLE_PX + _OUT_PX
            painter.drawRoundedRect(box, radius, radius)

    def _on_tick(self, now_s: float) -> None:
        if self._key is None or not self._began_s:
            return
        left = 1.0 - (now_s - self._began_s) / FLASH_S
        if left <= 0:
            self.stop()
        elif self.isVisible():
            # Full for the first half, so that the eye finds it.
            self.strength = min(1.0, left * 2)
            self.update()

    def _box(self) -> QRectF | None:
        position = self._view.messages.position_of(self._key) if self._key is not None else None
        top = None if position is None else self._view.arrangement.place_of(position)
        if position is None or top is None:
            return None
        bubble = self._view.arrangement.layout_of(position).bubble
        return bubble.translated(0, top).adjusted(-_OUT_PX, -_OUT_PX, _OUT_PX, _OUT_PX)
