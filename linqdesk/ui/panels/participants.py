"""The people of a chat as a list; the chosen one shows what can be done."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMoveEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import GroupChange, expected
from linqdesk.store.view import CacheView
from linqdesk.ui.panels.member_actions import MemberActions
from linqdesk.ui.panels.member_model import MemberModel
from linqdesk.ui.panels.member_row import MemberDelegate, actions_place
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.theme import Theme

# Of more than so many people only some are shown at first.
_MOST_SHOWN, _FEW_SHOWN = 12, 8
_TOGGLING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class ParticipantList(QListView):
    """As high as its members are many; handles can be dragged out of it."""

    cut = Signal(int)
    """How many people are not shown until all are wanted; 0 where all are."""
    row_shown = Signal(QRect)
    """Where the row stands that the keyboard went to, with what is open below it."""

    def __init__(self, cache: CacheView, wishes: PanelWishes, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self.members = MemberModel(cache, self)
        self._delegate = MemberDelegate(theme, self)
        self._chat: Chat | None = None
        self._shows_all = False
        self.setObjectName("participants")
        self.setAccessibleName("Participants")
        self.setModel(self.members)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self._looked_at: QModelIndex | QPersistentModelIndex = QModelIndex()
        self.actions_strip = MemberActions(theme, self)
        self._connect(wishes)

    def _connect(self, wishes: PanelWishes) -> None:
        strip = self.actions_strip
        strip.message_wanted.connect(wishes.message_wanted)
        strip.call_wanted.connect(wishes.call_wanted)
        strip.copy_wanted.connect(wishes.copy_wanted)
        strip.contact_wanted.connect(wishes.contact_wanted)
        strip.remove_wanted.connect(wishes.remove_wanted)
        self.clicked.connect(self._on_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._delegate.theme = theme
        self.actions_strip.set_theme(theme)
        self.viewport().update()

    def show_chat(self, chat: Chat, changes: tuple[GroupChange, ...]) -> None:
        """Show the members of a chat; who was open stays open, but not in another chat."""
        is_other = self._chat is None or self._chat.id != chat.id
        self._chat = expected(chat, changes)
        self.members.show_chat(chat, changes)
        self._shows_all = self._shows_all and not is_other
        if is_other or self.members.row_of(self._delegate.open_handle) is None:
            self._delegate.open_handle = ""
        self._arrange()

    def open_member(self, handle: str) -> None:
        """Show what can be done with a member, an empty handle for nobody."""
        self._delegate.open_handle = handle
        self._arrange()

    def show_all(self) -> None:
        """Show everybody."""
        self._shows_all = True
        self._arrange()

    def _shown_count(self) -> int:
        count = self.members.rowCount()
        return count if self._shows_all or count <= _MOST_SHOWN else _FEW_SHOWN

    def _arrange(self) -> None:
        """Give the open row its room, and the list its height."""
        at, chat = self.members.row_of(self._delegate.open_handle), self._chat
        if at is None or chat is None:
            self._delegate.open_px = 0
            self.actions_strip.hide()
        else:
            row = self.members.row_at(at)
            self._delegate.open_px = self.actions_strip.show_member(row, chat, self.viewport().width() - 12)
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self._height())
        self.doItemsLayout()
        self.cut.emit(self.members.rowCount() - self._shown_count())
        if at is not None:
            self._place_strip(at)
        self.viewport().update()

    def _place_strip(self, at: int) -> None:
        """Put the buttons over their row, beside the list: within it no screen reader would find them."""
        place = actions_place(self.visualRect(self.members.index(at)), self.members.row_at(at))
        host = self.parentWidget() or self
        if self.actions_strip.parentWidget() is not host:
            self.actions_strip.setParent(host)
        self.actions_strip.move(self.viewport().mapTo(host, place))
        self.actions_strip.show()
        self.actions_strip.raise_()

    def _height(self) -> int:
        rows = range(self._shown_count())
        return sum(self.sizeHintForIndex(self.members.index(row)).height() for row in rows)

    def _on_clicked(self, index: QModelIndex) -> None:
        handle = self.members.row_at(index.row()).member.handle
        self.open_member("" if handle == self._delegate.open_handle else handle)

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Remember what pointer and keys select: that is dragged, and opens nothing yet."""
        self._looked_at = index
        return super().selectionCommand(index, event)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Open a row that was selected from outside: so do screen readers choose."""
        super().selectionChanged(selected, deselected)
        for index in selected.indexes():
            if index != self._looked_at:
                self.open_member(self.members.row_at(index.row()).member.handle)

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the buttons along."""
        super().moveEvent(event)
        at = self.members.row_of(self._delegate.open_handle)
        if at is not None:
            self._place_strip(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or close the row that has the focus; the arrows go from row to row."""
        index = self.currentIndex()
        if Qt.Key(event.key()) in _TOGGLING and index.isValid():
            self._on_clicked(index)
        else:
            super().keyPressEvent(event)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Let the panel scroll to where the keyboard went."""
        super().currentChanged(current, previous)
        if current.row() >= self._shown_count():
            self.show_all()
        if self.hasFocus():
            QTimer.singleShot(0, self, lambda: self.row_shown.emit(self.visualRect(self.currentIndex())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is open into another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._arrange)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: all that is shown of the list is seen."""
        event.ignore()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(super().sizeHint().width(), self._height())
