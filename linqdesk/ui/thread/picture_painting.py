"""Draws pictures and the posters of videos in rounded boxes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.card_painting import paint_play_disc
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import PictureCell, PicturesPiece, VideoPiece

_WAITING_ICON_PX, _PLAY_PX = 28, 48
_FOOT_PX, _PAD_PX = 16, 10


def paint_pictures(painter: QPainter, piece: PicturesPiece, look: PieceLook) -> None:
    """Draw one picture or a grid of them."""
    path = look.outline(piece.box, has_tail=False)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    for cell in piece.cells:
        _paint_waiting(painter, cell, look)
    if piece.hidden:
        _paint_hidden(painter, piece.cells[-1].box, piece.hidden, look)
    painter.restore()
    _paint_edge(painter, path, look)


def paint_video(painter: QPainter, piece: VideoPiece, look: PieceLook) -> None:
    """Draw a video's poster with its play disc, name and size."""
    path = look.outline(piece.box, has_tail=False)
    poster = look.theme.poster
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(poster.surface)
    painter.drawPath(path)
    paint_play_disc(painter, piece.box, poster.text, poster.surface, _PLAY_PX)
    height = _FOOT_PX * look.zoom
    foot = QRectF(
        piece.box.left() + _PAD_PX + 2,
        piece.box.bottom() - height - _PAD_PX + 2,
        piece.box.width() - 2 * _PAD_PX - 4,
        height,
    )
    draw_words(painter, foot, piece.facts.detail, Ink(look.font(FontSize.META), poster.text))
    _paint_edge(painter, path, look)
    if piece.extent.covered(look.selected) is not None:
        painter.fillPath(path, look.theme.text_selection)


def _paint_waiting(painter: QPainter, cell: PictureCell, look: PieceLook) -> None:
    painter.fillRect(cell.box, look.theme.incoming.surface)
    draw_icon(painter, cell.box, "image", look.theme.text_secondary, _WAITING_ICON_PX)
    if cell.extent.covered(look.selected) is not None:
        painter.fillRect(cell.box, look.theme.text_selection)


def _paint_hidden(painter: QPainter, box: QRectF, count: int, look: PieceLook) -> None:
    """Say over the last cell how many pictures have none of their own."""
    veil = QColor(look.theme.poster.surface)
    veil.setAlphaF(0.6)
    painter.fillRect(box, veil)
    strong = look.font(FontSize.TITLE, QFont.Weight.DemiBold)
    draw_words(painter, box, f"+{count}", Ink(strong, look.theme.poster.text, CENTRE))


def _paint_edge(painter: QPainter, path: QPainterPath, look: PieceLook) -> None:
    """Outline a picture where the theme outlines everything."""
    if look.theme.outline_px:
        painter.setPen(QPen(look.theme.text, look.theme.outline_px))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
