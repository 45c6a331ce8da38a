"""Writes any sound as AAC in m4a, in a process of its own, which may be killed at any moment.

It is run as a script and neither imports nor holds anything of LinqDesk; its parent has looked at the
file's first bytes.

A question is a line of JSON: `path`, `target` and `bits_a_second`. An answer is a line of JSON: `fault`
and `duration_ms`. What stands at the target is whole only after a good answer.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioBufferInput,
    QAudioDecoder,
    QAudioFormat,
    QMediaCaptureSession,
    QMediaFormat,
    QMediaRecorder,
)

DONE, DAMAGED, UNWRITTEN = "", "damaged", "unwritten"
# Voices need no second channel, music does.
_MAX_CHANNELS = 2
# Nothing decoded for so long: the file makes the decoder hang.
_STALLED_MS = 8_000
_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_CPU_S = 900
_MAX_FILE_BYTES = 200 * 1024 * 1024
_STOPPED = QMediaRecorder.RecorderState.StoppedState
Answer = dict[str, object]


class Encoder(QObject):
    """Encodes one file; `done` hears the answer once."""

    def __init__(self, question: dict[str, object], done: Callable[[Answer], None]) -> None:
        """Begin to decode; what is to be written is known with the first sound."""
        super().__init__()
        self._done: Callable[[Answer], None] | None = done
        self._target = str(question["target"])
        self._bits_a_second = int(str(question["bits_a_second"]))
        self._waiting: QAudioBuffer | None = None
        self._is_decoded = self._has_ended = False
        self._duration_us = 0
        self._sink: QAudioBufferInput | None = None
        self._session = QMediaCaptureSession(self)
        self._recorder = QMediaRecorder(self)
        self._recorder.recorderStateChanged.connect(self._on_recorder_state)
        self._recorder.errorOccurred.connect(lambda: self._answer(UNWRITTEN))
        self._stalled = QTimer(self)
        self._stalled.setSingleShot(True)
        self._stalled.timeout.connect(lambda: self._answer(DAMAGED))
        self._stalled.start(_STALLED_MS)
        self._decoder = QAudioDecoder(self)
        self._decoder.bufferReady.connect(self._pass_on)
        self._decoder.finished.connect(self._on_decoded)
        self._decoder.error.connect(lambda: self._answer(DAMAGED))
        # At its own rate: some mp3 hang for ever where they are to be resampled.
        self._decoder.setSource(QUrl.fromLocalFile(str(question["path"])))
        self._decoder.start()

    def _record(self, form: QAudioFormat) -> None:
        self._sink = QAudioBufferInput(form, self)
        self._session.setAudioBufferInput(self._sink)
        self._session.setRecorder(self._recorder)
        wanted = QMediaFormat(QMediaFormat.FileFormat.Mpeg4Audio)
        wanted.setAudioCodec(QMediaFormat.AudioCodec.AAC)
        self._recorder.setMediaFormat(wanted)
        self._recorder.setEncodingMode(QMediaRecorder.EncodingMode.AverageBitRateEncoding)
        channels = min(_MAX_CHANNELS, form.channelCount())
        self._recorder.setAudioChannelCount(channels)
        self._recorder.setAudioBitRate(self._bits_a_second * channels)
        self._recorder.setAutoStop(True)
        self._recorder.setOutputLocation(QUrl.fromLocalFile(self._target))
        self._sink.readyToSendAudioBuffer.connect(self._pass_on)
        self._recorder.record()

    def _pass_on(self) -> None:
        """Hand what is decoded to the recorder, as long as it takes more."""
        while self._done is not None:
            self._waiting = self._waiting or self._next()
            if self._waiting is None:
                return
            if self._sink is None:
                # It asks for the first buffer itself, once it is ready.
                self._record(self._waiting.format())
                return
            if not self._sink.sendAudioBuffer(self._waiting):
                return
            self._waiting = None

    def _next(self) -> QAudioBuffer | None:
        """Return the next sound, once an empty one that ends it, None where there is nothing to pass on."""
        if self._decoder.bufferAvailable():
            buffer = self._decoder.read()
            self._duration_us += buffer.duration()
            self._stalled.start(_STALLED_MS)
            return buffer
        if self._is_decoded and self._sink is not None and not self._has_ended:
            self._has_ended = True
            return QAudioBuffer()
        return None

    def _on_decoded(self) -> None:
        self._is_decoded = True
        if self._sink is None and not self._decoder.bufferAvailable() and self._waiting is None:
            self._answer(DAMAGED)
        self._pass_on()

    def _on_recorder_state(self, state: QMediaRecorder.RecorderState) -> None:
        if state is _STOPPED:
            self._answer(DONE)

    def _answer(self, fault: str) -> None:
        done, self._done = self._done, None
        if done is not None:
            self._stalled.stop()
            done({"fault": fault, "duration_ms": round(self._duration_us / 1_000)})


class Server(QObject):
    """Answers one question after another until there are no more."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO) -> None:
        """Ask for the first question as soon as the loop runs."""
        super().__init__()
        self._questions = questions
        self._answers = answers
        self._encoder: Encoder | None = None
        QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        # Nothing else happens in this process: it may stand still while it waits.
        line = self._questions.readline()
        if not line:
            QCoreApplication.quit()
            return
        self._encoder = Encoder(json.loads(line), self._on_answer)

    def _on_answer(self, answer: Answer) -> None:
        try:
            self._answers.write(json.dumps(answer).encode() + b"\n")
            self._answers.flush()
        except OSError:
            # Whoever asked is gone; a slot's error would leave this process waiting for ever.
            os._exit(0)
        # Not from within a signal of what is to go.
        QTimer.singleShot(0, self._forget)

    def _forget(self) -> None:
        if self._encoder is not None:
            self._encoder.deleteLater()
            self._encoder = None
        QTimer.singleShot(0, self._next)


def _stay_small() -> None:
    """Bound what a file can make this process take, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, _MAX_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


def main() -> None:
    """Serve whoever started this process."""
    os.environ["QT_LOGGING_RULES"] = "*=false"
    application = QCoreApplication(["linqdesk-encoder"])
    _stay_small()
    server = Server(sys.stdin.buffer, sys.stdout.buffer)
    application.exec()
    del server


if __name__ == "__main__":
    main()
