"""A microphone without a device: it says what a test has it say."""

import math
from array import array

from PySide6.QtCore import QObject
from typing_extensions import override

from linqdesk.domain.recording import SampleKind, SoundForm
from linqdesk.ui.recorder.microphone import Microphone

FORM = SoundForm(48_000, 1)
_LOUD = 12_000


def tone(duration_ms: int, *, loudness: int = _LOUD, form: SoundForm = FORM) -> bytes:
    """A tone as a microphone of 16 bits hears it."""
    count = form.rate_hz * duration_ms // 1_000
    samples = array("h", (round(loudness * math.sin(number * 0.06)) for number in range(count)))
    frames = array("h", (sample for sample in samples for _ in range(form.channels)))
    assert form.samples is SampleKind.INT16
    return frames.tobytes()


class VirtualMicrophone(Microphone):
    """Starts at once, unless it has to fail."""

    def __init__(self, device_id: str, parent: QObject, form: SoundForm = FORM) -> None:
        super().__init__(parent)
        self.device_id = device_id
        self.form = form
        self.fails_with = ""
        self.is_on = False
        self.is_paused = False

    @override
    def start(self) -> None:
        if self.fails_with:
            self.failed.emit(self.fails_with)
            return
        self.is_on = True
        self.started.emit(self.form)

    @override
    def pause(self) -> None:
        self.is_paused = True

    @override
    def resume(self) -> None:
        self.is_paused = False

    @override
    def stop(self) -> None:
        self.is_on = False

    def say(self, duration_ms: int, loudness: int = _LOUD) -> None:
        """Be heard, a tenth of a second at a time; nobody hears what is said in a pause."""
        if self.is_on and not self.is_paused:
            data = tone(duration_ms, loudness=loudness, form=self.form)
            size_bytes = self.form.frame_bytes * self.form.rate_hz // 10
            for start in range(0, len(data), size_bytes):
                if self.is_on:
                    self.heard.emit(data[start : start + size_bytes])


class Microphones:
    """Makes virtual microphones and keeps the newest."""

    def __init__(self) -> None:
        self.fails_with = ""
        self.form = FORM
        self.made: list[VirtualMicrophone] = []

    def __call__(self, device_id: str, parent: QObject) -> Microphone:
        made = VirtualMicrophone(device_id, parent, self.form)
        made.fails_with = self.fails_with
        self.made.append(made)
        return made

    @property
    def newest(self) -> VirtualMicrophone:
        return self.made[-1]
