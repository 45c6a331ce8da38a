"""Small pictures drawn once and stamped many times a frame."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QRadialGradient, QTransform


class Stamp:
    """Draws pictures at places, turned and scaled, without saving the painter's state each time."""

    def __init__(self, painter: QPainter) -> None:
        """Stamp with a painter; call `done` at the end."""
        self._painter = painter
        self._rest = painter.worldTransform()
        self._opacity = painter.opacity()
        self._left, self._top = self._rest.dx(), self._rest.dy()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def put(
        self, sprite: QPixmap, at: QPointF, scale: tuple[float, float], turn_deg: float, opacity: float
    ) -> None:
        """Draw a picture with its middle at a place; the stretch is along its own two axes."""
        if opacity <= 0:
            return
        sine, cosine = _sine_and_cosine(turn_deg)
        wide, high = scale
        place = QTransform(
            cosine * wide, sine * wide, -sine * high, cosine * high, at.x() + self._left, at.y() + self._top
        )
        self._painter.setWorldTransform(place)
        self._painter.setOpacity(self._opacity * min(1.0, opacity))
        ratio = 2 * sprite.devicePixelRatio()
        self._painter.drawPixmap(QPointF(-sprite.width() / ratio, -sprite.height() / ratio), sprite)

    def done(self) -> None:
        """Leave the painter as it was."""
        self._painter.setWorldTransform(self._rest)
        self._painter.setOpacity(self._opacity)


def _sine_and_cosine(turn_deg: float) -> tuple[float, float]:
    turn = math.radians(turn_deg)
    return math.sin(turn), math.cos(turn)


