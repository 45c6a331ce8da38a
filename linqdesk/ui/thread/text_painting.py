"""Draws texts in their bubbles, and the notes that stand where nothing was said."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QTextCharFormat

from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import EventPiece, NotePiece, TextPiece

_DASH = (4.0, 3.0)


def paint_text(painter: QPainter, piece: TextPiece, look: PieceLook) -> None:
    """Draw a text."""
    if not piece.is_large:
        look.draw_surface(painter, look.outline(piece.box), look.fill)
    selected = piece.extent.covered(look.selected)
    marks = [] if selected is None else [(*selected, _selection_mark(look, is_bare=piece.is_large))]
    painter.setPen(look.theme.text if piece.is_large else look.fill.text)
    if look.text_s is None or selected is not None or not piece.block.is_animated:
        piece.block.draw(painter, piece.text_at, marks)
    else:
        piece.block.draw_moving(painter, piece.text_at, marks, look.text_s)


def paint_note(painter: QPainter, piece: NotePiece, look: PieceLook) -> None:
    """Draw a note within a dashed outline."""
    pen = QPen(look.theme.text_secondary, 1)
    pen.setDashPattern(_DASH)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(look.outline(piece.box.adjusted(0.5, 0.5, -0.5, -0.5), has_tail=False))
    slanted = look.font(FontSize.BODY)
    slanted.setItalic(True)
    draw_words(painter, piece.box, piece.words, Ink(slanted, look.theme.text_secondary, CENTRE))


def paint_event(painter: QPainter, piece: EventPiece, look: PieceLook) -> None:
    """Draw a system event."""
    if piece.extent.covered(look.selected) is not None:
        painter.fillRect(piece.box, look.theme.text_selection)
    small = look.font(FontSize.META)
    draw_words(painter, piece.box, piece.words, Ink(small, look.theme.text_secondary, CENTRE))


def _selection_mark(look: PieceLook, *, is_bare: bool) -> QTextCharFormat:
    mark = QTextCharFormat()
    if look.is_own and not is_bare:
        # On a coloured bubble the usual tint would not be seen: turn the colours round.
        mark.setBackground(QBrush(look.fill.text))
        mark.setForeground(QBrush(look.fill.surface))
    else:
        mark.setBackground(QBrush(look.theme.text_selection))
    return mark
