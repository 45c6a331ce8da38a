"""The microphone: the one place that asks Qt for sound."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QMicrophonePermission, QObject, Qt, Signal
from typing_extensions import override

from linqdesk.domain.recording import SampleKind, SoundForm

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource

NO_MICROPHONE = "No microphone was found: plug one in, or choose another one in Settings."
NOT_ALLOWED = "LinqDesk may not use the microphone: allow it in the system's privacy settings."
UNPLUGGED = "The microphone went away. What was recorded until then is kept."
_NO_LIBRARY = "Recording needs libraries that this computer lacks: libpulse0 and libxrandr2."
_CANNOT_OPEN = "The microphone cannot be used: another program may hold it."
_RATE_HZ = 48_000
_PIECES_A_SECOND = 20


class Microphone(QObject):
    """Something that hears; what it tells of comes on the UI thread."""

    started = Signal(object)
    """Once it hears, the SoundForm in which it will tell."""
    heard = Signal(object)
    """Bytes of whole frames, ten times a second or more often; the last ones during `pause` and `stop`."""
    failed = Signal(str)
    """Why it does not hear, or hears no more, in a sentence; it has stopped."""

    @abstractmethod
    def start(self) -> None:
        """Begin to hear; `started` or `failed` follows, now or later."""

    @abstractmethod
    def pause(self) -> None:
        """Hear nothing for a while."""

    @abstractmethod
    def resume(self) -> None:
        """Hear again."""

    @abstractmethod
    def stop(self) -> None:
        """Let go of the device."""


MicrophoneMaker: TypeAlias = Callable[[str, QObject], Microphone]


class SystemMicrophone(Microphone):
    """A device of this computer's."""

    def __init__(self, device_id: str, parent: QObject) -> None:
        """Open nothing yet; `device_id` is the settings' word, empty for what the system prefers."""
        super().__init__(parent)
        self._device_id = device_id
        self._source: QAudioSource | None = None
        self._sound: QIODevice | None = None
        self._frame_bytes = self._piece_bytes = 1
        self._gathered = b""
        self._is_wanted = False

    @override
    def start(self) -> None:
        """Ask for permission where the system wants that, then for sound."""
        self._is_wanted = True
        application = QCoreApplication.instance()
        permission = QMicrophonePermission()
        if application is None:
            return
        match application.checkPermission(permission):
            case Qt.PermissionStatus.Granted:
                self._open()
            case Qt.PermissionStatus.Denied:
                self.failed.emit(NOT_ALLOWED)
            case Qt.PermissionStatus.Undetermined:
                application.requestPermission(permission, self, self._on_permission)

    @override
    def pause(self) -> None:
        """Hear nothing; the device stays ours."""
        if self._source is not None:
            self._source.suspend()
            self._tell(self._frame_bytes)

    @override
    def resume(self) -> None:
        """Hear again."""
        if self._source is not None:
            self._source.resume()

    @override
    def stop(self) -> None:
        """Let go of the device."""
        self._is_wanted = False
        source, self._source, self._sound = self._source, None, None
        if source is not None:
            source.stateChanged.disconnect(self._on_state)
            source.stop()
            source.deleteLater()
            self._tell(self._frame_bytes)

    def _on_permission(self) -> None:
        if self._is_wanted:
            self.start()

    def _open(self) -> None:
        try:
            device = chosen_device(self._device_id)
        except ImportError:
            self.failed.emit(_NO_LIBRARY)
            return
        if device is None:
            self.failed.emit(NO_MICROPHONE)
            return
        from PySide6.QtMultimedia import QAudioSource

        wanted = _wanted_format(device)
        form = _form(wanted)
        self._frame_bytes = form.frame_bytes
        self._piece_bytes = form.rate_hz // _PIECES_A_SECOND * form.frame_bytes
        source = self._source = QAudioSource(device, wanted, self)
        source.stateChanged.connect(self._on_state)
        self._sound = source.start()
        if self._source is not source:
            # It failed while it started, and said so.
            return
        self._sound.readyRead.connect(self._on_sound)
        self.started.emit(form)

    def _on_sound(self) -> None:
        if self._sound is not None:
            self._gathered += bytes(self._sound.readAll().data())
            self._tell(self._piece_bytes)

    def _tell(self, least_bytes: int) -> None:
        """Tell what was gathered as soon as that is worth it: some systems tell of each millisecond."""
        if len(self._gathered) >= least_bytes:
            whole = len(self._gathered) - len(self._gathered) % self._frame_bytes
            data, self._gathered = self._gathered[:whole], self._gathered[whole:]
            self.heard.emit(data)

    def _on_state(self) -> None:
        from PySide6.QtMultimedia import QtAudio

        source = self._source
        if source is None or source.state() is not QtAudio.State.StoppedState:
            return
        if source.error() is QtAudio.Error.OpenError:
            self._fail(_CANNOT_OPEN)
        elif source.error() is not QtAudio.Error.NoError:
            self._fail(UNPLUGGED)

    def _fail(self, words: str) -> None:
        self.stop()
        self.failed.emit(words)


def microphones() -> list[tuple[str, str]]:
    """Return the id and the name of each microphone; none where Qt Multimedia cannot be loaded."""
    # What it finds on the computer is nothing for the terminal.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return []
    return [(device_word(each), each.description()) for each in QMediaDevices.audioInputs()]


def device_word(device: "QAudioDevice") -> str:
    """Return a device's id as the settings keep it."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def chosen_device(device_id: str) -> "QAudioDevice | None":
    """Return the device of an id, else the one that the system prefers, None where there is none.

    Raises:
        ImportError: Qt Multimedia lacks a library of the system's.
    """
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    from PySide6.QtMultimedia import QMediaDevices

    for each in QMediaDevices.audioInputs():
        if device_id and device_word(each) == device_id:
            return each
    preferred = QMediaDevices.defaultAudioInput()
    return None if preferred.isNull() else preferred


def _wanted_format(device: "QAudioDevice") -> "QAudioFormat":
    """Return one channel of 16 bits where the device can, else what it does best."""
    from PySide6.QtMultimedia import QAudioFormat

    wanted = QAudioFormat()
    wanted.setSampleRate(_RATE_HZ)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted if device.isFormatSupported(wanted) else device.preferredFormat()


def _form(given: "QAudioFormat") -> SoundForm:
    from PySide6.QtMultimedia import QAudioFormat

    kinds = {
        QAudioFormat.SampleFormat.UInt8: SampleKind.UINT8,
        QAudioFormat.SampleFormat.Int32: SampleKind.INT32,
        QAudioFormat.SampleFormat.Float: SampleKind.FLOAT32,
    }
    samples = kinds.get(given.sampleFormat(), SampleKind.INT16)
    return SoundForm(given.sampleRate(), given.channelCount(), samples)
