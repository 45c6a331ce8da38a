"""Shows one picture, as a whole or nearer, and is moved by pointer, wheel and keys."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme, font

MAX_ZOOM = 8.0
STEP = 1.25
_NOTCH = 120
_PAN_PX = 80
_PIECE_PX = 4
_ARROWS = {
    Qt.Key.Key_Left: QPointF(_PAN_PX, 0),
    Qt.Key.Key_Right: QPointF(-_PAN_PX, 0),
    Qt.Key.Key_Up: QPointF(0, _PAN_PX),
    Qt.Key.Key_Down: QPointF(0, -_PAN_PX),
}

Look = Callable[[QSizeF], QPixmap | None]


class PictureCanvas(QWidget):
    """A picture in a frame.

    The zoom counts device pixels a pixel of the picture; None fits the whole picture in, but never makes
    it larger than it is.
    """

    zoom_changed = Signal()
    step_wished = Signal(int)
    """Minus one for the picture before, one for the next: an arrow where there is nothing to move."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget) -> None:
        """Start empty; `look` returns the pixels for a size in device-independent pixels."""
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self._natural: tuple[int, int] | None = None
        self._words = ""
        self._zoom: float | None = None
        self._shift = QPointF()
        self._grip: QPointF | None = None
        self._shows_focus = False
        self.setObjectName("picture_canvas")
        self.setAccessibleName("Picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)

    def show_picture(self, natural: tuple[int, int] | None, words: str) -> None:
        """Show another picture as a whole, or what is known of it now; `words` say why there is none."""
        if natural != self._natural:
            self._natural = natural
            self.fit()
        self._words = words
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    @property
    def scale(self) -> float:
        """How many device pixels a pixel of the picture takes."""
        return self._fitting_scale() if self._zoom is None else self._zoom

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is in view by wish."""
        return self._zoom is None

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = None
        self._settle()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Come nearer or go back; what lies under `around`, the middle by default, stays where it is."""
        if self._natural is None:
            return
        before = self.scale
        least = min(self._fitting_scale(), 1.0)
        self._zoom = max(least, min(MAX_ZOOM, before * factor))
        if self._zoom == least == self._fitting_scale():
            self._zoom = None
        pivot = (around or self._middle()) - self._middle()
        self._shift = pivot - (pivot - self._shift) * (self.scale / before)
        self._settle()

    def picture_box(self) -> QRectF:
        """Return where the picture lies, in the canvas's coordinates."""
        size = self._size_at(self.scale)
        box = QRectF(QPointF(), size)
        box.moveCenter(self._middle() + self._shift)
        return box

    def can_pan(self) -> bool:
        """Tell whether the picture is larger than the canvas."""
        size = self._size_at(self.scale)
        return size.width() > self.width() + 1 or size.height() > self.height() + 1

    def _middle(self) -> QPointF:
        return QRectF(self.rect()).center()

    def _size_at(self, scale: float) -> QSizeF:
        natural = self._natural or (0, 0)
        ratio = self.devicePixelRatioF()
        return QSizeF(natural[0] * scale / ratio, natural[1] * scale / ratio)

    def _fitting_scale(self) -> float:
        if self._natural is None:
            return 1.0
        ratio = self.devicePixelRatioF()
        width, height = self._natural
        return min(1.0, self.width() * ratio / width, self.height() * ratio / height)

    def _settle(self) -> None:
        """Keep the picture in the frame, and tell."""
        size = self._size_at(self.scale)
        room_x = max(0.0, (size.width() - self.width()) / 2)
        room_y = max(0.0, (size.height() - self.height()) / 2)
        self._shift = QPointF(
            max(-room_x, min(room_x, self._shift.x())), max(-room_y, min(room_y, self._shift.y()))
        )
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.can_pan() else Qt.CursorShape.ArrowCursor)
        self.zoom_changed.emit()
        self.update()

    def _pan(self, by: QPointF) -> None:
        self._shift += by
        self._settle()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part of the picture that is in view, or why there is none."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.panel)
            painter.setPen(self._theme.hairline)
            painter.drawLine(self.rect().topLeft(), self.rect().topRight())
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
            pixmap = self._look(self._size_at(self.scale) if self._natural else QSizeF(self.size()))
            if pixmap is not None and self._natural is not None:
                self._paint_picture(painter, pixmap)
            elif self._words:
                painter.setPen(self._theme.text_secondary)
                painter.setFont(font(FontSize.HEADER))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            if self.hasFocus() and self._shows_focus:
                self._paint_ring(painter)

    def _paint_picture(self, painter: QPainter, pixmap: QPixmap) -> None:
        box = self.picture_box()
        seen = box.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        x, y = pixmap.width() / box.width(), pixmap.height() / box.height()
        source = QRectF(
            (seen.left() - box.left()) * x, (seen.top() - box.top()) * y, seen.width() * x, seen.height() * y
        )
        is_blocky = self.scale >= _PIECE_PX
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_blocky)
        painter.drawPixmap(seen, pixmap, source)

    def _paint_ring(self, painter: QPainter) -> None:
        pen = painter.pen()
        pen.setColor(self._theme.accent)
        pen.setWidth(FOCUS_RING_PX)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in the frame."""
        super().resizeEvent(event)
        self._settle()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus to whoever goes by Tab; around a whole window it says nothing to others."""
        self._shows_focus = event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }
        super().focusInEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a picture that is larger than the frame; otherwise arrows go to its neighbours."""
        key = Qt.Key(event.key())
        if key in _ARROWS and self.can_pan():
            self._pan(_ARROWS[key])
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.step_wished.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer to what lies under the pointer, or go back."""
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.zoom_by(STEP**notches, event.position())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton and self.can_pan():
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture along."""
        if self._grip is not None:
            by, self._grip = event.position() - self._grip, event.position()
            self._pan(by)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the picture go."""
        del event
        self._grip = None
        self._settle()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the picture pixel by pixel, or as a whole again."""
        if self.is_fitted:
            self.zoom_by(1.0 / self.scale if self.scale < 1 else 2.0, event.position())
        else:
            self.fit()
