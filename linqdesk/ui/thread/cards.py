"""The geometry of cards: an icon, a title over a detail, and where something can be done. Pure."""

from PySide6.QtCore import QRectF

from linqdesk.ui.thread.metrics import CARD_WIDTH_PX, PAD_X_PX, Style
from linqdesk.ui.thread.pieces import CardPlaces

ICON_TILE_PX = 40
ACTION_PX = 32
_PAD_PX = 12
_LINE_GAP_PX = 2


def card_box(style: Style, room_px: float) -> QRectF:
    """Return the size of a card within a room, at the origin."""
    lines = style.body_px + _LINE_GAP_PX + style.meta_px
    width = min(CARD_WIDTH_PX * max(1.0, style.zoom * 0.85), room_px)
    return QRectF(0, 0, round(width), max(ICON_TILE_PX, lines) + 2 * _PAD_PX)


def card_places(box: QRectF, style: Style, *, has_action: bool) -> CardPlaces:
    """Return where what stands on a card is, relative to what the box is relative to."""
    icon = QRectF(box.left() + _PAD_PX, box.center().y() - ICON_TILE_PX / 2, ICON_TILE_PX, ICON_TILE_PX)
    action = None
    right = box.right() - PAD_X_PX - 2
    if has_action:
        action = QRectF(
            box.right() - _PAD_PX + 4 - ACTION_PX, box.center().y() - ACTION_PX / 2, ACTION_PX, ACTION_PX
        )
        right = action.left() - 4
    left = icon.right() + _PAD_PX
    lines = style.body_px + _LINE_GAP_PX + style.meta_px
    top = box.center().y() - lines / 2
    title = QRectF(left, top, right - left, style.body_px)
    detail = QRectF(left, title.bottom() + _LINE_GAP_PX, right - left, style.meta_px)
    return CardPlaces(icon, title, detail, action)
