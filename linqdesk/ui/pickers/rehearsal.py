"""Plays any effect over a sample of a message, by the painters that play those that arrive."""

import zlib
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from linqdesk.domain.message import Effect
from linqdesk.ui.effects.bubble_motion import INVISIBLE, BubbleMotion, motion
from linqdesk.ui.effects.invisible_ink import InvisibleInk, covered
from linqdesk.ui.effects.pose import share, take
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.effects.screen.scene import Scene
from linqdesk.ui.theme import RADIUS_BUBBLE_PX, Fill, FontSize, Theme, font

_MARGIN_PX = 8.0
_PAD_X_PX, _PAD_Y_PX = 14.0, 8.0
_INK_S, _REVEAL_S = 2.6, 0.5
# The moments at which a bubble effect is told best by one picture.
_STILLS_S = {"slam": 0.16, "loud": 0.45, "gentle": 0.75, INVISIBLE: 0.8}


@dataclass(frozen=True, slots=True)
class Sample:
    """A message's bubble as a picture, with a margin of 8 px around it, and the fill it is drawn in."""

    picture: QPixmap
    box: QRectF
    fill: Fill
    ratio: float


def sample(words: str, fill: Fill, theme: Theme, area: QRectF, ratio: float) -> Sample:
    """Return an own bubble with words on one line, at the lower right of an area.

    Args:
        words: what it says; cut where the area has no room.
        fill: the colours of the service.
        theme: for its outline.
        area: where it stands.
        ratio: the screen's pixels to a device-independent one.
    """
    lettering = font(FontSize.BODY)
    metrics = QFontMetricsF(lettering)
    room = area.width() * 0.7 - 2 * _PAD_X_PX
    line = metrics.elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, room)
    width = metrics.horizontalAdvance(line) + 2 * _PAD_X_PX
    height = metrics.height() + 2 * _PAD_Y_PX
    corner = area.bottomRight() - QPointF(width + 16, height + 24)
    picture = QPixmap(round((width + 2 * _MARGIN_PX) * ratio), round((height + 2 * _MARGIN_PX) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_MARGIN_PX, _MARGIN_PX)
        painter.setPen(fill.text if theme.outline_px else Qt.PenStyle.NoPen)
        painter.setBrush(fill.surface)
        box = QRectF(0, 0, width, height)
        painter.drawRoundedRect(box, RADIUS_BUBBLE_PX, RADIUS_BUBBLE_PX)
        painter.setPen(fill.text)
        painter.setFont(lettering)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)
    return Sample(picture, QRectF(corner.x(), corner.y(), width, height), fill, ratio)


class Rehearsal:
    """One playing of an effect: what it shows depends on the time alone."""

    def __init__(self, effect: Effect, shown: Sample, area: QRectF, *, is_dark: bool) -> None:
        """Prepare an effect of the API's names.

        Raises:
            KeyError: this version does not know the effect.
        """
        self._shown = shown
        self._motion: BubbleMotion | None = None
        self._ink: InvisibleInk | None = None
        self._screen = None
        if effect.name == INVISIBLE:
            self._ink = InvisibleInk(shown.fill.text, shown.ratio)
            self.duration_s = _INK_S
        elif effect.kind == "bubble":
            self._motion = motion(effect.name, shown.box.width())
            self.duration_s = self._motion.duration_s if self._motion is not None else 0.0
        else:
            scene = Scene(area, is_dark, shown.ratio, shown.box, shown.picture)
            self._screen = SCREEN_EFFECTS[effect.name](scene, zlib.crc32(effect.name.encode()))
            self.duration_s = self._screen.duration_s
        self.still_s = self._screen.still_s if self._screen else _STILLS_S.get(effect.name, 0.0)

    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the message and its effect at a time from 0 to `duration_s` seconds."""
        painter.save()
        if self._motion is not None:
            box, down = self._shown.box, self._motion.pivot_share
            take(painter, self._motion.at(time_s), QPointF(box.right(), box.top() + box.height() * down))
        painter.drawPixmap(self._shown.box.topLeft() - QPointF(_MARGIN_PX, _MARGIN_PX), self._shown.picture)
        painter.restore()
        if self._ink is not None:
            self._paint_ink(painter, self._ink, time_s)
        if self._screen is not None and time_s < self.duration_s:
            self._screen.paint(painter, time_s)

    def _paint_ink(self, painter: QPainter, ink: InvisibleInk, time_s: float) -> None:
        """Cover the words, and let them be seen at the end."""
        reveal = share(time_s, self.duration_s - _REVEAL_S, self.duration_s)
        path = covered(self._shown.box, RADIUS_BUBBLE_PX)
        painter.save()
        painter.setOpacity(painter.opacity() * (1.0 - reveal))
        painter.fillPath(path, self._shown.fill.surface)
        painter.restore()
        ink.paint(painter, path, time_s, reveal)
