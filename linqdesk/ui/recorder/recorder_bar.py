"""The bar over the field while a voice memo is recorded: how long, how loud, and what to do with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from linqdesk.domain.ids import ChatId
from linqdesk.ui.composer.send_button import SendButton
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.recorder.level_meter import LevelMeter
from linqdesk.ui.recorder.microphone import NOT_ALLOWED
from linqdesk.ui.recorder.recorder import Recorder, RecorderState
from linqdesk.ui.style import restyle
from linqdesk.ui.system_opener import open_microphone_page
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.thread.accessibility import announce
from linqdesk.ui.thread.player_places import spoken_time, time_words

_ICON_PX, _DOT_PX, _TIME_PX, _HEIGHT_PX = 16, 10, 44, 46
# The last minute of what there is room for is counted down.
_WARN_MS = 60_000
_ON = True
_RECORDING = {RecorderState.RECORDING, RecorderState.PAUSED}


class _Dot(QWidget):
    """A disc while something is heard, two strokes while it is paused: never colour alone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.is_paused = False
        self.setFixedSize(_DOT_PX + 4, _DOT_PX + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.text_secondary if self.is_paused else self.theme.danger)
            if self.is_paused:
                painter.drawRoundedRect(3, 2, 3, _DOT_PX, 1, 1)
                painter.drawRoundedRect(8, 2, 3, _DOT_PX, 1, 1)
            else:
                painter.drawEllipse(2, 2, _DOT_PX, _DOT_PX)


