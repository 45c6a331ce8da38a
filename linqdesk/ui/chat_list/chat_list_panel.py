"""The left column: search, the chats, and the way to what moved meanwhile."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from linqdesk.store.view import ConnectionState
from linqdesk.ui.chat_list.chat_delegate import ChatDelegate
from linqdesk.ui.chat_list.chat_look import AVATAR_PX, ROW_PX, ChatLook
from linqdesk.ui.drop.row_drop import RowDrop
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.models.chat_list_model import ChatListModel
from linqdesk.ui.theme import LIST_GUTTER_PX, FontSize, font, scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import (
        QEvent,
        QItemSelection,
        QModelIndex,
        QPersistentModelIndex,
    )
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from linqdesk.domain.ids import ChatId
    from linqdesk.store.view import CacheView
    from linqdesk.ui.media.web_pixmaps import WebPixmaps
    from linqdesk.ui.theme import Theme

_SEEN_AFTER_MS = 60
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class ChatListView(QListView):
    """The chats; their order is held still while the pointer or the keyboard is in them."""

    chat_chosen = Signal(object)
    seen = Signal(object)

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Show the chats of a cache."""
        super().__init__(parent)
        self._cache = cache
        self.chats = ChatListModel(cache, self)
        self._look = ChatLook(theme)
        self.drops = RowDrop(self)
        self._looking = QTimer(self)
        self._is_showing = False
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("chats")
        self.setAccessibleName("Chats")
        self.setModel(self.chats)
        self.setItemDelegate(ChatDelegate(self._cache, self._look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(scaled(ROW_PX) // 2)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_SEEN_AFTER_MS)
        self._looking.timeout.connect(self._say_what_is_seen)
        self.verticalScrollBar().valueChanged.connect(self._looking.start)
        self.chats.modelReset.connect(self._looking.start)
        self.chats.layoutChanged.connect(self._looking.start)
        self.chats.modelReset.connect(self._show_selected)
        self.clicked.connect(self._choose)
        self.drops.pointed.connect(self._mark_drop)
        self.drops.opened.connect(self.chat_chosen)

    def see_icons(self, make: Callable[[], WebPixmaps]) -> None:
        """Show groups by their icons; nothing is made before a group that has one is on screen."""

        @cache
        def icons() -> WebPixmaps:
            made = make()
            made.changed.connect(self.viewport().update)
            return made

        self._look.icons = icons

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._look.theme = theme
        self.viewport().update()

    def mark_open(self, chat_id: ChatId | None) -> None:
        """Mark the chat that is open and see to it that it can be seen."""
        self._look.open_chat = chat_id
        row = self._show_selected()
        if row is not None:
            self.setCurrentIndex(self.chats.index(row))
        self.viewport().update()

    def _show_selected(self) -> int | None:
        """Let the open chat be the selected one, for who reads states; return its row."""
        chat_id = self._look.open_chat
        row = self.chats.row_of(chat_id) if chat_id is not None else None
        self._is_showing = True
        if row is None:
            self.clearSelection()
        else:
            self.selectionModel().select(self.chats.index(row), _ALONE)
        self._is_showing = False
        return row

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let pointer and arrows select nothing: what is selected is what is open."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Open what was selected from outside: so do screen readers choose."""
        super().selectionChanged(selected, deselected)
        if not self._is_showing and selected.indexes():
            self._choose(selected.indexes()[0])

    def _mark_drop(self, chat_id: ChatId | None) -> None:
        self._look.drop_chat = chat_id
        self._hold()
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chat under the keyboard's focus."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Hold the order still: nothing may move under the pointer."""
        super().enterEvent(event)
        self._hold()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Let the order follow again."""
        super().leaveEvent(event)
        self._hold()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hold the order still: nothing may move under the keyboard."""
        super().focusInEvent(event)
        self._hold()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the order follow again."""
        super().focusOutEvent(event)
        self._hold()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what is on screen now."""
        super().resizeEvent(event)
        self._looking.start()

    @override
    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        /,
        roles: Sequence[int] = (),
    ) -> None:
        """Draw what changed and no more: all rows are equally high, so that none of them moves.

        A list of Qt's would lay out and draw all of them, ten times the work for each row.
        """
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, roles)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chats, or say why there are none."""
        super().paintEvent(event)
        if not self.chats.rowCount():
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_blank(painter)

    def _paint_blank(self, painter: QPainter) -> None:
        theme = self._look.theme
        if self.chats.search:
            words = f"Nothing for “{self.chats.search}” in loaded messages"
        elif self._cache.connection.state is ConnectionState.ONLINE:
            words = "No chats yet on these lines" if self.chats.lines else "No chats yet"
        else:
            self._paint_skeleton(painter, theme)
            return
        painter.setFont(font(FontSize.PREVIEW))
        painter.setPen(theme.text_secondary)
        room = self.viewport().rect().adjusted(16, 24, -16, -24)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), words)

    def _paint_skeleton(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hover)
        left = LIST_GUTTER_PX + AVATAR_PX + 12
        width = self.viewport().width() - left - LIST_GUTTER_PX
        row_px = scaled(ROW_PX)
        for top in range(0, self.viewport().height(), row_px):
            painter.drawEllipse(QRectF(LIST_GUTTER_PX, top + (row_px - AVATAR_PX) / 2, AVATAR_PX, AVATAR_PX))
            painter.drawRoundedRect(QRect(left, top + scaled(16), width // 2, 10), 5, 5)
            painter.drawRoundedRect(QRect(left, top + scaled(38), width - width // 6, 10), 5, 5)

    def _hold(self) -> None:
        is_dragged_over = self._look.drop_chat is not None
        self.chats.hold_still(is_still=self.underMouse() or self.hasFocus() or is_dragged_over)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chat_chosen.emit(self.chats.chat_at(index.row()))

    def _say_what_is_seen(self) -> None:
        row_px = scaled(ROW_PX)
        first = max(0, self.verticalScrollBar().value() // row_px)
        last = min(self.chats.rowCount(), first + self.viewport().height() // row_px + 2)
        self.seen.emit([self.chats.chat_at(row) for row in range(first, last)])


class ChatListPanel(QWidget):
    """The column of chats with its search field; `head` is the row of the field and its buttons."""

    settings_wanted = Signal()
    new_chat_wanted = Signal()

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the chats of a cache."""
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("chat_list_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit(self)
        self.search.setObjectName("search_chats")
        self.search.setAccessibleName("Search chats")
        self.search.setPlaceholderText("Search chats")
        self.list = ChatListView(cache, theme, self)
        self._waiting = QPushButton(self)
        self._waiting.setObjectName("show_new_order")
        self._waiting.hide()
        self._waiting.clicked.connect(self._apply_waiting)
        self.search.textChanged.connect(self.list.chats.set_search)
        self.list.chats.waiting_changed.connect(self._say_waiting)
        self._settings = IconButton("settings", "Settings", self)
        self._settings.setToolTip("Settings (Ctrl+,)")
        self._settings.clicked.connect(self.settings_wanted)
        self.new_chat_button = IconButton("square-pen", "New chat", self)
        self.new_chat_button.setToolTip("New chat (Ctrl+N)")
        self.new_chat_button.clicked.connect(self.new_chat_wanted)
        for one, following in pairwise((self.search, self.new_chat_button, self._settings, self.list)):
            self.setTabOrder(one, following)
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self.search, 1)
        self.head.addWidget(self.new_chat_button)
        self.head.addWidget(self._settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        fields = QVBoxLayout()
        fields.setContentsMargins(LIST_GUTTER_PX, 0, LIST_GUTTER_PX - 4, 0)
        fields.addLayout(self.head)
        fields.addWidget(self._waiting)
        column.addLayout(fields)
        column.addWidget(self.list, 1)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.list.set_theme(theme)
        self.draw_icons()

    def draw_icons(self) -> None:
        """Draw the icons of the buttons: some 30 ms the first time, which the first picture does without."""
        self.search.setClearButtonEnabled(True)
        self.new_chat_button.wear(self._theme)
        self._settings.wear(self._theme)

    def _say_waiting(self, count: int) -> None:
        self._waiting.setVisible(count > 0)
        words = f"{count} new ↑"
        self._waiting.setText(words)
        self._waiting.setAccessibleName(f"Show {count} chats with news at the top")

    def _apply_waiting(self) -> None:
        self.list.chats.apply_waiting()
        self.list.scrollToTop()
