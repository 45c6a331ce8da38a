"""Sounds to test with, encoded by Qt's own recorder in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

SOUNDS_NOT_TAKEN = ("flac", "ogg", "opus")

_CODE = """
import sys
from PySide6.QtMultimedia import QMediaFormat
from tests.media_maker.sound import tune
from tests.media_maker.sound_files import record
file, kind, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
F, C = QMediaFormat.FileFormat, QMediaFormat.AudioCodec
container, codec = {"flac": (F.FLAC, C.FLAC), "ogg": (F.Ogg, C.Vorbis), "opus": (F.Ogg, C.Opus)}[kind]
record(file, tune(48_000)[: round(seconds * 48_000)], 48_000, container, codec)
"""


def write_sound(file: Path, kind: str, seconds: float) -> Path:
    """Write a tune as one of SOUNDS_NOT_TAKEN."""
    command = [sys.executable, "-c", _CODE, str(file), kind, str(seconds)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=environment)
    return file
