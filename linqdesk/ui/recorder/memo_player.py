"""Plays a voice memo that is not sent yet: a disc, its waveform, and what is left of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid
from typing_extensions import override

from linqdesk.domain.ids import AttachmentId, FileKey, MessageId
from linqdesk.local.recording_reader import Levels, LevelsRequest, RecordingError
from linqdesk.ui.media.playback import STEP_MS, Playback, RecordingKey
from linqdesk.ui.media_commands import MediaCommands
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, FontSize, Theme, font, mixed
from linqdesk.ui.thread.player_places import BAR_PX, bar_boxes, share_at, spoken_time, time_words
from linqdesk.ui.thread.sound_painting import paint_mark

if TYPE_CHECKING:
    from linqdesk.services.recording_reading import RecordingOutcome

_DISC_PX, _PAD_PX, _TIME_PX, _HEIGHT_PX = 32, 6, 48, 44
_WAVE_PX = 26
_AHEAD_SHARE = 0.4
# Whatever is not sent yet belongs to no message.
_UNSENT = MessageId("unsent")


class MemoPlayer(QWidget):
    """Reads the waveform once; plays through the window's one player, so that one thing plays at a time.

    Space plays and pauses, Left and Right go five seconds.
    """

    measured = Signal(int)
    """How long it is, in milliseconds, once that was read."""
    failed = Signal(str)
    """Why it cannot be played, in a sentence."""

    def __init__(
        self, key: FileKey, file: Path, playback: Playback, commands: MediaCommands, theme: Theme
    ) -> None:
        """Have the file read; nothing plays before it is asked for."""
        super().__init__()
        self._key = RecordingKey(_UNSENT, 0, AttachmentId(key))
        self._file = file
        self._playback = playback
        self._theme = theme
        self._levels = b""
        self._duration_ms = 0
        self._is_ready = False
        self.trouble = ""
        self.setObjectName("memo_player")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        playback.changed.connect(self._on_playback_changed)
        playback.failed.connect(self._on_playback_failed)
        self._speak()
        commands.read_recording(file, LevelsRequest(), self._on_read)

    @property
    def duration_ms(self) -> int:
        """How long it is, 0 until that was read."""
        return self._duration_ms

    @property
    def is_playing(self) -> bool:
        """Whether it is this memo that plays."""
        return self._is_current and self._playback.is_playing

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def toggle(self) -> None:
        """Play, pause or go on."""
        if self.trouble:
            return
        if self._is_current:
            self._playback.toggle()
        else:
            self._playback.start(self._key, self._file)

    def rest(self) -> None:
        """Play it no longer: it is sent, or removed."""
        if self._is_current:
            self._playback.stop()

    @override
    def sizeHint(self) -> QSize:
        """Return a size in which a waveform can be seen."""
        return QSize(240, _HEIGHT_PX)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play by Space and Enter, go back and forward by the arrows."""
        steps = {Qt.Key.Key_Left: -STEP_MS, Qt.Key.Key_Right: STEP_MS}
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.toggle()
        elif self._is_current and event.key() in steps:
            self._playback.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play from where the waveform is pressed; elsewhere play or pause."""
        wave = self._wave()
        at = event.position()
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._duration_ms and wave.left() - _PAD_PX <= at.x() <= wave.right() + _PAD_PX:
            self._play_from(round(share_at(wave, at.x()) * self._duration_ms))
        else:
            self.toggle()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc, waveform and time."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ring(painter)
            disc = self._disc()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.text_secondary if self.trouble else theme.accent)
            painter.drawEllipse(disc)
            paint_mark(painter, disc, theme.on_accent, is_playing=self.is_playing)
            if self.trouble:
                painter.setPen(theme.danger)
                self._paint_words(painter, self._wave(), self.trouble)
                return
            self._paint_wave(painter)
            painter.setPen(theme.text_secondary)
            right = QRectF(self.width() - _PAD_PX - _TIME_PX, 0, _TIME_PX, self.height())
            self._paint_words(painter, right, self._time_words())

    @property
    def _is_current(self) -> bool:
        return self._playback.key == self._key

    @property
    def _position_ms(self) -> int:
        return min(self._playback.position_ms, self._duration_ms) if self._is_current else 0

    def _disc(self) -> QRectF:
        return QRectF(_PAD_PX, (self.height() - _DISC_PX) / 2, _DISC_PX, _DISC_PX)

    def _wave(self) -> QRectF:
        left = 2 * _PAD_PX + _DISC_PX + 4
        width = max(BAR_PX, self.width() - left - 2 * _PAD_PX - (0 if self.trouble else _TIME_PX))
        return QRectF(left, (self.height() - _WAVE_PX) / 2, width, _WAVE_PX)

    def _play_from(self, position_ms: int) -> None:
        if self._is_current:
            self._playback.seek(position_ms)
        else:
            self._playback.start(self._key, self._file, position_ms)

    def _paint_ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)

    def _paint_wave(self, painter: QPainter) -> None:
        theme, wave = self._theme, self._wave()
        share = self._position_ms / self._duration_ms if self._duration_ms else 0.0
        at = wave.left() + share * wave.width()
        ahead = mixed(theme.window, theme.text, _AHEAD_SHARE)
        painter.setPen(Qt.PenStyle.NoPen)
        for box in bar_boxes(wave, self._levels):
            painter.setBrush(theme.accent if self._is_current and box.center().x() <= at else ahead)
            painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)

    def _paint_words(self, painter: QPainter, place: QRectF, words: str) -> None:
        painter.setFont(font(FontSize.META))
        side = Qt.AlignmentFlag.AlignLeft if self.trouble else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, words)

    def _time_words(self) -> str:
        if not self._is_ready:
            return "…"
        return time_words(self._duration_ms - self._position_ms)

    def _speak(self) -> None:
        act = "Pause" if self.is_playing else "Play"
        length = f", {spoken_time(self._duration_ms)}" if self._duration_ms else ""
        self.setAccessibleName(self.trouble or f"{act} voice memo{length}")

    def _on_read(self, outcome: "RecordingOutcome | None") -> None:
        if not isValid(self):
            # It was sent or removed before it was read.
            return
        match outcome:
            case Levels():
                self._levels, self._duration_ms, self._is_ready = outcome.levels, outcome.duration_ms, True
                self.measured.emit(outcome.duration_ms)
            case RecordingError():
                self._give_up(outcome.message)
            case _:
                return
        self._speak()
        self.update()

    def _on_playback_changed(self, key: RecordingKey) -> None:
        if key == self._key:
            self._speak()
            self.update()

    def _on_playback_failed(self, key: RecordingKey, words: str) -> None:
        if key == self._key:
            self._give_up(words)

    def _give_up(self, words: str) -> None:
        self.trouble = words
        self.failed.emit(words)
        self._speak()
        self.update()
