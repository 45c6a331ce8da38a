"""Draws reactions as badges over the parts that they belong to."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from linqdesk.ui.theme import Fill, FontSize, Theme, mixed
from linqdesk.ui.thread.badges import Badge
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook

_RING_PX = 2
_EMOJI_PX = 14
_MINE_SHARE, _MINE_RING_PX = 0.16, 2
_STICKER_ICON_PX, _STICKER_RADIUS_PX = 24, 10


def paint_badge(painter: QPainter, badge: Badge, look: PieceLook) -> None:
    """Draw a sticker, or a badge with its ring in the colour of the window."""
    sticker = _sticker_pixmap(painter, badge, look)
    if sticker is not None:
        _paint_sticker(painter, badge.box, sticker)
    else:
        _paint_disc(painter, badge, look)


def _sticker_pixmap(painter: QPainter, badge: Badge, look: PieceLook) -> QPixmap | None:
    part = badge.sticker.sticker if badge.sticker is not None else None
    if part is None or look.pictures is None or look.message is None:
        return None
    message = replace(look.message, parts=(part,))
    side, ratio = round(badge.box.width()), painter.device().devicePixelRatio()
    return look.pictures.look_at(message, 0, side, side, ratio).pixmap


def _paint_sticker(painter: QPainter, box: QRectF, pixmap: QPixmap) -> None:
    """Draw a sticker as large as its box allows, in its own shape."""
    size = QSizeF(pixmap.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPointF(), size)
    place.moveCenter(box.center())
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))


def _paint_disc(painter: QPainter, badge: Badge, look: PieceLook) -> None:
    fill = _fill(badge, look.theme)
    radius = _STICKER_RADIUS_PX if badge.sticker is not None else badge.box.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.window)
    ring = badge.box.adjusted(-_RING_PX, -_RING_PX, _RING_PX, _RING_PX)
    painter.drawRoundedRect(ring, radius + _RING_PX, radius + _RING_PX)
    painter.setPen(_outline(badge, look.theme))
    painter.setBrush(fill.surface)
    painter.drawRoundedRect(badge.box, radius, radius)
    if badge.group is not None and badge.group.is_pending:
        _paint_waiting(painter, badge.box, fill)
    if badge.sticker is not None:
        draw_icon(painter, badge.box, "sticker", fill.text, _STICKER_ICON_PX)
    elif badge.group is None:
        strong = look.font(FontSize.META, QFont.Weight.DemiBold)
        draw_words(painter, badge.box, f"+{badge.hidden}", Ink(strong, fill.text, CENTRE))
    else:
        _paint_group(painter, badge, look, fill)


def _paint_waiting(painter: QPainter, box: QRectF, fill: Fill) -> None:
    """Draw a dotted ring within a badge: Linq has not told of our reaction yet."""
    painter.setPen(QPen(fill.text, 1, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)


def _paint_group(painter: QPainter, badge: Badge, look: PieceLook, fill: Fill) -> None:
    group = badge.group
    if group is None:
        return
    emoji = look.font(FontSize.BODY)
    emoji.setPixelSize(round(_EMOJI_PX * look.zoom))
    disc = QRectF(badge.box.topLeft(), badge.box.size())
    disc.setWidth(badge.box.height())
    draw_words(painter, disc, group.emoji, Ink(emoji, fill.text, CENTRE))
    if group.count > 1:
        strong = look.font(FontSize.META, QFont.Weight.DemiBold)
        rest = badge.box.adjusted(disc.width() - 3, 0, -4, 0)
        draw_words(painter, rest, str(group.count), Ink(strong, fill.text, CENTRE))


def _fill(badge: Badge, theme: Theme) -> Fill:
    if _is_mine(badge):
        # Light enough for the emoji to be seen: its ring, not its ground, is the accent.
        return Fill(mixed(theme.window, theme.accent, _MINE_SHARE), theme.text)
    return theme.incoming


def _outline(badge: Badge, theme: Theme) -> QPen:
    if _is_mine(badge):
        return QPen(theme.accent, _MINE_RING_PX)
    return QPen(theme.text, 1) if theme.outline_px else QPen(Qt.PenStyle.NoPen)


def _is_mine(badge: Badge) -> bool:
    return badge.group is not None and badge.group.is_mine
