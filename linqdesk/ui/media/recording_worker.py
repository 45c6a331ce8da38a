"""Reads sounds and videos in a process of its own, which may be killed at any moment.

It is run as a script and neither imports nor holds anything of LinqDesk; its parent has looked at the
file's first bytes.

A question is a line of JSON: `path`, `wants` ("levels" or "poster"), `width` and `height`. An answer is a
line of JSON as well: `fault`, `duration_ms`, `natural` and `size` in pixels, and `bytes`, which is how
many bytes follow: a level of 0 to 255 each, or pixels of four bytes, blue first.
"""

import contextlib
import json
import os
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioDecoder,
    QAudioFormat,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

DONE, DAMAGED, SILENT = "", "damaged", "silent"
LEVELS = 200
_LOUDEST = 255
# Some hundredths of a second are gathered in one step; no more steps than these are kept.
_STEPS_A_SECOND, _MAX_STEPS = 100, 8_192
# So many samples a second are looked at: enough to see how loud a voice is.
_LOOKS_A_SECOND = 4_000
# Gives up before the parent's patience ends, so that a hang costs no new process.
_PATIENCE_MS = 6_000
_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_CPU_S = 600

_Format = QAudioFormat.SampleFormat
Answer = tuple[dict[str, object], bytes]


@dataclass(frozen=True, slots=True)
class Samples:
    """How samples of a kind are read, which value is silence, and how far they reach from it."""

    read: Callable[[memoryview], Sequence[float]]
    silence: float
    reach: float


_SAMPLES = {
    _Format.UInt8: Samples(lambda view: view.cast("B"), 128.0, 128.0),
    _Format.Int16: Samples(lambda view: view.cast("h"), 0.0, 32_768.0),
    _Format.Int32: Samples(lambda view: view.cast("i"), 0.0, 2_147_483_648.0),
    _Format.Float: Samples(lambda view: view.cast("f"), 0.0, 1.0),
}


