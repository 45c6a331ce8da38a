"""The window's columns: side by side, in turns where it is narrow, the right one on top in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget
from typing_extensions import override

from linqdesk.ui.theme import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LIST_PX, _LIST_MIN_PX, _LIST_MAX_PX = 320, 260, 440
_SIDE_PX, _SIDE_MIN_PX, _SIDE_MAX_PX = 320, 292, 392
# How much of the thread may lie under the side where text is large.
_SIDE_SHARE = 0.65
_NARROW_BELOW_PX, _OVERLAY_BELOW_PX = 900, 1180


class Columns(QWidget):
    """Shares the width among what stands at the left edge, the list, the thread and the side."""

    def __init__(self, chats: QWidget, area: QWidget, width_px: int, parent: QWidget) -> None:
        """Put list and thread side by side, for a window of this width."""
        super().__init__(parent)
        self._chats = chats
        self._area = area
        self._side: QWidget | None = None
        chats.setMinimumWidth(_LIST_MIN_PX)
        chats.setMaximumWidth(_LIST_MAX_PX)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(chats)
        self._splitter.addWidget(area)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST_PX, width_px - _LIST_PX])
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._splitter, 1)

    def put_left(self, widget: QWidget) -> None:
        """Put something of a fixed width at the left edge."""
        self._row.insertWidget(0, widget)

    def put_side(self, side: QWidget) -> None:
        """Take the right column; it is shown where it is visible."""
        self._side = side

    def is_narrow(self, width_px: int) -> bool:
        """Tell whether list and thread take turns in a window of this width."""
        return width_px < _NARROW_BELOW_PX

    def share(self, width_px: int, *, has_chat: bool) -> None:
        """Give the columns their room in a window of this width."""
        is_narrow = self.is_narrow(width_px)
        self._chats.setVisible(not is_narrow or not has_chat)
        self._area.setVisible(not is_narrow or has_chat)
        self._chats.setMaximumWidth(scaled(_LIST_MAX_PX) if not is_narrow else self.maximumWidth())
        if self._side is None or self._side.isHidden():
            return
        if width_px >= _OVERLAY_BELOW_PX:
            self._stand_beside(self._side)
        else:
            self._lie_on_top(self._side)

    def _stand_beside(self, side: QWidget) -> None:
        side.setMinimumWidth(min(scaled(_SIDE_MIN_PX), _SIDE_MAX_PX))
        side.setMaximumWidth(scaled(_SIDE_MAX_PX))
        if self._splitter.indexOf(side) < 0:
            self._splitter.addWidget(side)
            self._splitter.setSizes([self._chats.width(), self._area.width() - _SIDE_PX, _SIDE_PX])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what lies on top end where the columns end."""
        super().resizeEvent(event)
        side = self._side
        if side is not None and side.parentWidget() is self and not side.isHidden():
            self._lie_on_top(side)

    def _lie_on_top(self, side: QWidget) -> None:
        from linqdesk.ui.panels.chat_header import header_height_px

        if side.parentWidget() is not self:
            side.setParent(self)
        side.setMinimumWidth(0)
        area = self._splitter.geometry()
        # Under the header, whose button closes it again.
        header_px = header_height_px()
        top, height = area.top() + header_px, area.height() - header_px
        width = min(scaled(_SIDE_PX), round(area.width() * _SIDE_SHARE))
        side.setGeometry(area.right() - width, top, width + 1, height)
        side.show()
        side.raise_()

    def stand(self) -> str:
        """Return how the columns stand, as text to keep."""
        return bytes(self._splitter.saveState().toBase64().data()).decode("ascii")

    def stand_as(self, columns: str) -> None:
        """Stand as they stood before; nonsense is ignored."""
        if columns:
            self._splitter.restoreState(QByteArray.fromBase64(columns.encode("ascii", "ignore")))
