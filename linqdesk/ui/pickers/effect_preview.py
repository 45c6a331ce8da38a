"""An effect played large over the thread, as the customer would see it, until it ends or one stops it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.message import Effect
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen_overlay import STILL_MS
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.pickers.rehearsal import Rehearsal, sample
from linqdesk.ui.theme import Fill, FontSize, Theme, font

_VEIL = 0.88
_AFTER_S = 0.5
_ON = True
_PILL_PX, _PILL_PAD_PX, _TOP_PX = 28, 14, 16


class EffectPreview(QWidget):
    """Lies over the thread with a scrim; any key or click stops it, Space among them.

    Where motion is reduced it shows the effect's best moment for two seconds.
    """

    ended = Signal()

    def __init__(self, clock: FrameClock, is_reduced: Callable[[], bool], over: QWidget) -> None:
        """Lie hidden over a widget."""
        super().__init__(over)
        self._over = over
        self._clock = clock
        self._is_reduced = is_reduced
        self._rehearsal: Rehearsal | None = None
        self._theme: Theme | None = None
        self._words = ""
        self._began_s = 0.0
        self._still = QTimer(self)
        self._still.setSingleShot(_ON)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self.stop)
        self.setObjectName("effect_preview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        clock.tick.connect(self._on_tick)
        over.installEventFilter(self)
        self.hide()

    @property
    def is_playing(self) -> bool:
        """Whether it is on screen."""
        return self._rehearsal is not None

    def play(self, effect: Effect, words: str, fill: Fill, theme: Theme) -> None:
        """Play an effect over a sample message and take the focus.

        Args:
            effect: one that this version knows.
            words: what the sample says.
            fill: the colours of its bubble.
            theme: what the thread wears.
        """
        self.setGeometry(self._over.rect())
        area = QRectF(self.rect())
        shown = sample(words, fill, theme, area, self.devicePixelRatioF())
        self._rehearsal = Rehearsal(effect, shown, area, is_dark=theme.is_dark)
        self._theme = theme
        name = effect_name(effect).capitalize()
        self._words = f"{name}, about as the customer sees it · Esc stops"
        self.setAccessibleName(f"Preview of {name}. Escape stops it.")
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._is_reduced():
            self._still.start()
        else:
            self._began_s = self._clock.now_s
            self._clock.hold(self)
        self.update()

    def stop(self) -> None:
        """End it and tell; does nothing at rest."""
        if self._rehearsal is None:
            return
        self._rehearsal = None
        self._still.stop()
        self._clock.release(self)
        self.hide()
        self.ended.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop where the thread changes its size or is left."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Hide}:
            self.stop()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """Claim every key: none of them may do something else meanwhile."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop."""
        self.stop()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stop."""
        self.stop()

    def _on_tick(self, now_s: float) -> None:
        if self._rehearsal is None or self._still.isActive():
            return
        if now_s - self._began_s > self._rehearsal.duration_s + _AFTER_S:
            self.stop()
        else:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scrim, the message with its effect, and how to stop it."""
        rehearsal, theme = self._rehearsal, self._theme
        if rehearsal is None or theme is None:
            return
        time_s = rehearsal.still_s
        if not self._still.isActive():
            time_s = min(self._clock.now_s - self._began_s, rehearsal.duration_s)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            veil = QColor(theme.window)
            veil.setAlphaF(_VEIL)
            painter.fillRect(self.rect(), veil)
            rehearsal.paint(painter, time_s)
            self._paint_pill(painter, theme)

    def _paint_pill(self, painter: QPainter, theme: Theme) -> None:
        lettering = font(FontSize.META)
        room = QFontMetrics(lettering).horizontalAdvance(self._words) + 2 * _PILL_PAD_PX
        width = min(self.width() - 2 * _TOP_PX, room)
        pill = QRectF((self.width() - width) / 2, _TOP_PX, width, _PILL_PX)
        painter.setOpacity(1.0)
        painter.setPen(theme.text if theme.outline_px else theme.hairline)
        painter.setBrush(theme.panel)
        painter.drawRoundedRect(pill, _PILL_PX / 2, _PILL_PX / 2)
        painter.setPen(theme.text)
        painter.setFont(lettering)
        words = QFontMetrics(lettering).elidedText(
            self._words, Qt.TextElideMode.ElideRight, round(width) - 2 * _PILL_PAD_PX
        )
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
