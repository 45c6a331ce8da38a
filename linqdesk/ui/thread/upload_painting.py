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
_SOUND_PX, _FILM_PX, _INSET_PX = 36, 48, 4


def paint_uploads(painter: QPainter, piece: Piece, look: PieceLook) -> None:
    """Draw a ring over each file of a piece that is on its way, and a warning over what did not get there.

    What can be played keeps the face of its player, with the ring within the disc.
    """
    match piece:
        case PicturesPiece():
            for cell in piece.cells:
                _paint_upload(painter, cell.box, _upload_of(cell.part, look), look, is_card=False)
        case FilePiece() if piece.part is not None:
            _paint_upload(painter, piece.places.icon, _upload_of(piece.part, look), look, is_card=True)
        case AudioPiece():
            colour = look.fill.surface if look.is_own else look.theme.on_accent
            _paint_within(painter, _disc(piece.player.disc, _SOUND_PX), _upload_of(piece.part, look), colour)
        case VideoPiece() if not _is_current(piece, look):
            colour = look.theme.poster.text
            _paint_within(painter, _disc(piece.box, _FILM_PX), _upload_of(piece.part, look), colour)
        case _:
            return


def _upload_of(part: MediaPart, look: PieceLook) -> Upload | None:
    return look.pictures.upload_of(part.attachment_id) if look.pictures is not None else None


def _is_current(piece: VideoPiece, look: PieceLook) -> bool:
    """Tell whether a video plays, and shows its controls in place of its disc."""
    if look.recordings is None or look.message is None:
        return False
    return look.recordings.is_current(look.message, piece.extent.part_index)


def _disc(around: QRectF, size_px: int) -> QRectF:
    disc = QRectF(0, 0, size_px, size_px)
    disc.moveCenter(around.center())
    return disc


def _paint_within(painter: QPainter, disc: QRectF, upload: Upload | None, colour: QColor) -> None:
    if upload is not None and upload.state.is_under_way:
        painter.save()
        ring = disc.adjusted(_INSET_PX, _INSET_PX, -_INSET_PX, -_INSET_PX)
        _paint_ring(painter, ring, _CARD_LINE_PX, colour, upload.progress)
        painter.restore()


def _paint_upload(
    painter: QPainter, place: QRectF, upload: Upload | None, look: PieceLook, *, is_card: bool
) -> None:
    if upload is None or not (upload.state.is_under_way or upload.state is UploadState.FAILED):
        return
    size, line = (_CARD_RING_PX, _CARD_LINE_PX) if is_card else (_RING_PX, _LINE_PX)
    disc = _disc(place, size)
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
