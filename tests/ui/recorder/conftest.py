"""A recorder over a virtual microphone, and what it has kept."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from linqdesk.ui.recorder.recorder import MemoWish, Recorder, RecorderState
from tests.ui.recorder.virtual import Microphones
from tests.ui.tape import Tape


class Studio:
    """A recorder and all that is around it."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.tape = Tape()
        self.microphones = Microphones()
        self.recorder = Recorder(self.tape, self.microphones, self.owner)
        self.wishes: list[MemoWish] = []
        self.said: list[str] = []
        self.recorder.recorded.connect(self.wishes.append)
        self.recorder.said.connect(self.said.append)

    def stands(self, state: RecorderState) -> bool:
        return self.recorder.state is state

    def say(self, duration_ms: int) -> None:
        self.microphones.newest.say(duration_ms)


@pytest.fixture
def studio(qtbot: QtBot) -> Studio:
    del qtbot
    return Studio()
