"""Finds words in the open chat: a field, a count, the next and the previous place, and older messages."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget
from typing_extensions import override

from linqdesk.store.changes import Change, HistoryChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.acts.search import Hit, Search
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme
from linqdesk.ui.thread.accessibility import announce
from linqdesk.ui.thread.thread_view import ThreadView

_AFTER_MS, _BUTTON_PX, _HEIGHT_PX = 150, 28, 44
_MAX_PAGES = 40


class FindBar(QWidget):
    """Stands over a thread; the place that is found is selected there."""

    older_wanted = Signal(object)

    def __init__(self, view: ThreadView, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._view = view
        self._cache = cache
        self._search: Search | None = None
        self._at = 0
        self._is_going = False
        self._pages_left = 0
        self.field = QLineEdit(self)
        self.count = PlainLabel(self, FontSize.META, is_secondary=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self.count)
        self.previous = self._button("Previous match", "Previous match (Shift+Enter)")
        self.next = self._button("Next match", "Next match (Enter)")
        self.older = QPushButton("Search older", self)
        self._row.addWidget(self.older)
        self.close_button = self._button("Close find", "Close find (Esc)")
        self._typing, self._looking = QTimer(self), QTimer(self)
        self._set_up()
        self.set_theme(theme)
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wear_height(self, _HEIGHT_PX)
        self._row.setContentsMargins(GUTTER_PX, 0, GUTTER_PX - 4, 0)
        self._row.setSpacing(6)
        self.field.setObjectName("find_in_chat")
        self.field.setAccessibleName("Find in chat")
        self.field.setPlaceholderText("Find in chat")
        self.field.installEventFilter(self)
        self.older.setObjectName("search_older")
        self.older.setAccessibleName("Search older")
        self.older.setAutoDefault(False)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_AFTER_MS)
        self._typing.timeout.connect(self._begin)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._look_on)
        self.field.textChanged.connect(self._typing.start)
        self.next.clicked.connect(lambda: self.step(1))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.older.clicked.connect(self._search_older)
        self.close_button.clicked.connect(self.close_search)
        # Held, or the connection to its method would go with it.
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        pairs = ((self.previous, "chevron-up"), (self.next, "chevron-down"), (self.close_button, "x"))
        for button, name in pairs:
            button.setIcon(themed_icon(name, theme.text_secondary, 18))

    def open(self) -> None:
        """Ask for words; those of the last search are offered again."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._begin()

    def close_search(self) -> None:
        """Hide, and give the keyboard back to the thread."""
        self._stop()
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Hide, for another chat is shown."""
        self._stop()
        self._search = None
        self.hide()

    @property
    def is_looking(self) -> bool:
        """Whether a search or the loading of older messages for one is under way."""
        return self._looking.isActive() or self._typing.isActive()

    @property
    def hits(self) -> list[Hit]:
        """The places that were found, the newest first."""
        return self._search.hits if self._search is not None else []

    def step(self, by: int) -> None:
        """Go to an older place, or by -1 to a newer one; after the last comes the first."""
        if self._typing.isActive():
            self._begin()
            return
        if self.hits:
            self._at = (self._at + by) % len(self.hits)
            self._go()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a search: Enter, Shift+Enter and Escape."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            case Qt.Key.Key_Escape:
                self.close_search()
            case _:
                return False
        return True

    def _begin(self) -> None:
        """Search anew and go to the newest place."""
        self._search_from(0, is_going=True, pages_left=0)

    def _search_from(self, at: int, *, is_going: bool, pages_left: int) -> None:
        self._stop()
        self._search = Search(self.field.text().strip(), self._view.messages, self._cache)
        self._at, self._is_going, self._pages_left = at, is_going, pages_left
        self._looking.start()
        self._look_on()

    def _look_on(self) -> None:
        search = self._search
        if search is None or search.is_over:
            self._looking.stop()
            self._on_over()
            return
        search.look_on()
        if self._is_going and len(search.hits) > self._at:
            self._is_going = False
            self._pages_left = 0
            self._go()
        self._say()

    def _on_over(self) -> None:
        chat_id = self._view.messages.chat_id
        if self._pages_left and chat_id is not None and self._cache.history(chat_id).has_older:
            self._pages_left -= 1
            self.older_wanted.emit(chat_id)
        else:
            self._pages_left, self._is_going = 0, False
            self._at = max(0, min(self._at, len(self.hits) - 1))
        self._say()

    def _search_older(self) -> None:
        """Load older messages until one more has the words, or there are no older ones."""
        chat_id = self._view.messages.chat_id
        if chat_id is not None and self.field.text().strip():
            self._pages_left = _MAX_PAGES - 1
            self._say()
            self.older_wanted.emit(chat_id)

    def _on_cache_changed(self, change: Change) -> None:
        is_ours = isinstance(change, HistoryChanged) and change.chat_id == self._view.messages.chat_id
        if not is_ours or not self.isVisible() or self._looking.isActive():
            return
        chat_id = self._view.messages.chat_id
        history = self._cache.history(chat_id) if chat_id is not None else None
        if history is None or history.is_loading:
            return
        if history.fault is not None:
            self._pages_left = 0
        pages = self._pages_left
        # Older hits come behind those that were there, so the next new one is the one after the last.
        at = len(self.hits) if pages else self._at
        self._search_from(at, is_going=pages > 0, pages_left=pages)

    def _go(self) -> None:
        hit = self.hits[self._at]
        position = self._view.messages.position_of(hit.key)
        if position is not None:
            index = self._view.messages.index(position)
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)
            self._view.text_selection.select_in(hit.key, hit.start, hit.end)
            announce(self._view, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        self._say()

    def _say(self) -> None:
        """Say how many places there are and which one this is."""
        chat_id = self._view.messages.chat_id
        has_older = chat_id is not None and self._cache.history(chat_id).has_older
        has_words = bool(self.field.text().strip())
        is_busy = self._looking.isActive() or self._pages_left > 0
        self.older.setVisible(has_older and has_words)
        self.older.setEnabled(not self._pages_left)
        self.next.setEnabled(len(self.hits) > 1)
        self.previous.setEnabled(len(self.hits) > 1)
        if not has_words:
            self.count.setText("")
        elif self.hits:
            self.count.setText(f"{min(self._at + 1, len(self.hits))} of {len(self.hits)}")
        elif is_busy:
            self.count.setText("Searching…")
        else:
            self.count.setText("Nothing in loaded messages" if has_older else "Nothing found")

    def _stop(self) -> None:
        self._typing.stop()
        self._looking.stop()
        self._is_going = False
        self._pages_left = 0

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name.lower().replace(" ", "_"))
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self._row.addWidget(button)
        return button
