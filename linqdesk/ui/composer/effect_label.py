"""A button that performs the text animation whose name it bears."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.composer.animation_marks import AnimationMarks
from linqdesk.ui.composer.decoration_words import ANIMATIONS
from linqdesk.ui.effects.text_animation import MovingText
from linqdesk.ui.effects.text_motion import TURN_S
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, FontSize, Theme, font

_SIZE = QSize(124, 40)
_CHECKABLE = True


class EffectLabel(QAbstractButton):
    """One animation; it moves when `perform` is called, when it is pointed at and when it has the focus."""

    left = Signal()

    def __init__(self, animation: str, marks: AnimationMarks, theme: Theme, parent: QWidget) -> None:
        """Rest; it moves as the marks in the editor do."""
        super().__init__(parent)
        self.animation = animation
        self._marks = marks
        self._clock = marks.clock
        self._theme = theme
        self._began_s: float | None = None
        self._ends_s = 0.0
        self.setObjectName(f"animation_{animation}")
        self.setText(ANIMATIONS[animation])
        self.setAccessibleName(ANIMATIONS[animation])
        self.setCheckable(_CHECKABLE)
        self.setFixedSize(_SIZE)
        self._layout = QTextLayout(self.text(), font(FontSize.HEADER))
        self._lay_out()
        self._moving = MovingText(self._layout, [Decoration(0, len(self.text()), animation=animation)])

    def _lay_out(self) -> None:
        self._layout.setCacheEnabled(_CHECKABLE)
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(_SIZE.width())
        self._layout.endLayout()
        words = line.naturalTextRect()
        self._at = QPointF((_SIZE.width() - words.width()) / 2, (_SIZE.height() - words.height()) / 2)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def perform(self, turns: int = 1) -> None:
        """Move for some turns, unless nothing may move."""
        if self._marks.is_reduced():
            return
        if self._began_s is None:
            self._clock = self._marks.clock
            self._began_s = self._clock.now_s
            self._clock.tick.connect(self._on_tick)
            self._clock.hold(self)
        self._ends_s = self._clock.now_s + turns * TURN_S

    def rest(self) -> None:
        """Stop moving."""
        if self._began_s is not None:
            self._began_s = None
            self._clock.tick.disconnect(self._on_tick)
            self._clock.release(self)
            self.update()

    def _on_tick(self, now_s: float) -> None:
        if now_s >= self._ends_s:
            self.rest()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return its fixed size."""
        return _SIZE

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Perform what is pointed at."""
        super().enterEvent(event)
        self.perform()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Perform what is reached by keys."""
        super().focusInEvent(event)
        self.perform()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went on."""
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys but Space to the menu."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface and the name as it stands now."""
        theme = self._theme
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked() or self.underMouse() or self.hasFocus():
                painter.setBrush(theme.selected if self.isChecked() else theme.hover)
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(place, RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
            painter.setPen(theme.accent if self.isChecked() else theme.text)
            if self._began_s is None:
                self._layout.draw(painter, self._at)
            else:
                self._moving.paint(painter, self._at, self._clock.now_s - self._began_s)
