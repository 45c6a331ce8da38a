"""What the pointer does in the thread: selecting text, activating parts, hovering."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from typing_extensions import override

from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.pieces import TextPiece
from linqdesk.ui.thread.targets import Target
from linqdesk.ui.thread.text_selection import TextSelection


class Pointer(QObject):
    """Listens to a view's viewport."""

    activated = Signal(int, object)
    reached = Signal(int, object)
    # Carries the row under the pointer, None for no row.
    hovered = Signal(object)

    def __init__(self, view: QAbstractItemView, arrangement: Arrangement, selected: TextSelection) -> None:
        """Listen from now on."""
        super().__init__(view)
        self._view = view
        self._arrangement = arrangement
        self._selected = selected
        self._is_dragging = False
        self._double_clicked_at: int = 0
        self._pressed: tuple[int, Target] | None = None
        self._reached: tuple[int, Target] | None = None
        self.hovered_row: int | None = None
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def forget(self) -> None:
        """Be over nothing until the pointer moves again: what was under it went elsewhere."""
        self._hover(None)
        self._reach(None)

    def let_go(self) -> None:
        """Select and activate nothing with the button that is pressed: something is dragged with it."""
        self._is_dragging, self._pressed = False, None
        self._selected.clear()

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
                    self._release(event)
                    return True
                case _:
                    return False
        if event.type() is QEvent.Type.Leave:
            self.forget()
        return False

    def _press(self, event: QMouseEvent) -> None:
        point = event.position()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        row = self._arrangement.row_at(point.y())
        # A finger presses without having hovered.
        self._hover(row)
        self._pressed = self._target_at(row, point)
        is_third = event.timestamp() - self._double_clicked_at < QApplication.doubleClickInterval()
        if is_third and self._double_clicked_at and row is not None:
            self._selected.select_row(row)
            return
        self._is_dragging = True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._selected.extend(point)
        else:
            self._selected.begin(point)

    def _release(self, event: QMouseEvent) -> None:
        """Activate what was pressed, unless the pointer went elsewhere or selected text on its way."""
        self._is_dragging = False
        point, pressed = event.position(), self._pressed
        self._pressed = None
        is_click = pressed is not None and not self._selected.text()
        if pressed is not None and is_click and self._target_at(pressed[0], point) == pressed:
            self.activated.emit(*pressed)

    def _move(self, event: QMouseEvent) -> None:
        point = event.position()
        row = self._arrangement.row_at(point.y())
        self._hover(row)
        if self._is_dragging:
            self._selected.extend(point)
        at = self._target_at(row, point)
        self._reach(at)
        self._view.viewport().setCursor(self._shape(row, at, point))

    def _shape(self, row: int | None, at: tuple[int, Target] | None, point: QPointF) -> Qt.CursorShape:
        if at is not None:
            return Qt.CursorShape.PointingHandCursor
        is_text = row is not None and self._is_over_text(row, point)
        return Qt.CursorShape.IBeamCursor if is_text else Qt.CursorShape.ArrowCursor

    def _hover(self, row: int | None) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.hovered.emit(row)
            self._view.viewport().update()

    def _reach(self, at: tuple[int, Target] | None) -> None:
        if at != self._reached:
            self._reached = at
            self.reached.emit(*(at or (-1, None)))

    def _target_at(self, row: int | None, point: QPointF) -> tuple[int, Target] | None:
        inner = self._within(row, point)
        target = None if row is None or inner is None else self._arrangement.layout_of(row).hit(inner)
        return None if row is None or target is None else (row, target)

    def _is_over_text(self, row: int, point: QPointF) -> bool:
        inner = self._within(row, point)
        if inner is None:
            return False
        pieces = self._arrangement.layout_of(row).pieces
        return any(isinstance(each, TextPiece) and each.box.contains(inner) for each in pieces)

    def _within(self, row: int | None, point: QPointF) -> QPointF | None:
        """Return a point of the viewport relative to a row, None where the row is not on screen."""
        top = self._arrangement.place_of(row) if row is not None else None
        return None if top is None else point - QPointF(0, top)
