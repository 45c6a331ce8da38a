"""Drags as Qt delivers them to widgets."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files_data(paths: Iterable[Path | str]) -> QMimeData:
    """Return what a file manager gives: addresses, and the same as text."""
    data = QMimeData()
    names = [str(path) for path in paths]
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    data.setText("\n".join(names))
    return data


class Drag:
    """Something in somebody's hand over a widget."""

    def __init__(self, over: QWidget, data: QMimeData) -> None:
        self._over = over
        self._data = data

    def enter(self, point: QPoint) -> bool:
        """Come in at a point; tells whether a drop there would be taken, as the cursor shows it."""
        event = QDragEnterEvent(point, _ACTIONS, self._data, _LEFT, _NONE)
        QApplication.sendEvent(self._over, event)
        # As Qt's window does, which lets a move follow at once.
        return self.move(point) if event.isAccepted() else False

    def move(self, point: QPoint) -> bool:
        """Go to a point; tells whether a drop there would be taken, as the cursor shows it."""
        event = QDragMoveEvent(point, _ACTIONS, self._data, _LEFT, _NONE)
        QApplication.sendEvent(self._over, event)
        return event.isAccepted()

    def leave(self) -> None:
        """Go out again."""
        QApplication.sendEvent(self._over, QDragLeaveEvent())

    def drop(self, point: QPoint) -> bool:
        """Let go at a point; tells whether it was taken."""
        event = QDropEvent(QPointF(point), _ACTIONS, self._data, _LEFT, _NONE, QEvent.Type.Drop)
        QApplication.sendEvent(self._over, event)
        return event.isAccepted()
