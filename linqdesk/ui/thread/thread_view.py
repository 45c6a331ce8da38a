"""The message view: our own virtual item view, which lays out only what is seen."""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget
from typing_extensions import override

from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.domain.service import Service
from linqdesk.store.changes import Change, HistoryChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.models.message_list_model import MessageListModel, unread_words
from linqdesk.ui.models.message_words import sender_name
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.blank import paint_blank
from linqdesk.ui.thread.bubble_layout import Style
from linqdesk.ui.thread.history_watch import HistoryWatch
from linqdesk.ui.thread.keyboard import row_after
from linqdesk.ui.thread.overlays import DayPill, JumpButton
from linqdesk.ui.thread.painting import RowLook, RowPainter
from linqdesk.ui.thread.pointer import Pointer
from linqdesk.ui.thread.row_buttons import RowButtons
from linqdesk.ui.thread.text_selection import TextSelection
from linqdesk.ui.wording import day_words

_JUMP_SHOWN_PX = 480
_WHEEL_STEP_PX = 60


class ThreadView(QAbstractItemView):
    """Shows one thread; says by signals what the agent wishes."""

    older_wanted = Signal(object)
    retry_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._cache = cache
        self._theme = theme
        self._zoom = 1.0
        self._is_syncing = False
        self._arrivals = 0
        self._messages = MessageListModel(cache, self)
        self._arrangement = Arrangement(self._messages)
        self._selected = TextSelection(self._messages, self._arrangement, cache, self)
        self._buttons = RowButtons(self.viewport())
        self._jump = JumpButton(theme, self.viewport())
        self._pill = DayPill(self.viewport())
        self._history = HistoryWatch(cache, self._arrangement, self.viewport())
        self._pointer = Pointer(self, self._arrangement, self._selected)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("messages")
        self.setAccessibleName("Messages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self.setModel(self._messages)
        self._messages.rowsRemoved.connect(self._on_model_rows_removed)
        self._selected.changed.connect(self.viewport().update)
        self._buttons.retry_requested.connect(self.retry_requested)
        self._buttons.discard_requested.connect(self.discard_requested)
        self._jump.clicked.connect(self.jump_to_newest)
        self._history.older_wanted.connect(self.older_wanted)
        self._pointer.more_wanted.connect(self.show_whole_text)
        subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(subscription.close)

    @property
    def messages(self) -> MessageListModel:
        """The rows that are shown."""
        return self._messages

    @property
    def arrangement(self) -> Arrangement:
        """Which rows are on screen and where."""
        return self._arrangement

    @property
    def text_selection(self) -> TextSelection:
        """What text is selected."""
        return self._selected

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads or moves."""
        chat_id = self._messages.chat_id
        if chat_id is None:
            return True
        history = self._cache.history(chat_id)
        is_loaded = bool(self._messages.rowCount()) or not history.has_older
        return is_loaded and not history.is_loading and not self._pill.isVisible()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Show another thread: from its first unread message on, else its end."""
        self._selected.clear()
        self._arrivals = 0
        self._pill.hide()
        self._messages.show_chat(chat_id)
        self._take_size()
        self._show_unread()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._jump.set_theme(theme)
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Draw text at 0.8 to 2.0 times its size."""
        self._zoom = zoom
        self._take_size()

    def jump_to_newest(self) -> None:
        """Scroll to the newest message."""
        self._arrangement.go_to_bottom()
        self._arranged()

    def show_whole_text(self, row: int) -> None:
        """Draw all of a long text."""
        self._arrangement.show_whole(row)
        self._arranged()

    # Painting.

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows on screen."""
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), self._theme.window)
            if self._arrangement.count:
                self._paint_rows(painter)
            else:
                paint_blank(painter, self.viewport().rect(), self._theme, is_loading=self._is_loading)

    def _paint_rows(self, painter: QPainter) -> None:
        now = datetime.now(UTC)
        service, unread = self._service(), unread_words(self._messages, self._first_unread())
        focused = self.currentIndex().row() if self.hasFocus() else -1
        for row, y in self._arrangement.visible():
            look = RowLook(
                theme=self._theme,
                zoom=self._zoom,
                now=now,
                chat_service=service,
                unread_words=unread,
                selected=self._selected.range_in(row),
                is_focused=row == focused,
                shows_time=row in {focused, self._pointer.hovered_row},
            )
            painter.save()
            painter.translate(0, round(y))
            content = self._messages.row_at(row)
            name = sender_name(content, self._cache)
            RowPainter(painter, look).paint(content, self._arrangement.layout_of(row), name)
            painter.restore()

    def _service(self) -> Service | None:
        summary = self._cache.summary(self._messages.chat_id) if self._messages.chat_id else None
        return summary.chat.service if summary is not None else None

    @property
    def _is_loading(self) -> bool:
        chat_id = self._messages.chat_id
        return chat_id is not None and self._cache.history(chat_id).has_older

    # Changes of the model.

    @override
    def reset(self) -> None:
        """Arrange everything anew."""
        super().reset()
        self._arrangement.reset()
        self._arranged()

    @override
    def rowsInserted(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        """Take new rows in; what is on screen stays where it is."""
        super().rowsInserted(parent, start, end)
        arrangement = self._arrangement
        if start >= arrangement.count and not arrangement.is_at_bottom:
            self._arrivals += end - start + 1
        arrangement.rows_inserted(start, end - start + 1)
        self._arranged()

    @override
    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: object = (),
    ) -> None:
        """Draw changed rows anew."""
        for row in range(topLeft.row(), bottomRight.row() + 1):
            self._arrangement.row_changed(row)
        self._arranged()

    def _on_model_rows_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        self._arrangement.rows_removed(start, end - start + 1)
        self._arranged()

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, HistoryChanged) and change.chat_id == self._messages.chat_id:
            self._history.look(change.chat_id)
            self.viewport().update()

    # Scrolling.

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; exact where it is near, by estimate where it is a jump."""
        if not self._is_syncing:
            self._arrangement.scroll_by(-dy)
            self._show_day()
            self._arranged()

    @override
    def updateGeometries(self) -> None:
        """Let the scroll bar say how much there is and where we are in it."""
        super().updateGeometries()
        self._sync_scroll_bar()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap everything anew; what is at the top, or the end, stays there."""
        super().resizeEvent(event)
        self._take_size()

    def _take_size(self) -> None:
        viewport = self.viewport()
        style = Style(viewport.width(), self._zoom, self._is_group())
        self._arrangement.set_view(style, viewport.height())
        self._arranged()

    def _is_group(self) -> bool:
        summary = self._cache.summary(self._messages.chat_id) if self._messages.chat_id else None
        return summary is not None and summary.chat.is_group

    def _arranged(self) -> None:
        """Bring everything that hangs on the arrangement in line with it."""
        self._sync_scroll_bar()
        self._place_buttons()
        below = self._arrangement.total_px - self._arrangement.scrolled_px - self.viewport().height()
        if self._arrangement.is_at_bottom:
            self._arrivals = 0
        self._jump.setVisible(below > _JUMP_SHOWN_PX)
        self._jump.set_count(self._arrivals)
        self._jump.place(self.viewport().size())
        self._history.look(self._messages.chat_id)
        self.viewport().update()

    def _sync_scroll_bar(self) -> None:
        bar, arrangement = self.verticalScrollBar(), self._arrangement
        height = self.viewport().height()
        self._is_syncing = True
        bar.setPageStep(height)
        bar.setSingleStep(_WHEEL_STEP_PX // 3)
        bar.setRange(0, max(0, round(arrangement.total_px) - height))
        bar.setValue(bar.maximum() if arrangement.is_at_bottom else round(arrangement.scrolled_px))
        self._is_syncing = False

    def _place_buttons(self) -> None:
        self._buttons.begin()
        for row, y in self._arrangement.visible():
            layout, content = self._arrangement.layout_of(row), self._messages.row_at(row).content
            if layout.buttons is not None and isinstance(content, OutgoingMessage):
                place = layout.buttons
                self._buttons.place(
                    content, round(place.left()), round(y + place.top()), round(place.width())
                )
        self._buttons.end()

    def _show_day(self) -> None:
        if self._arrangement.count:
            words = day_words(self._top_time(), datetime.now(UTC))
            self._pill.show_day(words, self.viewport().size())

    def _top_time(self) -> datetime:
        return self._messages.row_at(self._arrangement.top).content.created_at

    def _show_unread(self) -> None:
        first = self._first_unread()
        position = self._messages.position_of(first) if first is not None else None
        if position is not None:
            self._arrangement.show_row(position, self.viewport().height() / 4)
            self._arranged()

    def _first_unread(self) -> RowKey | None:
        chat_id = self._messages.chat_id
        return self._cache.history(chat_id).first_unread if chat_id is not None else None

    # Keys.

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, select and move between messages."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.text() == "c":
            self._selected.copy(self._focused_row())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._selected.select_all()
        elif event.key() == Qt.Key.Key_Escape:
            self._selected.clear()
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return where a key takes the focus."""
        count = self._arrangement.count
        if not count:
            return QModelIndex()
        page = max(1, len(list(self._arrangement.visible())) - 1)
        row = row_after(cursorAction, self.currentIndex().row(), count, page)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selected.extend_to_row(row)
        return self._messages.index(row)

    def _focused_row(self) -> int | None:
        row = self.currentIndex().row()
        return row if row >= 0 else None

    # What QAbstractItemView asks of its kind.

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as it takes to see a row."""
        if index.isValid():
            self._arrangement.reveal(index.row())
            self._arranged()

    @override
    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where a row is in the viewport; empty for one that is not."""
        y = self._arrangement.place_of(index.row()) if index.isValid() else None
        if y is None:
            return QRect()
        height = self._arrangement.layout_of(index.row()).height_px
        return QRect(0, round(y), self.viewport().width(), round(height))

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self._arrangement.row_at(point.y())
        return QModelIndex() if row is None else self._messages.index(row)

    @override
    def horizontalOffset(self) -> int:
        """Return 0: there is no scrolling sideways."""
        return 0

    @override
    def verticalOffset(self) -> int:
        """Return how much lies above the viewport, in pixels."""
        return round(self._arrangement.scrolled_px)

    @override
    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Return False: no row is hidden."""
        return False

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Do nothing: text is selected here, not rows."""

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return nothing: text is selected here, not rows."""
        return QRegion()
