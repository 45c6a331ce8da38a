"""What the pointer does in the thread: selecting text, asking for more, hovering."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from typing_extensions import override

from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.text_selection import TextSelection


class Pointer(QObject):
    """Listens to a view's viewport."""

    more_wanted = Signal(int)

    def __init__(self, view: QAbstractItemView, arrangement: Arrangement, selected: TextSelection) -> None:
        """Listen from now on."""
        super().__init__(view)
        self._view = view
        self._arrangement = arrangement
        self._selected = selected
        self._is_dragging = False
        self._double_clicked_at: int = 0
        self.hovered_row: int | None = None
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the pointer's events; everything else goes its way."""
        if isinstance(event, QMouseEvent):
            match event.type():
                case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                    self._press(event)
                    return True
                case QEvent.Type.MouseButtonDblClick:
                    self._double_clicked_at = event.timestamp()
                    self._selected.select_word(event.position())
                    return True
                case QEvent.Type.MouseMove:
                    self._move(event)
                    return True
                case QEvent.Type.MouseButtonRelease:
                    self._is_dragging = False
                    return True
                case _:
                    return False
        if event.type() is QEvent.Type.Leave:
            self._hover(None)
        return False

    def _press(self, event: QMouseEvent) -> None:
        point = event.position()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        row = self._arrangement.row_at(point.y())
        if row is not None and self._asks_for_more(row, point):
            self.more_wanted.emit(row)
            return
        is_third = event.timestamp() - self._double_clicked_at < QApplication.doubleClickInterval()
        if is_third and self._double_clicked_at and row is not None:
            self._selected.select_row(row)
            return
        self._is_dragging = True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._selected.extend(point)
        else:
            self._selected.begin(point)

    def _move(self, event: QMouseEvent) -> None:
        point = event.position()
        row = self._arrangement.row_at(point.y())
        self._hover(row)
        if self._is_dragging:
            self._selected.extend(point)
        over_text = row is not None and self._is_over_bubble(row, point)
        shape = Qt.CursorShape.IBeamCursor if over_text else Qt.CursorShape.ArrowCursor
        self._view.viewport().setCursor(shape)

    def _hover(self, row: int | None) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self._view.viewport().update()

    def _asks_for_more(self, row: int, point: QPointF) -> bool:
        top = self._arrangement.place_of(row)
        more = self._arrangement.layout_of(row).more
        return top is not None and more is not None and more.contains(point - QPointF(0, top))

    def _is_over_bubble(self, row: int, point: QPointF) -> bool:
        top = self._arrangement.place_of(row)
        return top is not None and self._arrangement.layout_of(row).bubble.contains(point - QPointF(0, top))
