"""Draws one tile of the tray: a picture or an icon, a name and a size, and the cross that removes it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.domain.tray import Entry
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, FontSize, Theme, font, scaled
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.tray.thumbnails import Thumbnails
from linqdesk.ui.tray.tray_model import TrayModel, TrayRole
from linqdesk.ui.tray.tray_words import facts_of

TILE_WIDTH_PX, TILE_HEIGHT_PX, THUMB_PX = 96, 120, 72
_PAD_PX, _LINE_PX, _ICON_PX, _CROSS_PX, _CROSS_ICON_PX, _REACH_PX = 6, 16, 28, 20, 12, 28
_TEXT_PX = 8


def tile_height_px() -> int:
    """Return how high a tile is with its two lines of words."""
    return TILE_HEIGHT_PX + 2 * (scaled(_LINE_PX) - _LINE_PX)


def cross_place(tile: QRect) -> QRect:
    """Return where a tile's cross can be hit."""
    thumb = _thumb_place(tile)
    reach = QRect(0, 0, _REACH_PX, _REACH_PX)
    reach.moveCenter(thumb.topRight().toPoint())
    return reach


def _thumb_place(tile: QRect) -> QRectF:
    return QRectF(tile.center().x() - THUMB_PX / 2 + 1, tile.top() + 2 * _PAD_PX, THUMB_PX, THUMB_PX)


class TilePainter(QStyledItemDelegate):
    """Paints tiles in a theme."""

    def __init__(self, model: TrayModel, thumbnails: Thumbnails, theme: Theme, parent: QWidget) -> None:
        """Paint for a tray."""
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every tile."""
        return QSize(TILE_WIDTH_PX, tile_height_px())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a tile."""
        entry, tile = self._model.entries[index.row()], QRect(option.rect)
        state, theme = option.state, self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover)
            painter.drawRoundedRect(QRectF(tile).adjusted(2, 2, -2, -2), RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
        self._paint_thumb(painter, _thumb_place(tile), entry, index)
        self._paint_lines(painter, tile, index)
        if entry is not None:
            self._paint_cross(painter, tile)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(tile).adjusted(2, 2, -2, -2), RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
        painter.restore()

    def _paint_thumb(
        self,
        painter: QPainter,
        place: QRectF,
        entry: Entry,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = self.theme
        outline = QPainterPath()
        outline.addRoundedRect(place, RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
        painter.fillPath(outline, theme.incoming.surface)
        if isinstance(entry, DraftFile):
            ratio = painter.device().devicePixelRatio()
            pixmap = None if entry.is_voice_memo else self._thumbnails.look_at(entry.file, ratio)
            if pixmap is not None:
                _paint_pixmap(painter, place, outline, pixmap)
            else:
                icon = "audio-lines" if entry.is_voice_memo else facts_of(entry.file).icon
                draw_icon(painter, place, icon, theme.text_secondary, _ICON_PX)
        else:
            self._paint_words(painter, place, str(index.data()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        is_typed = entry is None
        painter.setPen(QPen(theme.accent if is_typed else theme.hairline, FOCUS_RING_PX if is_typed else 1))
        painter.drawPath(outline)

    def _paint_words(self, painter: QPainter, place: QRectF, words: str) -> None:
        """Draw the beginning of a text as if it were a small page."""
        small = font(FontSize.META)
        painter.setFont(small)
        painter.setPen(self.theme.text)
        room = place.adjusted(_TEXT_PX, _TEXT_PX, -_TEXT_PX, -_TEXT_PX)
        # Whole lines only.
        line_px = QFontMetrics(small).lineSpacing()
        room.setHeight(int(room.height() / line_px) * line_px)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.save()
        painter.setClipRect(room)
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), words)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, tile: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = QRectF(tile.left() + _PAD_PX, _thumb_place(tile).bottom() + 2, tile.width() - 2 * _PAD_PX, 0)
        line_px = scaled(_LINE_PX)
        line.setHeight(line_px)
        small = font(FontSize.META)
        middle = Qt.TextElideMode.ElideMiddle
        draw_words(painter, line, str(index.data()), Ink(small, self.theme.text, CENTRE, middle))
        detail = str(index.data(TrayRole.DETAIL))
        draw_words(
            painter, line.translated(0, line_px - 1), detail, Ink(small, self.theme.text_secondary, CENTRE)
        )

    def _paint_cross(self, painter: QPainter, tile: QRect) -> None:
        disc = QRectF(0, 0, _CROSS_PX, _CROSS_PX)
        disc.moveCenter(QRectF(cross_place(tile)).center())
        painter.setPen(QPen(self.theme.window, FOCUS_RING_PX))
        painter.setBrush(self.theme.text)
        painter.drawEllipse(disc)
        draw_icon(painter, disc, "x", self.theme.window, _CROSS_ICON_PX)


def _paint_pixmap(painter: QPainter, place: QRectF, outline: QPainterPath, pixmap: QPixmap) -> None:
    """Fill a square with a picture; what has another shape loses its edges."""
    whole = QRectF(pixmap.rect())
    side = min(whole.width(), whole.height())
    source = QRectF(0, 0, side, side)
    source.moveCenter(whole.center())
    painter.save()
    painter.setClipPath(outline)
    painter.drawPixmap(place, pixmap, source)
    painter.restore()
