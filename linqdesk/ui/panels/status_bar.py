"""The strip at the bottom: the connection, the age of the data, what is not sent yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from linqdesk.store.view import ConnectionState
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.outbox_button import OutboxButton
from linqdesk.ui.panels.pace_label import PaceLabel
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import LIST_GUTTER_PX, FontSize
from linqdesk.ui.wording import connection_words

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from linqdesk.domain.ids import ChatId
    from linqdesk.services.pair_meter import PairLoad
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.theme import Theme

HEIGHT_PX, _WORDS_PX, _DOT_PX = 24, 16, 8
# While the data is fresh nothing is to be said of its age; then its words change once a minute.
_LOOK_AGAIN_MS = 60_000
_FRESH_MS = 15_500

_TROUBLED = (ConnectionState.OFFLINE, ConnectionState.SIGNED_OUT, ConnectionState.SERVER_TROUBLE)


class StatusBar(QWidget):
    """Says how the program stands with Linq; what is not sent yet can be asked for."""

    unsent_wanted = Signal()

    def __init__(self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget) -> None:
        """Show the present state."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self.theme = theme
        self.setObjectName("status_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wear_height(self, HEIGHT_PX, _WORDS_PX)
        self._connection = PlainLabel(self, FontSize.META, is_secondary=True)
        self._connection.setObjectName("connection")
        self._connection.setAccessibleName("Connection")
        self._outbox = OutboxButton(self)
        self._outbox.setObjectName("outbox")
        self._outbox.setAccessibleName("Outbox")
        self.pace = PaceLabel(cache, self._load, self)
        self._aging = QTimer(self)
        self._aging.setSingleShot(True)
        self._aging.timeout.connect(self.refresh)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(LIST_GUTTER_PX + _DOT_PX + 6, 0, LIST_GUTTER_PX, 0)
        row.addWidget(self._connection)
        row.addStretch()
        row.addWidget(self.pace)
        row.addSpacing(12)
        row.addWidget(self._outbox)
        self.refresh()
        self._outbox.clicked.connect(self.unsent_wanted)

    def _load(self, chat_id: ChatId) -> PairLoad:
        """Tell how near a chat is to Linq's limit."""
        return self._commands.sending.load(chat_id)

    def put_first(self, widget: QWidget) -> None:
        """Put something before everything at the right."""
        self._row.insertWidget(self._row.indexOf(self.pace), widget)
        self._row.insertSpacing(self._row.indexOf(self.pace), 12)

    def refresh(self) -> None:
        """Say it anew."""
        connection = self._cache.connection
        words = connection_words(connection, datetime.now(UTC))
        if words != self._connection.text():
            self._connection.setText(words)
            self._connection.setAccessibleDescription(words)
            self.update()
        is_fresh = connection.state is ConnectionState.ONLINE and " ago" not in words
        if connection.state is ConnectionState.ONLINE:
            self._aging.start(_FRESH_MS if is_fresh else _LOOK_AGAIN_MS)

    def say_outbox(self, waiting: int, failed: int) -> None:
        """Say how many messages wait or failed."""
        words = [f"{waiting} sending"] if waiting else []
        words += [f"{failed} not delivered"] if failed else []
        self._outbox.say(words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot before the words: filled while connected, a ring otherwise."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dot = QRectF(LIST_GUTTER_PX, (self.height() - _DOT_PX) / 2 + 0.5, _DOT_PX, _DOT_PX)
            colour = self._colour()
            painter.setPen(colour)
            is_online = self._cache.connection.state is ConnectionState.ONLINE
            painter.setBrush(colour if is_online else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)

    def _colour(self) -> QColor:
        state = self._cache.connection.state
        if state is ConnectionState.ONLINE:
            return self.theme.sms.surface if not self.theme.outline_px else self.theme.text
        return self.theme.danger if state in _TROUBLED else self.theme.text_secondary
