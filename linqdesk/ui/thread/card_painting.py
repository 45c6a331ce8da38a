"""Draws cards: files, links, and parts that cannot be shown."""

from typing import TypeAlias

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from linqdesk.ui.theme import RADIUS_BUTTON_PX, Fill, FontSize, mixed
from linqdesk.ui.thread.lettering import Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import AppPiece, CardPlaces, FilePiece, LinkPiece

_ICON_PX, _ACTION_ICON_PX = 22, 20
_TILE_SHARE, _QUIET_SHARE = 0.12, 0.66


Card: TypeAlias = FilePiece | LinkPiece | AppPiece


def paint_card(painter: QPainter, piece: Card, look: PieceLook) -> None:
    """Draw a card: what it is, what it is called, and what can be done with it."""
    look.draw_surface(painter, look.outline(piece.box), _fill(look))
    places = piece.places
    match piece:
        case FilePiece():
            _tile(painter, places.icon, piece.facts.icon, look)
            _words(painter, places, (piece.facts.name, piece.facts.detail), look)
        case LinkPiece():
            _tile(painter, places.icon, "globe", look)
            _words(painter, places, (piece.address.host, piece.address.words), look)
        case AppPiece():
            _tile(painter, places.icon, piece.icon, look)
            _words(painter, places, (piece.title, piece.detail), look)
    if places.action is not None:
        draw_icon(painter, places.action, "download", look.theme.accent, _ACTION_ICON_PX)
    if piece.extent.covered(look.selected) is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme.text_selection)
        painter.drawPath(look.outline(piece.box))


def _fill(look: PieceLook) -> Fill:
    return look.theme.incoming


def _tile(painter: QPainter, place: QRectF, icon: str, look: PieceLook) -> None:
    """Draw an icon on a tile; where the theme outlines surfaces the tile is outlined too."""
    theme = look.theme
    width = theme.outline_px
    painter.setPen(QPen(theme.text, 1) if width else Qt.PenStyle.NoPen)
    painter.setBrush(mixed(_fill(look).surface, theme.accent, _TILE_SHARE))
    painter.drawRoundedRect(place, RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
    draw_icon(painter, place, icon, theme.accent, _ICON_PX)


def _words(painter: QPainter, places: CardPlaces, words: tuple[str, str], look: PieceLook) -> None:
    """Draw the title over the detail; a name that is too long keeps its end, which tells its type."""
    theme, fill = look.theme, _fill(look)
    strong = look.font(FontSize.BODY, QFont.Weight.DemiBold)
    draw_words(painter, places.title, words[0], Ink(strong, fill.text, elide=Qt.TextElideMode.ElideMiddle))
    quiet = theme.text_secondary if theme.outline_px else mixed(fill.surface, fill.text, _QUIET_SHARE)
    draw_words(painter, places.detail, words[1], Ink(look.font(FontSize.META), quiet))
