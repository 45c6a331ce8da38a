"""What floats over the thread: the way to the newest message, the day, and news of the history."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget
from typing_extensions import override

from linqdesk.ui.icons import themed_icon
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme, font

_JUMP_PX, _BADGE_PX, _MARGIN_PX = 40, 20, 16
_PILL_SHOWN_MS = 1_000
_MAX_COUNTED = 99
_HINT_PAD_PX = 32


class JumpButton(QToolButton):
    """The way to the newest message, with the number of those that came meanwhile."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self.setObjectName("jump_to_newest")
        self.setAccessibleName("Jump to newest")
        self.setToolTip("Jump to newest (Ctrl+J)")
        self.setFixedSize(_JUMP_PX, _JUMP_PX + _BADGE_PX // 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many messages came below."""
        self._count = count
        self.setAccessibleDescription(f"{count} new messages" if count else "")
        self.update()

    def place(self, area: QSize) -> None:
        """Stand in the lower right corner of an area."""
        self.move(area.width() - self.width() - _MARGIN_PX, area.height() - self.height() - _MARGIN_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc with an arrow, and the badge."""
        theme = self._theme
        disc = self.rect().adjusted(1, _BADGE_PX // 2 + 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = theme.accent if self.hasFocus() else theme.hairline
            painter.setPen(QPen(ring, 2 if self.hasFocus() else 1))
            painter.setBrush(theme.panel if not self.underMouse() else theme.field)
            painter.drawEllipse(disc)
            icon = themed_icon("arrow-down", theme.text)
            icon.paint(painter, disc.adjusted(10, 10, -10, -10))
            if self._count:
                self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        words = str(self._count) if self._count <= _MAX_COUNTED else f"{_MAX_COUNTED}+"
        badge = self.rect().adjusted(0, 0, 0, 0)
        badge.setHeight(_BADGE_PX)
        badge.setWidth(max(_BADGE_PX, 10 + 8 * len(words)))
        badge.moveCenter(QPoint(self.width() // 2, _BADGE_PX // 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        painter.drawRoundedRect(badge, _BADGE_PX / 2, _BADGE_PX / 2)
        painter.setPen(self._theme.on_accent)
        painter.setFont(font(FontSize.META))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


class DayPill(QLabel):
    """The day of what is on screen, shown while scrolling and for a second after."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("day_pill")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        wear_font(self, FontSize.META)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_PILL_SHOWN_MS)
        self._gone.timeout.connect(self.hide)
        self.hide()

    def show_day(self, words: str, area: QSize) -> None:
        """Show a day at the top of an area."""
        self.setText(words)
        self.adjustSize()
        self.move((area.width() - self.width()) // 2, 8)
        self.show()
        self._gone.start()


class Hint(QLabel):
    """One line about what the pointer or the keyboard has reached, in the lower left corner."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        wear_font(self, FontSize.META)
        self.hide()

    def say(self, words: str, area: QSize) -> None:
        """Show words within an area, cut in their middle where they are long; nothing hides the hint."""
        self.setVisible(bool(words))
        if words:
            room = max(40, area.width() - 2 * _MARGIN_PX - _HINT_PAD_PX)
            self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room))
            self.adjustSize()
            self.move(8, area.height() - self.height() - 8)
            self.raise_()


class HistoryNotice(QFrame):
    """What there is to say of older messages: that they load, or why they do not."""

    retried = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("history_notice")
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        wear_font(self._words, FontSize.META)
        self._again = QPushButton("Try again", self)
        self._again.setAccessibleName("Try again")
        self._again.clicked.connect(self.retried)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._words)
        row.addWidget(self._again)
        self.hide()

    def say(self, words: str | None, *, can_retry: bool, area: QSize) -> None:
        """Say something at the top of an area, or nothing."""
        self.setVisible(words is not None)
        if words is not None:
            self._words.setText(words)
            self._again.setVisible(can_retry)
            self.adjustSize()
            self.move((area.width() - self.width()) // 2, 8)
