"""Settings: the microphone with which voice memos are recorded, and a way to try it."""

from dataclasses import replace

from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.recording import SoundForm
from linqdesk.local.settings import Settings
from linqdesk.ui.drop_down import DropDown
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.recorder.level_meter import LevelMeter
from linqdesk.ui.recorder.loudness import Loudness
from linqdesk.ui.recorder.microphone import Microphone, MicrophoneMaker, SystemMicrophone, microphones
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme

_PREFERRED = "As the system prefers"
_ABOUT = "A voice memo has up to 20 minutes, which is 10 MB. It stays on this computer until you send it."
_SAY = "Say something: the bars should move."
_METER_LEVELS = 200
_ON = True


class SoundPage(QWidget):
    """Lists the microphones each time that it is shown; listens only while it is tried and can be seen."""

    def __init__(self, preferences: Preferences, theme: Theme, parent: QWidget) -> None:
        """Show what holds now."""
        super().__init__(parent)
        self._preferences = preferences
        self.make_microphone: MicrophoneMaker = SystemMicrophone
        self._microphone: Microphone | None = None
        self._loudness: Loudness | None = None
        self._levels = b""
        self._devices = DropDown(self)
        self._devices.setObjectName("microphone")
        self._devices.setAccessibleName("Microphone")
        wear_font(self._devices, FontSize.BODY)
        self._devices.activated.connect(self._on_chosen)
        self._try = QPushButton("Try it", self)
        self._try.setObjectName("try_microphone")
        self._try.setAccessibleName("Try the microphone")
        self._try.clicked.connect(self._on_try)
        self.meter = LevelMeter(theme, self)
        self._says = PlainLabel(self, FontSize.META, is_secondary=True)
        self._says.setObjectName("microphone_says")
        self._says.setWordWrap(_ON)
        self._lay_out()
        preferences.changed.connect(self._show)

    def _lay_out(self) -> None:
        title = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText("Microphone for voice memos")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._try)
        row.addWidget(self.meter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self._devices)
        column.addLayout(row)
        column.addWidget(self._says)
        column.addStretch()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look which microphones there are."""
        super().showEvent(event)
        self._list()
        self._say(_ABOUT)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Listen no longer."""
        super().hideEvent(event)
        self._stop()

    def _list(self) -> None:
        self._devices.clear()
        self._devices.addItem(_PREFERRED, "")
        for device_id, name in microphones():
            self._devices.addItem(name, device_id)
        self._show(self._preferences.current)

    def _show(self, settings: Settings) -> None:
        at = self._devices.findData(settings.microphone)
        if at < 0 and self._devices.count():
            self._devices.addItem("The one chosen before (not plugged in)", settings.microphone)
            at = self._devices.count() - 1
        self._devices.setCurrentIndex(at)

    def _on_chosen(self, at: int) -> None:
        was_on = self._microphone is not None
        self._stop()
        device_id = str(self._devices.itemData(at))
        self._preferences.set(replace(self._preferences.current, microphone=device_id))
        if was_on:
            self._start()

    def _on_try(self) -> None:
        if self._microphone is None:
            self._start()
        else:
            self._stop()
            self._say(_ABOUT)

    def _start(self) -> None:
        made = self.make_microphone(self._preferences.current.microphone, self)
        self._microphone = made
        made.started.connect(self._on_started)
        made.heard.connect(self._on_heard)
        made.failed.connect(self._on_failed)
        made.start()

    def _stop(self) -> None:
        microphone, self._microphone = self._microphone, None
        self._loudness, self._levels = None, b""
        self.meter.show_levels(b"")
        self._try.setText("Try it")
        if microphone is not None:
            microphone.stop()
            microphone.deleteLater()

    def _on_started(self, form: SoundForm) -> None:
        self._loudness = Loudness(form)
        self._try.setText("Stop")
        self._say(_SAY)

    def _on_heard(self, data: bytes) -> None:
        if self._loudness is not None:
            self._levels = (self._levels + self._loudness.take(data))[-_METER_LEVELS:]
            self.meter.show_levels(self._levels)

    def _on_failed(self, words: str) -> None:
        self._stop()
        self._say(words, is_bad=True)

    def _say(self, words: str, *, is_bad: bool = False) -> None:
        self._says.setText(words)
        restyle(self._says, danger=is_bad, secondary=not is_bad)
