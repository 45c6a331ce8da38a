"""Writes sounds as wav, aiff, caf, m4a, aac and mp3."""

import array
import ctypes
import ctypes.util
import struct
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioBufferInput,
    QAudioFormat,
    QMediaCaptureSession,
    QMediaFormat,
    QMediaRecorder,
)

from tests.media_maker.sound import bell, tune, voice

_LOW, _MIDDLE = 11_025, 22_050
_LIMIT_MS = 30_000


def write_sounds(folder: Path) -> None:
    """Write every sound of the gallery but the AMR, for which no free encoder was at hand."""
    _write_wav(folder / "bell.wav", bell(_LOW), _LOW)
    _write_aiff(folder / "bell.aiff", bell(_LOW, (0.0, 0.2, 0.4)), _LOW)
    _write_caf(folder / "bell.caf", bell(_LOW, (0.0,), 1.6), _LOW)
    said = voice(_MIDDLE)
    record(folder / "voice memo.m4a", said, _MIDDLE, QMediaFormat.FileFormat.Mpeg4Audio)
    record(folder / "tune.aac", tune(_MIDDLE), _MIDDLE, QMediaFormat.FileFormat.AAC)
    _write_mp3(folder / "tune.mp3", tune(_MIDDLE, (62, 66, 69, 74, 73, 69, 66, 67)), _MIDDLE)


def _integers(samples: Sequence[float]) -> "array.array[int]":
    return array.array("h", (round(sample * 32_767) for sample in samples))


def _big_endian(samples: Sequence[float]) -> bytes:
    numbers = _integers(samples)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _write_wav(file: Path, samples: Sequence[float], rate: int) -> None:
    with wave.open(str(file), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(_integers(samples).tobytes())


def _write_aiff(file: Path, samples: Sequence[float], rate: int) -> None:
    data = _big_endian(samples)
    # An 80-bit float: the rate with its highest bit moved to the top of the mantissa.
    exponent = rate.bit_length() - 1
    extended = struct.pack(">HQ", 16_383 + exponent, rate << (63 - exponent))
    common = struct.pack(">4sIhIh", b"COMM", 18, 1, len(samples), 16) + extended
    sound = struct.pack(">4sIII", b"SSND", len(data) + 8, 0, 0) + data
    file.write_bytes(struct.pack(">4sI4s", b"FORM", 4 + len(common) + len(sound), b"AIFF") + common + sound)


def _write_caf(file: Path, samples: Sequence[float], rate: int) -> None:
    data = _big_endian(samples)
    about = struct.pack(">4sqd4sIIIII", b"desc", 32, rate, b"lpcm", 0, 2, 1, 1, 16)
    sound = struct.pack(">4sqI", b"data", len(data) + 4, 0) + data
    file.write_bytes(struct.pack(">4sHH", b"caff", 1, 0) + about + sound)


def _write_mp3(file: Path, samples: Sequence[float], rate: int) -> None:
    """Encode with the system's LAME (Debian: libmp3lame0)."""
    name = ctypes.util.find_library("mp3lame")
    if name is None:
        raise OSError("libmp3lame is not installed")
    lame = ctypes.CDLL(name)
    lame.lame_init.restype = ctypes.c_void_p
    numbers = _integers(samples)
    handle = ctypes.c_void_p(lame.lame_init())
    for setting, value in (("in_samplerate", rate), ("num_channels", 1), ("mode", 3), ("brate", 48)):
        getattr(lame, f"lame_set_{setting}")(handle, value)
    lame.lame_init_params(handle)
    room = ctypes.create_string_buffer(len(numbers) * 2 + 7_200)
    source = (ctypes.c_short * len(numbers)).from_buffer(numbers)
    written = lame.lame_encode_buffer(handle, source, source, len(numbers), room, len(room))
    encoded = room.raw[:written]
    written = lame.lame_encode_flush(handle, room, len(room))
    file.write_bytes(encoded + room.raw[:written])
    lame.lame_close(handle)


def record(
    file: Path | str,
    samples: Sequence[float],
    rate: int,
    container: QMediaFormat.FileFormat,
    codec: QMediaFormat.AudioCodec = QMediaFormat.AudioCodec.AAC,
) -> None:
    """Encode with Qt's recorder."""
    app = QGuiApplication.instance() or QGuiApplication([])
    form = QAudioFormat()
    form.setSampleRate(rate)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    source, session, recorder = QAudioBufferInput(form), QMediaCaptureSession(), QMediaRecorder()
    session.setAudioBufferInput(source)
    session.setRecorder(recorder)
    wanted = QMediaFormat(container)
    wanted.setAudioCodec(codec)
    recorder.setMediaFormat(wanted)
    recorder.setEncodingMode(QMediaRecorder.EncodingMode.AverageBitRateEncoding)
    recorder.setAudioBitRate(32_000)
    recorder.setAutoStop(True)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(file)))
    feed = _Feed(source, form, _integers(samples).tobytes())
    source.readyToSendAudioBuffer.connect(feed.push)
    stopped = QMediaRecorder.RecorderState.StoppedState
    recorder.recorderStateChanged.connect(lambda state: app.quit() if state == stopped else None)
    recorder.record()
    QTimer.singleShot(_LIMIT_MS, app.quit)
    app.exec()


class _Feed:
    """Hands sound to a recorder piece by piece, then says that it ends."""

    _PIECE = 8_820

    def __init__(self, source: QAudioBufferInput, form: QAudioFormat, sound: bytes) -> None:
        self._source, self._form, self._sound = source, form, sound
        self._sent = 0
        self._has_ended = False

    def push(self) -> None:
        while self._sent < len(self._sound):
            piece = self._sound[self._sent : self._sent + self._PIECE]
            began_us = self._form.durationForBytes(self._sent)
            if not self._source.sendAudioBuffer(QAudioBuffer(QByteArray(piece), self._form, began_us)):
                return
            self._sent += len(piece)
        if not self._has_ended:
            self._has_ended = True
            self._source.sendAudioBuffer(QAudioBuffer())
