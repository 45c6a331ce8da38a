"""Drags as Qt delivers them to widgets."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_LEFT = Qt.MouseButton.LeftButton
# With it a file manager wishes to move what is dragged.
SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier


def files_data(paths: Iterable[Path | str]) -> QMimeData:
    """Return what a file manager gives: addresses, and the same as text."""
    data = QMimeData()
    names = [str(path) for path in paths]
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    data.setText("\n".join(names))
    return data


class Drag:
    """Something in somebody's hand over a widget."""

    def __init__(self, over: QWidget, data: QMimeData, keys: Qt.KeyboardModifier = _NONE) -> None:
        self._keys = keys
        self._over = over
        self._data = data
        self.actions: list[Qt.DropAction] = []
        """What the widget said to each move and drop that it would do with what is dragged."""

    def enter(self, point: QPoint) -> bool:
        """Come in at a point; tells whether a drop there would be taken, as the cursor shows it."""
        event = QDragEnterEvent(point, _ACTIONS, self._data, _LEFT, self._keys)
        QApplication.sendEvent(self._over, event)
        # As Qt's window does, which lets a move follow at once.
        return self.move(point) if event.isAccepted() else False

    def move(self, point: QPoint) -> bool:
        """Go to a point; tells whether a drop there would be taken, as the cursor shows it."""
        event = QDragMoveEvent(point, _ACTIONS, self._data, _LEFT, self._keys)
        QApplication.sendEvent(self._over, event)
        return self._answer(event)

    def leave(self) -> None:
        """Go out again."""
        QApplication.sendEvent(self._over, QDragLeaveEvent())

    def drop(self, point: QPoint) -> bool:
        """Let go at a point; tells whether it was taken."""
        event = QDropEvent(QPointF(point), _ACTIONS, self._data, _LEFT, self._keys, QEvent.Type.Drop)
        QApplication.sendEvent(self._over, event)
        return self._answer(event)

    def _answer(self, event: QDropEvent) -> bool:
        self.actions.append(event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction)
        return event.isAccepted()
