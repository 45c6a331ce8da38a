"""Covers pieces written in invisible ink, and prepares the particles for it."""

from PySide6.QtGui import QColor, QPainter

from linqdesk.ui.effects.invisible_ink import InvisibleInk
from linqdesk.ui.theme import Fill
from linqdesk.ui.thread.moving_rows import InkMoment
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import Piece, TextPiece

_MOST_INKS = 8


class InkWell:
    """The particles that were needed so far, by colour and by the screen's pixels to a unit."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._inks: dict[tuple[str, float], InvisibleInk] = {}

    def of(self, colour: QColor, ratio: float) -> InvisibleInk:
        """Return particles of a colour."""
        key = (colour.name(), ratio)
        if key not in self._inks:
            if len(self._inks) >= _MOST_INKS:
                self._inks.clear()
            self._inks[key] = InvisibleInk(colour, ratio)
        return self._inks[key]


def paint_ink(painter: QPainter, piece: Piece, look: PieceLook, inks: InkWell, moment: InkMoment) -> None:
    """Cover a piece as far as it is not revealed; the ground is the bubble's, the particles its text's."""
    if moment.reveal >= 1.0:
        return
    is_bare = isinstance(piece, TextPiece) and piece.is_large
    ground = Fill(look.theme.window, look.theme.text) if is_bare else look.fill
    path = look.outline(piece.box)
    painter.save()
    painter.setOpacity(painter.opacity() * (1.0 - moment.reveal))
    look.draw_surface(painter, path, ground)
    painter.restore()
    inks.of(ground.text, painter.device().devicePixelRatioF()).paint(
        painter, path, moment.time_s, moment.reveal
    )
