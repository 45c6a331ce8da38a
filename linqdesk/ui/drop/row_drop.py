"""Lets files be dropped on a chat in the list; a chat over which they are held opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, Qt
from typing_extensions import override

from linqdesk.store.view import ChatSummary
from linqdesk.ui.models.roles import ChatRole

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QListView

    from linqdesk.domain.ids import ChatId

OPENS_AFTER_MS = 600
_EDGE_PX, _STEP_PX = 28, 16


class RowDrop(QObject):
    """Watches the drags over the list of chats; a drop puts files into a draft and sends nothing."""

    opened = Signal(object)
    """The ChatId of the chat over which something was held."""
    dropped = Signal(object, object)
    """A ChatId and the sources, a tuple of FileSource."""
    pointed = Signal(object)
    """The ChatId over which the drag is, None where nothing can be dropped."""

    def __init__(self, chats: QListView) -> None:
        """Watch a list."""
        super().__init__(chats)
        self._chats = chats
        self._chat_id: ChatId | None = None
        self.holding = QTimer(self)
        self.holding.setSingleShot(True)
        self.holding.setInterval(OPENS_AFTER_MS)
        self.holding.timeout.connect(self._on_held)
        chats.viewport().setAcceptDrops(True)
        chats.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of drags; a drag enter event is a move event too, so it is asked first."""
        match event:
            case QDragEnterEvent():
                return self._enter(event)
            case QDragMoveEvent():
                self._move(event)
                return True
            case QDropEvent():
                self._drop(event)
                return True
            case _ if event.type() is QEvent.Type.DragLeave:
                self._point_at(None)
                return True
            case _:
                return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        from linqdesk.ui.drop.drop_offer import brings_files

        if not brings_files(event.mimeData()):
            return False
        # Without this Qt would not tell of its moves, which say whether the chat takes anything.
        event.accept()
        return True

    def _move(self, event: QDragMoveEvent) -> None:
        point = event.position().toPoint()
        self._scroll(point)
        self._point_at(self._chat_at(point))
        if self._chat_id is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def _drop(self, event: QDropEvent) -> None:
        chat_id = self._chat_at(event.position().toPoint())
        self._point_at(None)
        if chat_id is None:
            event.ignore()
            return
        from linqdesk.ui.drop.drop_offer import sources_of

        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(chat_id, sources_of(event.mimeData()))

    def _chat_at(self, point: QPoint) -> ChatId | None:
        """Return the chat at a point unless nothing can be sent to it."""
        summary = self._chats.indexAt(point).data(ChatRole.SUMMARY)
        return summary.chat.id if isinstance(summary, ChatSummary) and summary.lock is None else None

    def _point_at(self, chat_id: ChatId | None) -> None:
        if chat_id == self._chat_id:
            return
        self._chat_id = chat_id
        self.holding.stop()
        if chat_id is not None:
            self.holding.start()
        self.pointed.emit(chat_id)

    def _on_held(self) -> None:
        if self._chat_id is not None:
            self.opened.emit(self._chat_id)

    def _scroll(self, point: QPoint) -> None:
        """Scroll while something is dragged along the upper or lower edge."""
        bar = self._chats.verticalScrollBar()
        if point.y() < _EDGE_PX:
            bar.setValue(bar.value() - _STEP_PX)
        elif point.y() > self._chats.viewport().height() - _EDGE_PX:
            bar.setValue(bar.value() + _STEP_PX)
