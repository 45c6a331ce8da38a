"""The list of everything that is not sent yet, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.ids import LocalId
from linqdesk.store.changes import Change, ChatAdopted, ChatsChanged, MessagesChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.unsent.unsent_delegate import UnsentDelegate
from linqdesk.ui.unsent.unsent_model import UnsentModel
from linqdesk.ui.unsent.unsent_words import UnsentRow, summary_words

_WIDTH_PX, _HEIGHT_PX = 560, 460
# A burst of answers is one look.
_LOOK_AFTER_MS = 60


class UnsentPanel(QDialog):
    """Lets the agent retry, edit, discard or look at what is not sent; it holds nothing up.

    `retried` and `discarded` carry a message's id, `edit_wanted` the row, `chat_wanted` a chat's id.
    """

    retried = Signal(object)
    discarded = Signal(object)
    edit_wanted = Signal(object)
    chat_wanted = Signal(object)

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Show what is not sent now, and follow it."""
        super().__init__(parent)
        self._cache = cache
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("unsent")
        self.setAccessibleName("Unsent messages")
        self.setWindowTitle("Unsent messages")
        self.setMinimumSize(420, 300)
        self.resize(_WIDTH_PX, _HEIGHT_PX)
        self.model = UnsentModel(cache, self)
        self.delegate = UnsentDelegate(theme, self)
        self.list = QListView(self)
        self._words = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        self._retry_all = self._button("Retry all", "retry_all", "Try to send everything again now")
        self._open = self._button("Open chat", "open_unsent_chat", "Open the chat of this message")
        self._edit = self._button("Edit", "edit_unsent", "Take this message back into the chat's text field")
        self._discard = self._button("Discard", "discard_unsent", "Discard this message")
        self._retry = self._button("Retry", "retry_unsent", "Try to send this message again now")
        restyle(self._retry, primary=True)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AFTER_MS)
        self._lay_out()
        self._connect()
        self._go_to(0)
        self._refresh_buttons()

    def _button(self, words: str, name: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAccessibleDescription(spoken)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText("Unsent messages")
        self._words.setObjectName("unsent_words")
        self._words.setWordWrap(True)
        self.list.setObjectName("unsent_list")
        self.list.setAccessibleName("Unsent messages")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.installEventFilter(self)
        top = QVBoxLayout()
        top.setContentsMargins(20, 18, 20, 0)
        top.setSpacing(4)
        top.addWidget(heading)
        top.addWidget(self._words)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 0, 20, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self._retry_all)
        buttons.addStretch()
        for each in (self._open, self._edit, self._discard, self._retry):
            buttons.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._retry_all.clicked.connect(self._on_retry_all)
        self._retry.clicked.connect(lambda: self._with_row(self._on_retry))
        self._discard.clicked.connect(lambda: self._with_row(self._on_discard))
        self._edit.clicked.connect(lambda: self._with_row(self.edit_wanted.emit))
        self._open.clicked.connect(self._on_open)
        self.list.doubleClicked.connect(self._on_open)
        self.list.selectionModel().currentChanged.connect(self._refresh_buttons)
        self._looking.timeout.connect(self._look)
        # Held, or the connection to its method would go with it.
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.delegate.theme = theme
        self.list.viewport().update()

    def row(self) -> UnsentRow | None:
        """Return the row that is chosen, None where there is none."""
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the chosen message's chat by Enter."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not is_enter or event.type() is not QEvent.Type.KeyPress:
            return False
        self._on_open()
        return True

    def _with_row(self, act: Callable[[UnsentRow], object]) -> None:
        row = self.row()
        if row is not None:
            act(row)

    def _on_retry(self, row: UnsentRow) -> None:
        """Retry a message; one that waits for a failed one before it goes after that one."""
        lane = [each.outgoing for each in self.model.rows if each.outgoing.chat_id == row.outgoing.chat_id]
        self.retried.emit(lane[0].local_id)

    def _on_discard(self, row: UnsentRow) -> None:
        self.discarded.emit(row.outgoing.local_id)

    def _on_retry_all(self) -> None:
        for row in list(self.model.rows):
            if not row.is_held_up:
                self.retried.emit(row.outgoing.local_id)

    def _on_open(self) -> None:
        row = self.row()
        if row is not None and self._cache.summary(row.outgoing.chat_id) is not None:
            self.chat_wanted.emit(row.outgoing.chat_id)

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, MessagesChanged | ChatsChanged | ChatAdopted):
            self._looking.start()

    def _look(self) -> None:
        """Show what is not sent now; the chosen message stays chosen, else the one in its place."""
        chosen, at = self.row(), self.list.currentIndex().row()
        self.model.refresh()
        if chosen is not None:
            at = self._row_of(chosen.outgoing.local_id, at)
        self._go_to(at)
        self._refresh_buttons()

    def _row_of(self, local_id: LocalId, otherwise: int) -> int:
        ids = [each.outgoing.local_id for each in self.model.rows]
        return ids.index(local_id) if local_id in ids else otherwise

    def _go_to(self, at: int) -> None:
        if self.model.rows:
            index = self.model.index(max(0, min(at, len(self.model.rows) - 1)))
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _refresh_buttons(self) -> None:
        row = self.row()
        is_known = row is not None and self._cache.summary(row.outgoing.chat_id) is not None
        can_go = row is not None and row.can_be_taken_back
        has_files = row is not None and bool(row.outgoing.content.files)
        self._words.setText(summary_words(self.model.rows))
        self._retry_all.setEnabled(bool(self.model.rows))
        self._retry.setEnabled(row is not None)
        self._discard.setEnabled(can_go)
        self._edit.setEnabled(can_go and is_known and not has_files)
        self._open.setEnabled(is_known)
