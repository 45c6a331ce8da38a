"""Draws pictures in rounded boxes, and what is in the way of seeing them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from linqdesk.store.media import MediaState
from linqdesk.ui.media.pictures import PictureLook
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import PictureCell, PicturesPiece

_STATE_ICON_PX = 28
_FOOT_PX, _PAD_PX, _STATE_GAP_PX = 16, 10, 6
_BAR_PX, _BAR_SHARE, _BAR_MAX_PX = 4, 0.5, 120
_WORDS_FROM_PX = 96
_WAITING = PictureLook(MediaState.WAITING)


def paint_pictures(painter: QPainter, piece: PicturesPiece, look: PieceLook) -> None:
    """Draw one picture or a grid of them."""
    path = look.outline(piece.box, has_tail=False)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    for cell in piece.cells:
        _paint_cell(painter, cell, look)
    if piece.hidden:
        _paint_hidden(painter, piece.cells[-1].box, piece.hidden, look)
    painter.restore()
    _paint_edge(painter, path, look)


def _paint_cell(painter: QPainter, cell: PictureCell, look: PieceLook) -> None:
    seen = _look_at(painter, cell, look)
    if seen.pixmap is not None:
        _paint_pixmap(painter, cell.box, seen.pixmap, look)
    else:
        _paint_state(painter, cell.box, seen, look)
    if cell.extent.covered(look.selected) is not None:
        painter.fillRect(cell.box, look.theme.text_selection)


def _look_at(painter: QPainter, cell: PictureCell, look: PieceLook) -> PictureLook:
    if look.pictures is None or look.message is None:
        return _WAITING
    ratio = painter.device().devicePixelRatio()
    width, height = round(cell.box.width()), round(cell.box.height())
    return look.pictures.look_at(look.message, cell.extent.part_index, width, height, ratio)


def _paint_pixmap(painter: QPainter, box: QRectF, pixmap: QPixmap, look: PieceLook) -> None:
    """Fill a box with a picture; what has another shape than its box loses its edges."""
    if pixmap.hasAlphaChannel():
        painter.fillRect(box, look.theme.incoming.surface)
    whole = QRectF(pixmap.rect())
    if whole.isEmpty():
        return
    scale = min(whole.width() / box.width(), whole.height() / box.height())
    source = QRectF(0, 0, box.width() * scale, box.height() * scale)
    source.moveCenter(whole.center())
    painter.drawPixmap(box, pixmap, source)


def _paint_state(painter: QPainter, box: QRectF, seen: PictureLook, look: PieceLook) -> None:
    """Say why there is no picture yet, or none at all."""
    painter.fillRect(box, look.theme.incoming.surface)
    is_coming = seen.state in {MediaState.WAITING, MediaState.LOADING, MediaState.READY}
    is_lost = seen.state in {MediaState.GONE, MediaState.FAILED}
    icon, colour = ("image-off" if is_lost else "image"), look.theme.text_secondary
    lines = _lines(seen, is_coming=is_coming) if box.width() >= _WORDS_FROM_PX else []
    line = round(_FOOT_PX * look.zoom)
    height = _STATE_ICON_PX + len(lines) * line + (_STATE_GAP_PX if lines else 0)
    place = QRectF(box.left(), box.center().y() - height / 2, box.width(), _STATE_ICON_PX)
    draw_icon(painter, place, icon, colour, _STATE_ICON_PX)
    place = QRectF(box.left() + _PAD_PX, place.bottom() + _STATE_GAP_PX, box.width() - 2 * _PAD_PX, line)
    for number, words in enumerate(lines):
        is_act = seen.can_retry and number == len(lines) - 1
        weight = QFont.Weight.DemiBold if is_act else QFont.Weight.Normal
        ink = Ink(look.font(FontSize.META, weight), look.theme.accent if is_act else colour, CENTRE)
        draw_words(painter, place, words, ink)
        place.translate(0, line)
    if seen.state is MediaState.LOADING and seen.progress is not None:
        _paint_progress(painter, box, seen.progress, look)


def _lines(seen: PictureLook, *, is_coming: bool) -> list[str]:
    if is_coming:
        return [f"{seen.progress:.0%}"] if seen.progress is not None else []
    act = "Load" if seen.state is MediaState.TOO_LARGE else "Retry"
    return [seen.words, act] if seen.can_retry else [seen.words]


def _paint_progress(painter: QPainter, box: QRectF, share: float, look: PieceLook) -> None:
    width = min(box.width() * _BAR_SHARE, _BAR_MAX_PX)
    bar = QRectF(box.center().x() - width / 2, box.bottom() - 2 * _PAD_PX, width, _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.hairline)
    painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
    bar.setWidth(max(_BAR_PX, width * share))
    painter.setBrush(look.theme.accent)
    painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)


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
