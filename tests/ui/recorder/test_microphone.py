"""The real microphone's code, in processes of its own: without a sound system, and with one made for it."""

import os
import shutil
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.recorder.virtual import tone

_CODE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from linqdesk.ui.recorder.microphone import SystemMicrophone, microphones
application = QApplication([])
print(microphones())
microphone = SystemMicrophone("", application)
microphone.failed.connect(print)
for act in (microphone.pause, microphone.resume, microphone.start, microphone.stop):
    act()
"""


def test_a_computer_without_a_microphone_says_so() -> None:
    nowhere = {"PULSE_SERVER": "unix:/nowhere", "XDG_RUNTIME_DIR": "/nowhere"}
    environment = {**os.environ, **nowhere, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _CODE], check=True, capture_output=True, timeout=60, env=environment, text=True
    )
    assert done.stdout.splitlines() == [
        "[]",
        "No microphone was found: plug one in, or choose another one in Settings.",
    ]


# PulseAudio with a sink that is none, whose sound comes back as a microphone.
_DAEMON = (
    "pulseaudio",
    "-n",
    "--daemonize=no",
    "--exit-idle-time=-1",
    "--load=module-native-protocol-unix",
    "--load=module-null-sink sink_name=nowhere",
    "--load=module-remap-source source_name=there master=nowhere.monitor",
)
_HEAR = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from linqdesk.ui.recorder.loudness import Loudness
from linqdesk.ui.recorder.microphone import SystemMicrophone, microphones
application = QApplication([])
if "there" not in dict(microphones()):
    sys.exit(2)
microphone = SystemMicrophone("there", application)
loudness, pieces, levels = [], [], []
microphone.started.connect(lambda form: loudness.append(Loudness(form)))
microphone.failed.connect(sys.exit)
def hear(data):
    pieces.append(len(data))
    levels.extend(loudness[0].take(data))
    # The song may begin later than we listen.
    if len(levels) >= 20 and max(levels) > 100:
        microphone.stop()
        application.quit()
microphone.heard.connect(hear)
microphone.start()
QTimer.singleShot(20_000, application.quit)
application.exec()
print(max(levels, default=0), min(pieces[:-1], default=0))
"""


@pytest.fixture
def sound_system(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Run PulseAudio for this test alone; yields the environment that leads to it."""
    if shutil.which("pulseaudio") is None or shutil.which("pacat") is None:
        pytest.skip("PulseAudio is not installed")
    home = tmp_path / "run"
    home.mkdir(mode=0o700)
    places = {"XDG_RUNTIME_DIR": str(home), "HOME": str(home), "PULSE_LATENCY_MSEC": "20"}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(_DAEMON, env=environment, stderr=subprocess.DEVNULL) as daemon:
        try:
            yield environment
        finally:
            daemon.terminate()


def test_a_real_sound_system_is_heard(sound_system: dict[str, str], tmp_path: Path) -> None:
    song = tmp_path / "song.wav"
    with wave.open(str(song), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(array("h", tone(1_000) * 60).tobytes())
    loudest = least_bytes = 0
    # Daemon and song need a moment, on a busy machine more: who comes too early comes again.
    while loudest <= 100:
        loudest, least_bytes = heard_from(sound_system, song)
    # A twentieth of a second and not less, or the window would have much to do for nothing.
    assert least_bytes >= 4_800


def heard_from(environment: dict[str, str], song: Path) -> tuple[int, int]:
    """Play a song into the sink; returns how loud it was at most, and the least bytes told at once."""
    play = ("pacat", "--device=nowhere", "--file-format=wav", str(song))
    hear = (sys.executable, "-c", _HEAR)
    with subprocess.Popen(play, env=environment, stderr=subprocess.DEVNULL) as player:
        done = subprocess.run(hear, check=False, capture_output=True, timeout=60, env=environment, text=True)
        player.kill()
    assert done.returncode in {0, 2}, done.stderr
    loudest, least_bytes = map(int, done.stdout.split() or (0, 0))
    return loudest, least_bytes