class Loudness:
    """Gathers how loud a sound is over time, in a bounded number of steps."""

    def __init__(self) -> None:
        """Start with silence of no length."""
        self._steps = array("f")
        self._rest = 1
        self._gathered = 0
        self._loudest = 0.0
        self.duration_s = 0.0

    def take(self, buffer: QAudioBuffer) -> None:
        """Add what was decoded."""
        form = buffer.format()
        rate, channels = form.sampleRate(), form.channelCount()
        kind = _SAMPLES.get(form.sampleFormat())
        if kind is None or rate <= 0 or channels <= 0:
            return
        samples = kind.read(memoryview(bytes(buffer.constData())))
        self.duration_s += buffer.frameCount() / rate
        length = max(1, rate // _STEPS_A_SECOND) * channels
        stride = max(1, rate // _LOOKS_A_SECOND) * channels
        for start in range(0, len(samples), length):
            looked_at = samples[start : start + length : stride]
            farthest = max(max(looked_at) - kind.silence, kind.silence - min(looked_at))
            self._add(farthest / kind.reach)

    def levels(self) -> bytes:
        """Return how loud it is in LEVELS equal stretches of time, the loudest moment being 255."""
        steps = self._steps
        loudest = max(steps, default=0.0)
        if loudest <= 0.0:
            return bytes(LEVELS if steps else 0)
        edges = [number * len(steps) // LEVELS for number in range(LEVELS + 1)]
        peaks = [max(steps[start : max(end, start + 1)], default=0.0) for start, end in pairwise(edges)]
        return bytes(min(_LOUDEST, round(peak / loudest * _LOUDEST)) for peak in peaks)

    def _add(self, level: float) -> None:
        self._loudest = max(self._loudest, level)
        self._gathered += 1
        if self._gathered < self._rest:
            return
        self._steps.append(self._loudest)
        self._loudest, self._gathered = 0.0, 0
        if len(self._steps) >= _MAX_STEPS:
            # A long one: from now on each step stands for twice the time.
            self._steps = array("f", map(max, self._steps[::2], self._steps[1::2]))
            self._rest *= 2


class Reader(QObject):
    """Reads one file; `done` hears the answer once."""

    def __init__(self, done: Callable[[Answer], None]) -> None:
        """Wait for a wish."""
        super().__init__()
        self._done: Callable[[Answer], None] | None = done
        self._loudness = Loudness()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._fail)
        self._patience.start(_PATIENCE_MS)
        self._decoder: QAudioDecoder | None = None
        self._player: QMediaPlayer | None = None
        self._room = (1, 1)

    def hear(self, path: str) -> None:
        """Find out how loud a sound is over time."""
        # At its own rate: some mp3 hang for ever where they are to be resampled.
        self._decoder = QAudioDecoder(self)
        self._decoder.bufferReady.connect(self._on_buffer_ready)
        self._decoder.finished.connect(self._on_sound_finished)
        self._decoder.error.connect(self._fail)
        self._decoder.setSource(QUrl.fromLocalFile(path))
        self._decoder.start()

    def look(self, path: str, room: tuple[int, int]) -> None:
        """Find a video's first frame, made to fit into a room in pixels."""
        self._room = room
        self._player = QMediaPlayer(self)
        sink = QVideoSink(self)
        sink.videoFrameChanged.connect(self._on_frame)
        self._player.errorOccurred.connect(self._fail)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.setVideoSink(sink)
        self._player.setSource(QUrl.fromLocalFile(path))
        self._player.pause()

    def _on_buffer_ready(self) -> None:
        decoder = self._decoder
        while decoder is not None and decoder.bufferAvailable():
            self._loudness.take(decoder.read())

    def _on_sound_finished(self) -> None:
        self._on_buffer_ready()
        levels = self._loudness.levels()
        duration_ms = round(self._loudness.duration_s * 1_000)
        self._answer({"fault": DONE if levels else DAMAGED, "duration_ms": duration_ms}, levels)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        player = self._player
        if status is QMediaPlayer.MediaStatus.LoadedMedia and player is not None and not player.hasVideo():
            self._answer({"fault": SILENT}, b"")

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid() or self._player is None:
            return
        image = frame.toImage()
        if image.isNull():
            self._fail()
            return
        natural = [image.width(), image.height()]
        width, height = min(self._room[0], natural[0]), min(self._room[1], natural[1])
        ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(width, height, ratio, smooth).convertToFormat(QImage.Format.Format_RGB32)
        self._answer(
            {
                "fault": DONE,
                "duration_ms": max(0, self._player.duration()),
                "natural": natural,
                "size": [image.width(), image.height()],
            },
            bytes(image.constBits()),
        )

    def _fail(self) -> None:
        self._answer({"fault": DAMAGED}, b"")

    def _answer(self, head: dict[str, object], data: bytes) -> None:
        done, self._done = self._done, None
        if done is not None:
            self._patience.stop()
            done((head, data))


class Server(QObject):
    """Answers one question after another until there are no more."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO) -> None:
        """Ask for the first question as soon as the loop runs."""
        super().__init__()
        self._questions = questions
        self._answers = answers
        self._reader: Reader | None = None
        QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        # Nothing else happens in this process: it may stand still while it waits.
        line = self._questions.readline()
        if not line:
            QCoreApplication.quit()
            return
        question = json.loads(line)
        self._reader = Reader(self._on_answer)
        if question["wants"] == "levels":
            self._reader.hear(question["path"])
        else:
            self._reader.look(question["path"], (question["width"], question["height"]))

    def _on_answer(self, answer: Answer) -> None:
        head, data = answer
        try:
            self._answers.write(json.dumps({**head, "bytes": len(data)}).encode() + b"\n" + data)
            self._answers.flush()
        except OSError:
            # Whoever asked is gone; a slot's error would leave this process waiting for ever.
            os._exit(0)
        # Not from within a signal of what is to go.
        QTimer.singleShot(0, self._forget)

    def _forget(self) -> None:
        if self._reader is not None:
            self._reader.deleteLater()
            self._reader = None
        QTimer.singleShot(0, self._next)


def _stay_small() -> None:
    """Bound what a file can make this process take, and let it write no file, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


def main() -> None:
    """Serve whoever started this process."""
    os.environ["QT_LOGGING_RULES"] = "*=false"
    application = QCoreApplication(["linqdesk-recordings"])
    _stay_small()
    server = Server(sys.stdin.buffer, sys.stdout.buffer)
    application.exec()
    del server


if __name__ == "__main__":
    main()
