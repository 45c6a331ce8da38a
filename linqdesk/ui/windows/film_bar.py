"""The controls under a video that is looked at large: play, where it is, how long is left, how fast."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from linqdesk.ui.media.recordings import RecordingLook
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.thread.film_painting import paint_line
from linqdesk.ui.thread.player_controls import PlayerButton, PositionStrip
from linqdesk.ui.thread.player_places import rate_words, spoken_time, time_words
from linqdesk.ui.thread.sound_painting import paint_mark
from linqdesk.ui.tooltips import plain_tip

_BAR_PX, _BUTTON_PX, _LINE_PX, _EDGE_PX = 48, 36, 28, 8


class _PlayButton(PlayerButton):
    """Plays, and pauses while it plays."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("play_video", theme, parent)
        self.is_playing = False
        self.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark, and the focus around it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = self.theme.text if self.isEnabled() else self.theme.text_secondary
            paint_mark(painter, QRectF(self.rect()), ink, is_playing=self.is_playing)
        super().paintEvent(event)


class _FilmLine(PositionStrip):
    """The line of a video's time, with its knob."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Position in video")
        self.setMinimumHeight(_LINE_PX)
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, and the focus around it."""
        span = self.maximum() - self.minimum()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(self.rect()).adjusted(_EDGE_PX, 0, -_EDGE_PX, 0)
            paint_line(painter, place, self.value() / span if span else 0.0, self.theme.text)
        super().paintEvent(event)


class FilmBar(QWidget):
    """Says by signals what is wished; shows what it is told."""

    toggled = Signal()
    sought = Signal(int)
    """A position in milliseconds."""
    faster = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("film_bar")
        self.setFixedHeight(_BAR_PX)
        self._play = _PlayButton(theme, self)
        self._line = _FilmLine(theme, self)
        self._left = PlainLabel(self, FontSize.META, is_secondary=True)
        self._left.setObjectName("film_left")
        self._rate = QPushButton(rate_words(1.0), self)
        self._rate.setObjectName("film_rate")
        self._rate.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self._play)
        row.addWidget(self._line, 1)
        row.addWidget(self._left)
        row.addWidget(self._rate)
        self._play.clicked.connect(self.toggled)
        self._line.sought.connect(self.sought)
        self._rate.clicked.connect(self.faster)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._line.theme = self._play.theme = theme
        self.update()

    def say(self, look: RecordingLook) -> None:
        """Show how a video stands."""
        self._play.is_playing = look.is_playing
        self._play.setEnabled(not look.words)
        words = "Pause video" if look.is_playing else "Play video"
        if self._play.accessibleName() != words:
            self._play.setAccessibleName(words)
            self._play.setToolTip(plain_tip(f"{words} (Space)"))
        self._play.update()
        self._line.setEnabled(look.duration_ms is not None)
        self._line.set_position(look.position_ms, look.duration_ms or 0)
        self._line.update()
        remaining = look.remaining_ms
        self._left.setText("" if remaining is None else f"\N{MINUS SIGN}{time_words(remaining)}")
        left = "" if remaining is None else f"{spoken_time(remaining)} left"
        if self._line.accessibleDescription() != left:
            self._line.setAccessibleDescription(left)
        self._rate.setText(rate_words(look.rate))
        self._rate.setAccessibleName(f"Speed {rate_words(look.rate)}")