def sprite(width_px: float, height_px: float, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    """Return a picture; it is drawn with 0, 0 in its middle."""
    made = QPixmap(math.ceil(width_px * ratio), math.ceil(height_px * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.translate(width_px / 2, height_px / 2)
        draw(painter)
    return made


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """Return a colour of some opacity, 0 to 1."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def glow(radius_px: float, colour: QColor, ratio: float, core: float = 0.18) -> QPixmap:
    """Return a soft light: bright within the `core` share of its radius, fading to nothing."""
    light = QRadialGradient(QPointF(0, 0), radius_px)
    light.setColorAt(0.0, colour.lighter(130))
    light.setColorAt(core, colour)
    light.setColorAt(min(1.0, core + 0.16), with_alpha(colour, 0.38))
    light.setColorAt(1.0, with_alpha(colour, 0.0))

    def draw(painter: QPainter) -> None:
        painter.setBrush(light)
        painter.drawEllipse(QPointF(0, 0), radius_px, radius_px)

    return sprite(2 * radius_px, 2 * radius_px, ratio, draw)


def streak(length_px: float, width_px: float, colour: QColor, ratio: float) -> QPixmap:
    """Return a spark in flight: it points to the right, bright in front, fading behind."""

    def draw(painter: QPainter) -> None:
        steps = 14
        for step in range(steps):
            part = (step + 1) / steps
            x = length_px * (part - 0.5) - width_px
            radius = width_px / 2 * (0.25 + 0.75 * part)
            painter.setBrush(with_alpha(colour.lighter(100 + round(24 * part)), part**1.8))
            painter.drawEllipse(QPointF(x, 0), length_px / steps, radius)

    return sprite(length_px + 2 * width_px, 2 * width_px, ratio, draw)


def star(radius_px: float, colour: QColor, ratio: float, *, is_dark: bool) -> QPixmap:
    """Return a four-pointed glint with a soft light around it."""
    path = QPainterPath(QPointF(0, -radius_px))
    waist = radius_px * 0.055
    for corner in ((radius_px, 0), (0, radius_px), (-radius_px, 0), (0, -radius_px)):
        near = QPointF(
            math.copysign(waist, corner[0] or _sign_before(corner)),
            math.copysign(waist, corner[1] or _sign_beside(corner)),
        )
        path.quadTo(near, QPointF(*corner))

    def draw(painter: QPainter) -> None:
        light = QRadialGradient(QPointF(0, 0), radius_px * 0.75)
        light.setColorAt(0.0, with_alpha(colour, 0.5 if is_dark else 0.32))
        light.setColorAt(1.0, with_alpha(colour, 0.0))
        painter.setBrush(light)
        painter.drawEllipse(QPointF(0, 0), radius_px * 0.75, radius_px * 0.75)
        painter.setBrush(colour)
        painter.drawPath(path)
        painter.setBrush(with_alpha(QColor(Qt.GlobalColor.white), 0.95 if is_dark else 0.7))
        painter.drawEllipse(QPointF(0, 0), radius_px * 0.12, radius_px * 0.12)

    return sprite(2 * radius_px, 2 * radius_px, ratio, draw)


def _sign_before(corner: tuple[float, float]) -> float:
    """Return on which side the curve to an upper or lower corner comes in, going clockwise."""
    return 1.0 if corner[1] > 0 else -1.0


def _sign_beside(corner: tuple[float, float]) -> float:
    """Return on which side the curve to a right or left corner comes in, going clockwise."""
    return -1.0 if corner[0] > 0 else 1.0


def heart_path(width_px: float) -> QPainterPath:
    """Return a heart around 0, 0."""
    half, path = width_px / 2, QPainterPath()
    path.moveTo(0, half * 0.92)
    path.cubicTo(-half * 0.42, half * 0.55, -half, half * 0.18, -half, -half * 0.34)
    path.cubicTo(-half, -half * 1.02, -half * 0.2, -half * 1.02, 0, -half * 0.42)
    path.cubicTo(half * 0.2, -half * 1.02, half, -half * 1.02, half, -half * 0.34)
    path.cubicTo(half, half * 0.18, half * 0.42, half * 0.55, 0, half * 0.92)
    return path


def heart(width_px: float, colour: QColor, ratio: float) -> QPixmap:
    """Return a heart that shines a little, as if it were full of air."""
    path = heart_path(width_px)
    body = QRadialGradient(QPointF(-width_px * 0.16, -width_px * 0.22), width_px * 0.78)
    body.setColorAt(0.0, colour.lighter(135))
    body.setColorAt(0.5, colour)
    body.setColorAt(1.0, colour.darker(128))

    def draw(painter: QPainter) -> None:
        painter.setBrush(body)
        painter.drawPath(path)
        gloss = QRadialGradient(QPointF(-width_px * 0.24, -width_px * 0.26), width_px * 0.18)
        gloss.setColorAt(0.0, with_alpha(QColor(Qt.GlobalColor.white), 0.62))
        gloss.setColorAt(1.0, with_alpha(QColor(Qt.GlobalColor.white), 0.0))
        painter.setClipPath(path)
        painter.setBrush(gloss)
        painter.drawEllipse(QPointF(-width_px * 0.24, -width_px * 0.26), width_px * 0.2, width_px * 0.15)

    return sprite(width_px * 1.04, width_px * 1.04, ratio, draw)


def balloon(width_px: float, colour: QColor, ratio: float) -> QPixmap:
    """Return a balloon on a string; its middle is the balloon's, not the string's."""
    height = width_px * 1.2
    body = QRadialGradient(QPointF(-width_px * 0.16, -height * 0.2), width_px * 0.8)
    body.setColorAt(0.0, colour.lighter(145))
    body.setColorAt(0.45, colour)
    body.setColorAt(1.0, colour.darker(135))
    path = QPainterPath(QPointF(0, -height / 2))
    path.cubicTo(width_px * 0.68, -height / 2, width_px * 0.6, height * 0.26, 0, height / 2)
    path.cubicTo(-width_px * 0.6, height * 0.26, -width_px * 0.68, -height / 2, 0, -height / 2)

    def draw(painter: QPainter) -> None:
        string = QPainterPath(QPointF(0, height * 0.52))
        string.cubicTo(width_px * 0.2, height * 0.8, -width_px * 0.2, height, width_px * 0.05, height * 1.3)
        painter.setPen(QPen(with_alpha(colour.darker(150), 0.7), max(1.0, width_px / 50)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(string)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(body)
        knot = QPainterPath(QPointF(0, height * 0.47))
        knot.lineTo(width_px * 0.07, height * 0.56)
        knot.lineTo(-width_px * 0.07, height * 0.56)
        painter.drawPath(knot)
        painter.drawPath(path)
        _gloss(painter, QRectF(-width_px * 0.3, -height * 0.38, width_px * 0.17, height * 0.3))

    return sprite(width_px * 1.2, height * 2.64, ratio, draw)


def _gloss(painter: QPainter, place: QRectF) -> None:
    painter.save()
    painter.translate(place.center())
    painter.rotate(24)
    painter.setBrush(with_alpha(QColor(Qt.GlobalColor.white), 0.5))
    painter.drawEllipse(QPointF(0, 0), place.width() / 2, place.height() / 2)
    painter.restore()
