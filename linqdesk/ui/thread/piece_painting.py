"""Draws each kind of piece by the module that knows it."""

from PySide6.QtGui import QPainter

from linqdesk.ui.thread.card_painting import paint_card
from linqdesk.ui.thread.film_painting import paint_video
from linqdesk.ui.thread.picture_painting import paint_pictures
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import (
    AppPiece,
    AudioPiece,
    EventPiece,
    FilePiece,
    LinkPiece,
    NotePiece,
    PicturesPiece,
    Piece,
    TextPiece,
    VideoPiece,
)
from linqdesk.ui.thread.sound_painting import paint_sound
from linqdesk.ui.thread.text_painting import paint_event, paint_note, paint_text


def paint_piece(painter: QPainter, piece: Piece, look: PieceLook) -> None:
    """Draw one piece."""
    match piece:
        case TextPiece():
            paint_text(painter, piece, look)
        case PicturesPiece():
            paint_pictures(painter, piece, look)
        case VideoPiece():
            paint_video(painter, piece, look)
        case AudioPiece():
            paint_sound(painter, piece, look)
        case FilePiece() | LinkPiece() | AppPiece():
            paint_card(painter, piece, look)
        case NotePiece():
            paint_note(painter, piece, look)
        case EventPiece():
            paint_event(painter, piece, look)
