"""Everything about the open chat: who takes part, over which line, how healthy it is."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.store.view import CacheView
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.models.chat_words import service_name
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.panels.avatar_widget import ChatAvatar
from linqdesk.ui.panels.health_chip import ADVICE, HealthChip
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.panels.participants import ParticipantList
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme
from linqdesk.ui.wording import day_words

_AVATAR_PX = 72


class DetailsPanel(QScrollArea):
    """The right column; read-only."""

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._theme = theme
        self._handle = ""
        self.setObjectName("details_panel")
        self.setAccessibleName("Details of the chat")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._avatar = ChatAvatar(cache, theme, _AVATAR_PX, self)
        self._name = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        self._number = ElidedLabel(self, FontSize.PREVIEW, is_secondary=True)
        self._copy = self._copy_button()
        self._chip = HealthChip(theme, self)
        self._advice = PlainLabel(self, FontSize.PREVIEW)
        self._line = PlainLabel(self, FontSize.PREVIEW)
        self._people = ParticipantList(cache, theme, self)
        self._build()

    def _build(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GUTTER_PX, GUTTER_PX + 8, GUTTER_PX, GUTTER_PX)
        column.setSpacing(8)
        column.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name.setWordWrap(True)
        column.addWidget(self._name)
        number = QHBoxLayout()
        number.setSpacing(4)
        number.addStretch()
        number.addWidget(self._number)
        number.addWidget(self._copy)
        number.addStretch()
        column.addLayout(number)
        column.addSpacing(8)
        column.addWidget(self._card("Health", self._chip, self._advice))
        column.addWidget(self._card("Line", self._line))
        column.addWidget(self._card("Participants", self._people))
        column.addStretch()
        self.setWidget(inside)

    def _card(self, title: str, *contents: QWidget) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        heading = PlainLabel(card, FontSize.META, QFont.Weight.DemiBold, is_secondary=True)
        heading.setText(title)
        column.addWidget(heading)
        for each in contents:
            if isinstance(each, PlainLabel):
                each.setWordWrap(True)
            alignment = Qt.AlignmentFlag.AlignLeft if each is self._chip else Qt.AlignmentFlag(0)
            column.addWidget(each, 0, alignment)
        return card

    def _copy_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("copy_number")
        button.setAccessibleName("Copy number")
        button.setToolTip("Copy number")
        button.setFixedSize(28, 28)
        button.clicked.connect(self._on_copy_clicked)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._avatar.theme = theme
        self._chip.theme = theme
        self._copy.setIcon(themed_icon("copy", theme.text_secondary, 16))
        self._people.set_theme(theme)

    def show_chat(self, chat: Chat) -> None:
        """Show everything about a chat."""
        self._avatar.show_chat(chat)
        self._name.setText(chat_title(chat, self._cache))
        self._handle = "" if chat.is_group or not chat.others else chat.others[0].handle
        people = f"{len(chat.others) + 1} people · "
        number = format_handle(self._handle) + " · " if self._handle else people
        self._number.setText(number + service_name(chat.service))
        self._copy.setVisible(bool(self._handle))
        self._chip.show_health(chat.health)
        self._advice.setText(_health_words(chat))
        self._line.setText(_line_words(chat))
        self._people.show_chat(chat)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._handle)


def _health_words(chat: Chat) -> str:
    health = chat.health
    if health is None:
        return "Linq has not assessed this chat yet."
    reason = f"{health.reason}. " if health.reason else ""
    return f"{reason}{ADVICE[health.status] or f'Linq says: {health.word}.'}"


def _line_words(chat: Chat) -> str:
    line = format_handle(chat.line) if chat.line is not None else "unknown"
    since = day_words(chat.created_at, datetime.now(UTC))
    return f"{line}\nChat since {since[:1].lower() + since[1:] if since in {'Today', 'Yesterday'} else since}"
