"""Real controls over the painted players of the visible rows: pointer, keys and screen readers reach them."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QWidget
from typing_extensions import override

from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Message
from linqdesk.ui.media.playback import STEP_MS
from linqdesk.ui.media.recordings import RecordingLook
from linqdesk.ui.theme import FOCUS_RING_PX, Theme
from linqdesk.ui.thread.player_places import rate_words, share_at, spoken_time

_LEAST_PX = 28


class PlayerButton(QAbstractButton):
    """A button whose face the row paints; its own is the ring of the focus."""

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus, or that the pointer is here."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            radius = min(inner.width(), inner.height()) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            if self.underMouse():
                painter.setBrush(self.theme.hover)
                painter.drawRoundedRect(inner, radius, radius)
            if self.hasFocus():
                _ring(painter, inner, radius, self.theme)


class PositionStrip(QAbstractSlider):
    """The place along a recording: pressed, dragged, or moved by keys; values are milliseconds.

    `sought` carries where the agent goes; what is set from outside is not told.
    """

    sought = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.theme = theme
        self._is_told = True
        self.setObjectName("recording_position")
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSingleStep(STEP_MS)
        self.setPageStep(2 * STEP_MS)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.valueChanged.connect(self._on_value_changed)
        self.hide()

    def set_position(self, position_ms: int, duration_ms: int) -> None:
        """Stand where a recording is, unless the agent drags just now."""
        if self.isSliderDown():
            return
        self._is_told = False
        self.setRange(0, duration_ms)
        self.setValue(position_ms)
        self._is_told = True

    def _on_value_changed(self, value_ms: int) -> None:
        if self._is_told:
            self.sought.emit(value_ms)

    def _go_to(self, point: QPointF) -> None:
        share = share_at(QRectF(self.rect()), point.x())
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where it is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._go_to(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay where it was dragged to."""
        self.setSliderDown(False)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the thread, which scrolls."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus; everything else is drawn by the row."""
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, self.theme)


class PlayerControls(QObject):
    """The three controls of one recording, on a viewport."""

    toggled = Signal(object, int)
    sought = Signal(object, int, int)
    faster = Signal()

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        """Put the controls on a viewport, hidden."""
        super().__init__(viewport)
        self._message: Message | None = None
        self._part_index = 0
        self.play = PlayerButton("play_recording", theme, viewport)
        self.position = PositionStrip(theme, viewport)
        self.rate = PlayerButton("recording_rate", theme, viewport)
        self.play.clicked.connect(self._on_play_clicked)
        self.position.sought.connect(self._on_sought)
        self.rate.clicked.connect(self.faster)

    @property
    def key(self) -> tuple[MessageId, int] | None:
        """Which part the controls belong to."""
        return None if self._message is None else (self._message.id, self._part_index)

    def belong_to(self, message: Message, part_index: int) -> None:
        """Act on a recording."""
        self._message, self._part_index = message, part_index

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        for each in (self.play, self.position, self.rate):
            each.theme = theme

    def say(self, name: str, seen: RecordingLook) -> None:
        """Tell screen readers what the controls do now; does nothing where that is known."""
        _name(self.play, f"{seen.act} {name}")
        _name(self.rate, f"Speed {rate_words(seen.rate)}")
        _name(self.position, f"Position in {name}")
        self.position.set_position(seen.position_ms, seen.duration_ms or 0)
        left = "" if seen.remaining_ms is None else f"{spoken_time(seen.remaining_ms)} left"
        # Once a second, not twenty times.
        if self.position.accessibleDescription() != left:
            self.position.setAccessibleDescription(left)

    def place(self, play: QRectF | None, position: QRectF | None, rate: QRectF | None) -> None:
        """Lie over the painted faces; None for what is not there."""
        for control, place in ((self.play, play), (self.position, position), (self.rate, rate)):
            control.setVisible(place is not None)
            if place is not None:
                control.setGeometry(_hit_box(place))

    def put_away(self) -> None:
        """Lie on no row."""
        self._message = None
        for control in (self.play, self.position, self.rate):
            control.hide()

    def _on_play_clicked(self) -> None:
        if self._message is not None:
            self.toggled.emit(self._message, self._part_index)

    def _on_sought(self, position_ms: int) -> None:
        if self._message is not None:
            self.sought.emit(self._message, self._part_index, position_ms)


def _name(control: QWidget, words: str) -> None:
    if control.accessibleName() != words:
        control.setAccessibleName(words)
        control.setToolTip("" if isinstance(control, PositionStrip) else words)


def _hit_box(place: QRectF) -> QRect:
    """Return a place as whole pixels, and nowhere thinner than a finger."""
    more_x, more_y = max(0.0, _LEAST_PX - place.width()) / 2, max(0.0, _LEAST_PX - place.height()) / 2
    return place.adjusted(-more_x, -more_y, more_x, more_y).toRect()


def _ring(painter: QPainter, box: QRectF, radius: float, theme: Theme) -> None:
    """Draw a ring that is seen on any ground: the accent within the window's colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.window, FOCUS_RING_PX + 2))
    painter.drawRoundedRect(box, radius, radius)
    painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
    painter.drawRoundedRect(box, radius, radius)
