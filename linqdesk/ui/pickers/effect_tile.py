"""One effect to choose: its name under a small picture that plays while one looks at it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from linqdesk.domain.message import Effect
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.pickers.rehearsal import Rehearsal, sample
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, Fill, FontSize, Theme, font, mixed

THUMB_PX = QSize(160, 120)
TILE_PX = QSize(188, 164)
# A screen's picture shows a larger area made small, so that the effect looks as it does over a thread.
_SHRUNK = {"screen": 0.56, "bubble": 0.95}
_PAUSE_S = 0.4
_ON = True


class EffectTile(QAbstractButton):
    """Plays while the pointer or the keyboard is on it, unless motion is reduced; still otherwise.

    `keyed` carries each key event; whoever hears it accepts what it takes.
    """

    looked_at = Signal()
    keyed = Signal(object)

    def __init__(
        self, effect: Effect, clock: FrameClock, is_reduced: Callable[[], bool], parent: QWidget
    ) -> None:
        """Stand still; colours come with `wear`."""
        super().__init__(parent)
        self.effect = effect
        self._clock = clock
        self._is_reduced = is_reduced
        self._theme: Theme | None = None
        self._fill: Fill | None = None
        self._still: QPixmap | None = None
        self._playing: Rehearsal | None = None
        self._began_s = 0.0
        name = effect_name(effect).capitalize()
        self.setText(name)
        self.setAccessibleName(name)
        self.setObjectName(f"effect_{effect.name}")
        self.setCheckable(_ON)
        self.setFixedSize(TILE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        clock.tick.connect(self._on_tick)

    def wear(self, theme: Theme, fill: Fill) -> None:
        """Wear a theme, with the sample message in a service's colours."""
        if (theme, fill) != (self._theme, self._fill):
            self._theme, self._fill, self._still = theme, fill, None
            self.update()

    @property
    def is_playing(self) -> bool:
        """Whether it moves."""
        return self._playing is not None

    def play(self) -> None:
        """Play over and over until `rest`; nothing moves where motion is reduced."""
        if self._playing is None and not self._is_reduced() and self.isVisible():
            self._playing = self._rehearsal()
            self._began_s = self._clock.now_s
            self._clock.hold(self)

    def rest(self) -> None:
        """Stand still."""
        if self._playing is not None:
            self._playing = None
            self._clock.release(self)
            self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Play under the pointer."""
        super().enterEvent(event)
        self.play()
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Stand still again, unless the keyboard is here."""
        super().leaveEvent(event)
        self._leave(is_left=not self.hasFocus())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Play under the keyboard."""
        super().focusInEvent(event)
        self.looked_at.emit()
        self.play()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stand still again, unless the pointer is here."""
        super().focusOutEvent(event)
        self._leave(is_left=not self.underMouse())

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody sees it."""
        super().hideEvent(event)
        self.rest()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the picker: Space previews there and presses nothing."""
        event.ignore()
        self.keyed.emit(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the picker."""
        event.ignore()

    def _leave(self, *, is_left: bool) -> None:
        if is_left:
            self.rest()
        self.update()

    def _on_tick(self, now_s: float) -> None:
        if self._playing is None:
            return
        if now_s - self._began_s > self._playing.duration_s + _PAUSE_S:
            self._began_s = now_s
        self.update(self._thumb().toAlignedRect())

    def _thumb(self) -> QRectF:
        left = (self.width() - THUMB_PX.width()) / 2
        return QRectF(left, 10, THUMB_PX.width(), THUMB_PX.height())

    def _rehearsal(self) -> Rehearsal | None:
        if self._theme is None or self._fill is None:
            return None
        ratio = self.devicePixelRatioF()
        shrunk = _SHRUNK[self.effect.kind]
        area = QRectF(0, 0, THUMB_PX.width() / shrunk, THUMB_PX.height() / shrunk)
        shown = sample("Hooray!", self._fill, self._theme, area, ratio)
        return Rehearsal(self.effect, shown, area, is_dark=self._theme.is_dark)

    @property
    def has_still(self) -> bool:
        """Whether the picture of rest is there."""
        return self._still is not None

    def draw_still(self) -> None:
        """Prepare the picture of rest: some milliseconds, done before it is needed where there is time."""
        rehearsal = self._rehearsal() if self._still is None else None
        if rehearsal is not None and self._theme is not None:
            ratio = self.devicePixelRatioF()
            still = QPixmap(THUMB_PX * ratio)
            still.setDevicePixelRatio(ratio)
            still.fill(self._theme.window)
            with QPainter(still) as painter:
                self._paint_scene(painter, rehearsal, rehearsal.still_s)
            self._still = still
            self.update()

    def _paint_scene(self, painter: QPainter, rehearsal: Rehearsal, time_s: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(_SHRUNK[self.effect.kind], _SHRUNK[self.effect.kind])
        rehearsal.paint(painter, time_s)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, the name, and what is chosen or looked at."""
        theme = self._theme
        if theme is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, theme)
            self._paint_thumb(painter, theme)
            weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
            painter.setFont(font(FontSize.PREVIEW, weight))
            painter.setPen(theme.text)
            words = f"✓ {self.text()}" if self.isChecked() else self.text()
            top = round(self._thumb().bottom())
            room = self.rect().adjusted(4, top, -4, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.accent, FOCUS_RING_PX) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = theme.selected if self.isChecked() else theme.hover
        is_marked = self.isChecked() or self.underMouse()
        painter.setBrush(ground if is_marked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)

    def _paint_thumb(self, painter: QPainter, theme: Theme) -> None:
        thumb = self._thumb()
        outline = QPainterPath()
        outline.addRoundedRect(thumb, RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
        painter.save()
        painter.setClipPath(outline)
        painter.fillPath(outline, theme.window)
        if self._playing is not None:
            painter.translate(thumb.topLeft())
            time_s = min(self._clock.now_s - self._began_s, self._playing.duration_s)
            self._paint_scene(painter, self._playing, time_s)
        elif self._still is not None:
            painter.drawPixmap(thumb.topLeft(), self._still)
        painter.restore()
        line = theme.text if theme.outline_px else mixed(theme.window, theme.text, 0.14)
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
