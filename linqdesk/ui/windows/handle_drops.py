"""Takes handles that are dropped onto groups in the list of chats, and onto the button that begins a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.chat import Chat
    from linqdesk.domain.ids import ChatId, Handle
    from linqdesk.store.view import CacheView
    from linqdesk.ui.chat_list.chat_list_panel import ChatListView

_ON = True


class GroupDrops(QObject):
    """Watches a list of chats; what is no handle is left to the list itself."""

    dropped = Signal(object, object)
    """A ChatId and the tuple of handles that were dropped onto it."""

    def __init__(self, chats: ChatListView, cache: CacheView) -> None:
        """Watch a list."""
        super().__init__(chats)
        self._chats = chats
        self._cache = cache
        chats.viewport().setAcceptDrops(_ON)
        chats.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take handles over groups that they may join, and refuse them elsewhere."""
        if not isinstance(event, QDropEvent):
            return False
        from linqdesk.ui.handle_drag import dragged_handles

        handles = dragged_handles(event.mimeData())
        if not handles:
            return False
        chat_id = self._target(event, handles)
        event.setDropAction(Qt.DropAction.CopyAction)
        if event.type() is QEvent.Type.DragEnter:
            event.accept()
        else:
            event.setAccepted(chat_id is not None)
        if event.type() is QEvent.Type.Drop and chat_id is not None:
            self.dropped.emit(chat_id, handles)
        return True

    def _target(self, event: QDropEvent, handles: tuple[Handle, ...]) -> ChatId | None:
        index = self._chats.indexAt(event.position().toPoint())
        if not index.isValid():
            return None
        summary = self._cache.summary(self._chats.chats.chat_at(index.row()))
        if summary is None:
            return None
        from linqdesk.domain.group_changes import expected

        after = expected(summary.chat, tuple(each.change for each in summary.changes))
        return after.id if _may_join(after, handles) else None


class ButtonDrops(QObject):
    """Watches a button onto which people can be dropped."""

    dropped = Signal(object)

    def __init__(self, button: QWidget) -> None:
        """Watch a button."""
        super().__init__(button)
        button.setAcceptDrops(_ON)
        button.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take handles and nothing else."""
        if not isinstance(event, QDropEvent):
            return False
        from linqdesk.ui.handle_drag import dragged_handles

        handles = dragged_handles(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(handles))
        if event.type() is QEvent.Type.Drop and handles:
            self.dropped.emit(handles)
        return True


def _may_join(chat: Chat, handles: tuple[Handle, ...]) -> bool:
    from linqdesk.domain.rules import check_add_participant

    return all(not check_add_participant(chat, each) for each in handles)
