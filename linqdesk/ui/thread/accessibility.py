"""Lets a screen reader read the thread: a list with an item for each message, buttons and all."""

from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QAccessibleWidget, QWidget
from typing_extensions import override

_KEPT_ITEMS = 2_000
# Qt takes None where there is nothing; its Python types do not say so.
_NOTHING = cast("QAccessibleInterface", None)


class _MessageItem(QAccessibleInterface):
    """One message."""

    def __init__(self, messages: "_MessageList", row: int) -> None:
        super().__init__()
        self._messages = messages
        self.row = row

    @property
    def _view(self) -> QAbstractItemView:
        return self._messages.view

    @override
    def isValid(self) -> bool:
        return self.row < self._messages.row_count

    @override
    def object(self) -> QObject:
        return cast("QObject", None)

    @override
    def parent(self) -> QAccessibleInterface:
        return self._messages

    @override
    def child(self, index: int, /) -> QAccessibleInterface:
        return _NOTHING

    @override
    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        return _NOTHING

    @override
    def childCount(self) -> int:
        return 0

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface, /) -> int:
        return -1

    @override
    def rect(self) -> QRect:
        view = self._view
        area = view.visualRect(view.model().index(self.row, 0))
        return QRect(view.viewport().mapToGlobal(area.topLeft()), area.size())

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._view.hasFocus() and self._view.currentIndex().row() == self.row
        state.offscreen = self._view.visualRect(self._view.model().index(self.row, 0)).isEmpty()
        return state

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        role = {
            QAccessible.Text.Name: Qt.ItemDataRole.AccessibleTextRole,
            QAccessible.Text.Description: Qt.ItemDataRole.AccessibleDescriptionRole,
        }.get(t)
        return "" if role is None else str(self._view.model().index(self.row, 0).data(role) or "")

    @override
    def setText(self, t: QAccessible.Text, text: str, /) -> None:
        """Do nothing: what was said cannot be changed here."""


class _MessageList(QAccessibleWidget):
    """The thread as a list."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self.view = view
        # Python must hold what Qt asks later; a row's item is the same each time.
        self._items: dict[int, _MessageItem] = {}

    @property
    def row_count(self) -> int:
        """How many messages are loaded."""
        return self.view.model().rowCount()

    @override
    def childCount(self) -> int:
        return self.row_count

    @override
    def child(self, index: int, /) -> QAccessibleInterface:
        if not 0 <= index < self.row_count:
            return _NOTHING
        return self._item(index)

    @override
    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        row = self.view.indexAt(self.view.viewport().mapFromGlobal(QPoint(x, y))).row()
        return self.child(row)

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return child.row if isinstance(child, _MessageItem) else -1

    @override
    def focusChild(self) -> QAccessibleInterface:
        return self.child(self.view.currentIndex().row())

    def _item(self, row: int) -> _MessageItem:
        item = self._items.get(row)
        if item is None:
            if len(self._items) >= _KEPT_ITEMS:
                self._items.pop(next(iter(self._items)))
            item = self._items[row] = _MessageItem(self, row)
            QAccessible.registerAccessibleInterface(item)
        return item


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say some words at the next pause."""
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, words)
        QAccessible.updateAccessibility(event)


class ThreadAccessibility:
    """Makes the interfaces that assistive technology asks for; install it once an application."""

    def __init__(self) -> None:
        """Make none yet."""
        self._lists: dict[int, _MessageList] = {}

    def install(self) -> None:
        """Answer Qt's questions for threads from now on."""
        QAccessible.installFactory(self._make)

    def _make(self, class_name: str, thing: QObject) -> QAccessibleInterface:
        if class_name != "ThreadView" or not isinstance(thing, QAbstractItemView):
            return _NOTHING
        key = id(thing)
        made = self._lists[key] = _MessageList(thing)
        thing.destroyed.connect(lambda: self._lists.pop(key, None))
        return made
