"""Draws the rows of a thread where they stand, and a picture of one bubble for the effects that show it."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from linqdesk.domain.ids import RowKey
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.effects.screen_overlay import Target
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.message_words import sender_name, sender_number
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.ink_painting import InkWell
from linqdesk.ui.thread.name_painting import Who
from linqdesk.ui.thread.painting import RowLook, RowPainter
from linqdesk.ui.thread.row_layout import RowLayout

_MARGIN_PX = 8.0
_TALLEST_PX = 260.0


class RowDrawing:
    """Draws rows of one model as they are arranged; what they look like is told each time."""

    def __init__(self, cache: CacheView, messages: MessageListModel, arrangement: Arrangement) -> None:
        """Draw rows of a model."""
        self._cache = cache
        self._messages = messages
        self._arrangement = arrangement
        self._inks = InkWell()

    def is_within(self, area: QRect, row: int, y_px: float) -> bool:
        """Tell whether a row that begins at some place of the viewport reaches into an area of it."""
        return y_px <= area.bottom() and y_px + self._arrangement.layout_of(row).height_px >= area.top()

    def paint(self, painter: QPainter, row: int, y_px: float, look: RowLook) -> None:
        """Draw a row that begins at some place of the viewport."""
        content = self._messages.row_at(row)
        name = sender_name(content, self._cache)
        who = Who(name, sender_number(content, name))
        painter.save()
        painter.translate(0, round(y_px))
        RowPainter(painter, look, self._inks).paint(content, self._arrangement.layout_of(row), who)
        painter.restore()

    def target_of(self, key: RowKey, look: RowLook, ratio: float) -> Target:
        """Return where a message is and what it looks like, as far as it is on screen.

        Args:
            key: the message's row.
            look: how rows look that nobody touches.
            ratio: the screen's pixels to a device-independent one.
        """
        position = self._messages.position_of(key)
        top = self._arrangement.place_of(position) if position is not None else None
        if position is None or top is None:
            return Target()
        layout = self._arrangement.layout_of(position)
        picture = self._picture(self._messages.row_at(position), layout, look, ratio)
        return Target(layout.bubble.translated(0, round(top)), picture)

    def _picture(self, row: ThreadRow, layout: RowLayout, look: RowLook, ratio: float) -> QPixmap:
        """Return the pieces of a row as they look; of a very tall one its upper part."""
        place = layout.bubble.adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        place.setHeight(min(place.height(), _TALLEST_PX))
        picture = QPixmap(round(place.width() * ratio), round(place.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(QPointF(0, 0) - place.topLeft())
            RowPainter(painter, look, self._inks).paint_pieces(row, layout)
        return picture
