"""Lets a screen reader read the thread: a list with an item for each message, and its parts within."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override

from linqdesk.ui.thread.rows_view import RowsView
from linqdesk.ui.thread.spoken_parts import SpokenPart

_KEPT_ITEMS = 2_000
# Qt takes None where there is nothing; its Python types do not say so.
_NOTHING = cast("QAccessibleInterface", None)


class _PartItem(QAccessibleInterface):
    """A link, a file, a reaction or whatever else of a message can be reached.

    It can be found and read; pressing is left to the keys and the pointer: an interface of actions on
    what is no widget was seen to crash Qt.
    """

    def __init__(self, message: "_MessageItem", index: int) -> None:
        super().__init__()
        self._message = message
        self.index = index

    @property
    def _part(self) -> SpokenPart | None:
        parts = self._message.parts
        return parts[self.index] if self.index < len(parts) else None

    @override
    def isValid(self) -> bool:
        return self._message.isValid() and self._part is not None

    @override
    def object(self) -> QObject:
        return cast("QObject", None)

    @override
    def parent(self) -> QAccessibleInterface:
        return self._message

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
        part = self._part
        return self._message.on_screen(part.box) if part is not None else QRect()

    @override
    def role(self) -> QAccessible.Role:
        part = self._part
        return part.role if part is not None else QAccessible.Role.NoRole

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        part = self._part
        state.focusable = True
        state.focused = part is not None and part.is_reached
        return state

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        part = self._part
        return part.words if part is not None and t is QAccessible.Text.Name else ""

    @override
    def setText(self, t: QAccessible.Text, text: str, /) -> None:
        """Do nothing: what was said cannot be changed here."""


class _MessageItem(QAccessibleInterface):
    """One message; its parts, then the controls over it, are found while it is on screen."""

    def __init__(self, messages: "_MessageList", row: int) -> None:
        super().__init__()
        self._messages = messages
        self._items: dict[int, _PartItem] = {}
        self.row = row

    @property
    def _view(self) -> RowsView:
        return self._messages.view

    @property
    def parts(self) -> Sequence[SpokenPart]:
        """What can be found within it now."""
        return self._view.spoken_parts(self.row)

    @property
    def controls(self) -> list[QWidget]:
        """What stands over it now and can be pressed: Retry, a player's controls, the way to the newest."""
        ignored = Qt.WidgetAttribute.WA_TransparentForMouseEvents
        place = self._place
        children = self._view.viewport().children() if place.isValid() else []
        shown = [each for each in children if isinstance(each, QWidget) and each.isVisible()]
        return [
            each
            for each in shown
            if place.contains(each.geometry().center()) and not each.testAttribute(ignored)
        ]

    @property
    def _place(self) -> QRect:
        return self._view.visualRect(self._view.model().index(self.row, 0))

    def on_screen(self, box: QRect) -> QRect:
        """Return a place of the viewport on the screen."""
        return QRect(self._view.viewport().mapToGlobal(box.topLeft()), box.size())

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
        if not 0 <= index < self.childCount():
            return _NOTHING
        if index >= len(self.parts):
            return QAccessible.queryAccessibleInterface(self.controls[index - len(self.parts)])
        item = self._items.get(index)
        if item is None:
            item = self._items[index] = _PartItem(self, index)
            QAccessible.registerAccessibleInterface(item)
        return item

    @override
    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        at = self._view.viewport().mapFromGlobal(QPoint(x, y))
        places = [*(part.box for part in self.parts), *(each.geometry() for each in self.controls)]
        found = [index for index, place in enumerate(places) if place.contains(at)]
        return self.child(found[-1]) if found else _NOTHING

    @override
    def childCount(self) -> int:
        return len(self.parts) + len(self.controls)

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface, /) -> int:
        if isinstance(arg__1, _PartItem):
            return arg__1.index
        controls, control = self.controls, arg__1.object()
        return (
            len(self.parts) + controls.index(control)
            if isinstance(control, QWidget) and control in controls
            else -1
        )

    @override
    def focusChild(self) -> QAccessibleInterface:
        reached = [index for index, part in enumerate(self.parts) if part.is_reached]
        return self.child(reached[0]) if reached else _NOTHING

    @override
    def rect(self) -> QRect:
        return self.on_screen(self._place)

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._view.hasFocus() and self._view.currentIndex().row() == self.row
        state.offscreen = self._place.isEmpty()
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

    def __init__(self, view: RowsView) -> None:
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
        row = self.view.currentIndex().row()
        if not 0 <= row < self.row_count:
            return _NOTHING
        item = self._item(row)
        part = item.focusChild()
        return item if part is _NOTHING else part

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
        if class_name != "ThreadView" or not isinstance(thing, RowsView):
            return _NOTHING
        key = id(thing)
        made = self._lists[key] = _MessageList(thing)
        thing.destroyed.connect(lambda: self._lists.pop(key, None))
        return made
