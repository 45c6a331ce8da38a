"""The message view: our own virtual item view, which lays out only what is seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from linqdesk.domain.ids import AttachmentId, ChatId, RowKey
from linqdesk.domain.service import Service
from linqdesk.store.changes import Change, HistoryChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen_overlay import Target as EffectPlace
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.models.message_list_model import unread_words
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme, text_scale
from linqdesk.ui.thread.acts import Acts
from linqdesk.ui.thread.blank import paint_blank
from linqdesk.ui.thread.history_watch import HistoryWatch
from linqdesk.ui.thread.keyboard import row_after
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.overlays import DayPill, JumpButton
from linqdesk.ui.thread.painting import RowLook
from linqdesk.ui.thread.part_acts import PartActs
from linqdesk.ui.thread.part_focus import PartFocus
from linqdesk.ui.thread.pointer import Pointer
from linqdesk.ui.thread.row_buttons import RowButtons
from linqdesk.ui.thread.row_drawing import RowDrawing
from linqdesk.ui.thread.row_effects import RowEffects
from linqdesk.ui.thread.row_players import RowPlayers
from linqdesk.ui.thread.rows_view import RowsView
from linqdesk.ui.thread.spoken_parts import SpokenPart
from linqdesk.ui.thread.text_selection import TextSelection
from linqdesk.ui.wording import day_words

_JUMP_SHOWN_PX = 480


class ThreadView(RowsView):
    """Shows one thread; says by signals, and by those of its acts, what the agent wishes."""

    older_wanted = Signal(object)

    def __init__(
        self,
        cache: CacheView,
        theme: Theme,
        parent: QWidget | None = None,
        clock: FrameClock | None = None,
    ) -> None:
        """Show nothing yet; what moves here moves by `clock`, or by one of its own."""
        super().__init__(cache, parent)
        self._cache = cache
        self._pictures: Pictures | None = None
        self._theme = theme
        self._zoom = text_scale()
        self.acts = Acts(self)
        self._selected = TextSelection(self._messages, self._arrangement, cache, self)
        self._parts = PartActs(self, cache, self._messages, self._arrangement, self.acts)
        self.buttons = RowButtons(self.viewport())
        self.players = RowPlayers(self.viewport(), self._messages, self._arrangement, theme)
        self._jump = JumpButton(theme, self.viewport())
        self._pill = DayPill(self.viewport())
        self._history = HistoryWatch(cache, self._arrangement, self.viewport())
        self._pointer = Pointer(self, self._arrangement, self._selected)
        self._drawing = RowDrawing(cache, self._messages, self._arrangement)
        self.effects = RowEffects(self.viewport(), self._messages, self._arrangement, self._target_of, clock)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("messages")
        wear_font(self, FontSize.BODY)
        self.setAccessibleName("Messages")
        self.setMinimumWidth(280)
        self._selected.changed.connect(self.viewport().update)
        self._jump.clicked.connect(self.jump_to_newest)
        self._history.older_wanted.connect(self.older_wanted)
        self._pointer.activated.connect(self._parts.activate)
        self._pointer.reached.connect(self._parts.hint)
        self.acts.more_wanted.connect(self.show_more)
        self.players.obey(self.acts)
        self.players.changed.connect(self._arranged)
        self._pointer.hovered.connect(self.effects.look_at)
        self.acts.effect_replay_wanted.connect(self.effects.replay)
        self.effects.changed.connect(self.viewport().update)
        self.effects.overlay.set_dark(is_dark=self._theme.is_dark)
        self.begin()
        # Held, or the connection to its method would go with it.
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    def see_through(self, pictures: Pictures) -> None:
        """Show pictures from now on; until then they all wait."""
        self._pictures = pictures
        self._parts.see_through(pictures)
        self._arrangement.measure_pictures_by(pictures.natural_size)
        pictures.changed.connect(self._on_picture_changed)

    @property
    def text_selection(self) -> TextSelection:
        """What text is selected."""
        return self._selected

    @property
    def parts(self) -> PartFocus:
        """Which part of the focused message is reached."""
        return self._parts.focus

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads or moves."""
        chat_id = self._messages.chat_id
        if chat_id is None:
            return True
        history = self._cache.history(chat_id)
        is_loaded = bool(self._messages.rowCount()) or not history.has_older
        is_still = is_loaded and not (history.is_loading or self._pill.isVisible() or self.effects.is_moving)
        return is_still and self.players.is_settled and (self._pictures is None or self._pictures.is_settled)

    @override
    def spoken_parts(self, row: int) -> Sequence[SpokenPart]:
        """Return what a screen reader can find within a row that is on screen."""
        return self._parts.spoken(row)

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Show another thread: from its first unread message on, else its end."""
        self.effects.stop()
        self.players.rest()
        self._selected.clear()
        self._parts.focus.leave()
        self._pointer.forget()
        self._arrivals = 0
        self._pill.hide()
        self._messages.show_chat(chat_id)
        self._take_size()
        self._show_unread()
        self.effects.opened()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._jump.set_theme(theme)
        self.players.set_theme(theme)
        self.effects.overlay.set_dark(is_dark=theme.is_dark)
        self._take_size()

    def set_zoom(self, zoom: float) -> None:
        """Draw text at 0.8 to 2.0 times its size."""
        self._zoom = zoom
        self._take_size()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Write as large as the rest of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and text_scale() != self._zoom:
            self.set_zoom(text_scale())

    def jump_to_newest(self) -> None:
        """Scroll to the newest message."""
        self._arrangement.go_to_bottom()
        self._arranged()

    def show_more(self, key: RowKey) -> None:
        """Draw one more page of a long message."""
        row = self._messages.position_of(key)
        if row is not None:
            self._arrangement.show_more(row)
            self._arranged()

    # Painting.

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows on screen."""
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(event.rect(), self._theme.window)
            if self._arrangement.count:
                self._paint_rows(painter, event.rect())
            else:
                paint_blank(painter, self.viewport().rect(), self._theme, is_loading=self._is_loading)

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        base = replace(self._look(), unread_words=unread_words(self._messages, self._first_unread()))
        focused = self.currentIndex().row() if self.hasFocus() else -1
        for row, y, motion in self.effects.placed():
            if not (motion.is_moving or self._drawing.is_within(area, row, y)):
                continue
            look = replace(
                base,
                selected=self._selected.range_in(row),
                is_focused=row == focused,
                focused_place=self._parts.focus.place_in(row) if row == focused else None,
                shows_time=row in {focused, self._pointer.hovered_row},
                motion=motion,
            )
            self._drawing.paint(painter, row, y, look)

    def _look(self) -> RowLook:
        """Return how rows look that are not touched."""
        look = RowLook(self._theme, self._zoom, datetime.now(UTC), self._service(), pictures=self._pictures)
        return replace(look, recordings=self.players.recordings)

    def _target_of(self, key: RowKey) -> EffectPlace:
        """Return where a message is and what it looks like, for the effect that it brings."""
        return self._drawing.target_of(key, self._look(), self.devicePixelRatioF())

    def _service(self) -> Service | None:
        summary = self._cache.summary(self._messages.chat_id) if self._messages.chat_id else None
        return summary.chat.service if summary is not None else None

    @property
    def _is_loading(self) -> bool:
        chat_id = self._messages.chat_id
        return chat_id is not None and self._cache.history(chat_id).has_older

    # Places.

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and show the day while doing so."""
        super().scrollContentsBy(dx, dy)
        if not self._is_syncing:
            self._pointer.forget()
            self._show_day()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap everything anew; what is at the top, or the end, stays there."""
        super().resizeEvent(event)
        self._take_size()

    def _take_size(self) -> None:
        viewport = self.viewport()
        style = Style(viewport.width(), self._zoom, self._is_group(), self._theme.accent.name())
        self._arrangement.set_view(style, viewport.height())
        self._arranged()

    def _is_group(self) -> bool:
        summary = self._cache.summary(self._messages.chat_id) if self._messages.chat_id else None
        return summary is not None and summary.chat.is_group

    @override
    def _arranged(self) -> None:
        super()._arranged()
        self.buttons.arranged(self._messages, self._arrangement)
        self.players.arranged()
        below = self._arrangement.total_px - self._arrangement.scrolled_px - self.viewport().height()
        self._jump.setVisible(below > _JUMP_SHOWN_PX)
        self._jump.set_count(self._arrivals)
        self._jump.place(self.viewport().size())
        self._history.look(self._messages.chat_id)
        self.effects.arranged()

    @override
    def _arrived(self, first: int, count: int) -> None:
        self.effects.arrived(first, count)

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, HistoryChanged) and change.chat_id == self._messages.chat_id:
            self._history.look(change.chat_id)
            self.viewport().update()

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

    # Parts of a message.

    def _on_picture_changed(self, attachment_id: AttachmentId) -> None:
        """Draw a picture anew; its row gets another height where its size became known."""
        if self._arrangement.picture_changed(attachment_id):
            self._arranged()
        else:
            self.viewport().update()

    def let_go(self) -> None:
        """Select and activate nothing with the button that is pressed: something is dragged with it."""
        self._pointer.let_go()

    # Keys.

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, select, move between messages and between the parts of one."""
        row = self._focused_row()
        if event.matches(QKeySequence.StandardKey.Copy) or event.text() == "c":
            self._selected.copy(row)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._selected.select_all()
        elif event.key() == Qt.Key.Key_Escape:
            self._selected.clear()
            self._parts.focus.leave()
            event.ignore()
        elif row is None or not self._parts.take_key(row, event, self.players, self.effects):
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go through the parts of the focused message before leaving the thread."""
        row = self._focused_row()
        if row is not None and self.hasFocus() and self._parts.focus.step(row, 1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the parts of a message with the message."""
        super().currentChanged(current, previous)
        self._parts.focus.leave()
        if current.isValid() and self.hasFocus():
            self.effects.reach(current.row())

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
