"""Draws over the files that we send how far each has come on its way to Linq."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from linqdesk.domain.message import MediaPart
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import AudioPiece, FilePiece, PicturesPiece, Piece, VideoPiece

_RING_PX, _LINE_PX, _CARD_RING_PX, _CARD_LINE_PX, _CARD_ICON_PX = 44, 3, 32, 2, 14
_ICON_PX, _VEIL_ALPHA, _FAINT_ALPHA, _SIXTEENTHS, _TOP, _TURN = 20, 0.62, 0.4, 16, 90, 360


def paint_uploads(painter: QPainter, piece: Piece, look: PieceLook) -> None:
    """Draw a ring over each file of a piece that is on its way, and a warning over what did not get there."""
    for part, place, is_card in _places(piece):
        upload = look.pictures.upload_of(part.attachment_id) if look.pictures is not None else None
        if upload is not None and (upload.state.is_under_way or upload.state is UploadState.FAILED):
            _paint_upload(painter, place, upload, look, is_card=is_card)


def _places(piece: Piece) -> list[tuple[MediaPart, QRectF, bool]]:
    """Return the files of a piece with the middle of what stands for each, and whether that is small."""
    match piece:
        case PicturesPiece():
            return [(cell.part, cell.box, False) for cell in piece.cells]
        case VideoPiece():
            return [(piece.part, piece.box, False)]
        case AudioPiece():
            return [(piece.part, piece.player.disc, True)]
        case FilePiece() if piece.part is not None:
            return [(piece.part, piece.places.icon, True)]
        case _:
            return []


def _paint_upload(
    painter: QPainter, place: QRectF, upload: Upload, look: PieceLook, *, is_card: bool
) -> None:
    size, line = (_CARD_RING_PX, _CARD_LINE_PX) if is_card else (_RING_PX, _LINE_PX)
    disc = QRectF(0, 0, size, size)
    disc.moveCenter(place.center())
    fill = look.theme.poster
    veil = QColor(fill.surface)
    veil.setAlphaF(1.0 if is_card else _VEIL_ALPHA)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawEllipse(disc)
    if upload.state.is_under_way:
        ring = disc.adjusted(line + 1, line + 1, -line - 1, -line - 1)
        _paint_ring(painter, ring, line, fill.text, upload.progress)
    painter.restore()
    if upload.state is UploadState.RUNNING and not is_card:
        ink = Ink(look.font(FontSize.META, QFont.Weight.DemiBold), fill.text, CENTRE)
        draw_words(painter, disc, f"{upload.progress:.0%}", ink)
    else:
        icon = "triangle-alert" if upload.state is UploadState.FAILED else "arrow-up"
        draw_icon(painter, disc, icon, fill.text, _CARD_ICON_PX if is_card else _ICON_PX)


def _paint_ring(painter: QPainter, ring: QRectF, line_px: int, colour: QColor, progress: float) -> None:
    """Draw a faint ring and over it the share that has left, from the top clockwise."""
    faint = QColor(colour)
    faint.setAlphaF(_FAINT_ALPHA)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, line_px))
    painter.drawEllipse(ring)
    painter.setPen(QPen(colour, line_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(ring, _TOP * _SIXTEENTHS, -round(progress * _TURN * _SIXTEENTHS))