class RecorderBar(QFrame):
    """Hidden while nothing is recorded; in other chats it says for whom is recorded and leads there."""

    chat_wanted = Signal(object)
    """A ChatId."""
    settings_wanted = Signal()

    def __init__(
        self, recorder: Recorder, name_of: Callable[[ChatId], str], theme: Theme, parent: QWidget
    ) -> None:
        """Start hidden; `name_of` names a chat."""
        super().__init__(parent)
        self._recorder = recorder
        self._name_of = name_of
        self._theme = theme
        self._chat_id: ChatId | None = None
        self._was = RecorderState.RESTING
        self.setObjectName("recorder_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.discard = IconButton("trash-2", "Discard recording", self)
        self.pause = IconButton("pause", "Pause recording", self)
        self.resume = IconButton("mic", "Go on recording", self)
        self.listen = IconButton("headphones", "Listen before sending", self)
        self.send = SendButton(theme, self)
        self.send.setObjectName("send_voice_memo")
        self.send.setAccessibleName("Send voice memo")
        self.send.setToolTip("Send voice memo")
        self.meter = LevelMeter(theme, self)
        self._dot = _Dot(theme, self)
        self._time = PlainLabel(self, FontSize.META, QFont.Weight.DemiBold)
        self._icon = QLabel(self)
        self._words = PlainLabel(self, FontSize.META)
        self.go_there = self._button("Go there", "recorder_go_there")
        self.settings = self._button("Settings", "recorder_settings")
        self.close_trouble = IconButton("x", "Close", self)
        self._lay_out()
        self._connect()
        self.wear(theme)
        self.refresh()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Stand in another chat."""
        self._chat_id = chat_id
        self.refresh()

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for button in self._icon_buttons():
            button.wear(theme)
        self.send.wear(theme, None)
        self._dot.theme = theme
        self._dot.update()
        self.meter.wear(theme)
        self._icon.setPixmap(self._pixmap("triangle-alert", theme.danger))

    def refresh(self) -> None:
        """Show how recording stands."""
        state = self._recorder.state
        is_here = self._recorder.chat_id == self._chat_id
        is_recording = state in _RECORDING
        is_at_work = is_here and is_recording
        is_troubled = state is RecorderState.TROUBLED and is_here
        self._dot.is_paused = state is RecorderState.PAUSED
        self._dot.update()
        shown: dict[QWidget, bool] = {
            self.discard: is_at_work,
            self._dot: is_recording,
            self._time: is_recording,
            self.meter: is_at_work,
            self.pause: is_at_work and state is RecorderState.RECORDING,
            self.resume: is_at_work and state is RecorderState.PAUSED,
            self.listen: is_at_work,
            self.send: is_at_work,
            self._icon: is_troubled,
            self.go_there: is_recording and not is_here,
            self.settings: is_troubled,
            self.close_trouble: is_troubled,
        }
        self._move_focus({widget for widget, is_shown in shown.items() if not is_shown}, state)
        for widget, is_shown in shown.items():
            widget.setVisible(is_shown)
        self._say(state, is_here=is_here)
        self._on_moved()
        is_seen = is_recording or (is_here and state not in {RecorderState.RESTING, RecorderState.STARTING})
        self.setVisible(is_seen and self._chat_id is not None)

    def _say(self, state: RecorderState, *, is_here: bool) -> None:
        chat_id = self._recorder.chat_id
        name = self._name_of(chat_id) if chat_id is not None else ""
        match state:
            case RecorderState.RECORDING | RecorderState.PAUSED if is_here:
                words = ""
            case RecorderState.RECORDING | RecorderState.PAUSED:
                words = f"Voice memo for {name}"
            case RecorderState.FINISHING:
                words = "Preparing the voice memo…"
            case _:
                words = self._recorder.words
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(words or f"Voice memo for {name}")
        if state is not self._was:
            self._was = state
            self._announce(state, name)

    def _announce(self, state: RecorderState, name: str) -> None:
        length = spoken_time(self._recorder.duration_ms)
        said = {
            RecorderState.RECORDING: f"Recording a voice memo for {name}",
            RecorderState.PAUSED: f"Paused at {length}",
            RecorderState.TROUBLED: self._recorder.words,
        }.get(state)
        if said:
            announce(self, said)

    def _on_moved(self) -> None:
        recorder = self._recorder
        left_ms = recorder.left_ms
        is_ending = recorder.state in _RECORDING and left_ms <= _WARN_MS
        words = f"{time_words(left_ms)} left" if is_ending else time_words(recorder.duration_ms)
        if words != self._time.text():
            self._time.setText(words)
            self._time.setAccessibleName(f"{words} recorded" if not is_ending else words)
        if self.meter.isVisibleTo(self):
            self.meter.show_levels(recorder.levels, is_live=recorder.state is RecorderState.RECORDING)

    def _move_focus(self, leaving: set[QWidget], state: RecorderState) -> None:
        """Hand the keyboard from a button that goes to the one that takes its place."""
        heirs = {RecorderState.PAUSED: self.resume, RecorderState.RECORDING: self.pause}
        heir = heirs.get(state)
        if heir is not None and any(each.hasFocus() for each in leaving):
            heir.show()
            heir.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        restyle(button, small=True)
        return button

    def _icon_buttons(self) -> tuple[IconButton, ...]:
        return (self.discard, self.pause, self.resume, self.listen, self.close_trouble)

    def _pixmap(self, name: str, colour: QColor) -> QPixmap:
        return themed_icon(name, colour, _ICON_PX).pixmap(_ICON_PX, _ICON_PX)

    def _lay_out(self) -> None:
        self._time.setMinimumWidth(_TIME_PX)
        self._time.setObjectName("recorder_time")
        self._words.setObjectName("recorder_words")
        self._words.setWordWrap(_ON)
        self.setMinimumHeight(_HEIGHT_PX)
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(6)
        for widget in (self.discard, self._dot, self._time, self._icon):
            row.addWidget(widget)
        row.addWidget(self.meter, 1)
        row.addWidget(self._words, 1)
        for button in (self.pause, self.resume, self.listen, self.send):
            row.addWidget(button)
        for other in (self.go_there, self.settings, self.close_trouble):
            row.addWidget(other)

    def _connect(self) -> None:
        recorder = self._recorder
        recorder.changed.connect(self.refresh)
        recorder.moved.connect(self._on_moved)
        self.discard.clicked.connect(recorder.discard)
        self.close_trouble.clicked.connect(recorder.discard)
        self.pause.clicked.connect(recorder.toggle_pause)
        self.resume.clicked.connect(recorder.toggle_pause)
        self.listen.clicked.connect(lambda: recorder.finish(is_to_be_sent=False))
        self.send.clicked.connect(lambda: recorder.finish(is_to_be_sent=True))
        self.go_there.clicked.connect(lambda: self.chat_wanted.emit(recorder.chat_id))
        self.settings.clicked.connect(self._on_settings)

    def _on_settings(self) -> None:
        """Open the system's settings where they forbid the microphone, else our own, which choose one."""
        is_forbidden = self._recorder.words == NOT_ALLOWED
        if not (is_forbidden and open_microphone_page()):
            self.settings_wanted.emit()
