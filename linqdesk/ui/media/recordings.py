"""Sounds and videos of messages: what is known of each, how each stands, and the wish to play one."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.domain.outgoing_files import own_key
from linqdesk.local.recording_reader import (
    Levels,
    LevelsRequest,
    Poster,
    PosterRequest,
    RecordingError,
    RecordingFault,
    RecordingRequest,
)
from linqdesk.services.recording_reading import RecordingOutcome
from linqdesk.store.changes import Change, MediaChanged
from linqdesk.store.media import MediaState
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.media.media_words import state_words
from linqdesk.ui.media.playback import Playback, RecordingKey
from linqdesk.ui.media.twins import Twins

# Posters are small: a dozen fit, at twice the usual number of pixels.
POSTER_BYTES = 12 * 1024 * 1024
_MOST_SOUNDS = 400
# The largest that a video gets in a thread.
_BOX_WIDTH_PX, _BOX_HEIGHT_PX = 380, 420
_PIXEL_BYTES = 4


@dataclass(frozen=True, slots=True)
class RecordingLook:
    """How a recording stands at the moment.

    `levels` are 0 to 255 over equal stretches of its time, empty while they are not known. `picture` is
    what a video shows now, or its poster. `words` say why it cannot be played, and are empty where it can;
    `can_retry` tells whether asking again can help. `is_wished` tells that it plays as soon as it is here.
    """

    state: MediaState
    progress: float | None = None
    duration_ms: int | None = None
    levels: bytes = b""
    picture: QPixmap | QImage | None = None
    words: str = ""
    can_retry: bool = False
    is_wished: bool = False
    is_current: bool = False
    is_playing: bool = False
    position_ms: int = 0
    rate: float = 1.0

    @property
    def share(self) -> float:
        """How much of it was played, 0 to 1."""
        return min(1.0, self.position_ms / self.duration_ms) if self.duration_ms else 0.0

    @property
    def act(self) -> str:
        """What pressing it does, in a word; nothing where nothing can be done."""
        if self.state is MediaState.GONE:
            return ""
        if self.can_retry:
            return "Load" if self.state is MediaState.TOO_LARGE else "Retry"
        if self.words:
            return "Save"
        return "Pause" if self.is_playing else "Play"

    @property
    def remaining_ms(self) -> int | None:
        """How much of it is left, at its own pace; None where its length is not known."""
        return None if self.duration_ms is None else max(0, self.duration_ms - self.position_ms)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of a recording."""

    duration_ms: int
    levels: bytes = b""
    poster: QPixmap | None = None
    natural: tuple[int, int] | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be played from where once it is here."""

    key: RecordingKey
    position_ms: int


class Recordings(QObject):
    """Looks at recordings for those who paint, and plays them.

    What is looked at is fetched and read. Nothing reaches the player that the reader, a process of its
    own, could not make sense of.
    """

    changed = Signal(object)
    """An AttachmentId whose look or natural size is another one now."""
    said = Signal(str)
    """A sentence about a wish."""

    def __init__(self, cache: CacheView, commands: Commands, playback: Playback, parent: QObject) -> None:
        """Know nothing yet."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands.media
        self._playback = playback
        self._known: dict[AttachmentId, _Known] = {}
        self._natural: dict[AttachmentId, tuple[int, int]] = {}
        self._faults: dict[AttachmentId, str] = {}
        self._ordered: set[AttachmentId] = set()
        self._lost: set[AttachmentId] = set()
        self._twins = Twins()
        self._wish: _Wish | None = None
        playback.changed.connect(self._on_playback_changed)
        playback.failed.connect(self._on_playback_failed)
        playback.lost.connect(self._on_playback_lost)
        playback.said.connect(self.said)
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    @property
    def playback(self) -> Playback:
        """What plays them."""
        return self._playback

    @property
    def is_settled(self) -> bool:
        """Whether nothing is read or played."""
        return not self._ordered and self._wish is None and not self._playback.is_playing

    @property
    def held_bytes(self) -> int:
        """How much memory the posters take."""
        return sum(known.size_bytes for known in self._known.values())

    def natural_size(self, part: MediaPart) -> tuple[int, int] | None:
        """Return a video's own width and height in pixels, None until it was read once."""
        return self._natural.get(self._twins.of(part))

    # Looking.

    def look_at(self, message: Message, part_index: int, ratio: float = 1.0) -> RecordingLook:
        """Return how a recording stands, and see to it that more will be known.

        Args:
            message: what it is part of.
            part_index: which part; one that is no file looks as if it were gone.
            ratio: device pixels a unit.
        """
        part = message.parts[part_index]
        if not isinstance(part, MediaPart):
            return RecordingLook(MediaState.GONE, words="No longer available")
        attachment_id = self._twins.of(part)
        fault = self._faults.get(attachment_id)
        if fault is not None:
            return RecordingLook(MediaState.FAILED, words=fault)
        known = self._known.pop(attachment_id, None)
        if known is not None:
            # What was looked at last is let go of last.
            self._known[attachment_id] = known
            return self._known_look(known, is_current=self.is_current(message, part_index))
        file = self._cache.media(attachment_id)
        if file.state is not MediaState.READY:
            self._commands.want(message, part_index)
        elif attachment_id in self._lost:
            self._lost.discard(attachment_id)
            self._commands.retry(message, part_index)
        else:
            self._read(part, ratio)
        can_retry = file.state in {MediaState.FAILED, MediaState.TOO_LARGE}
        is_wished = self._is_wished(attachment_id)
        words = state_words(file)
        return RecordingLook(file.state, file.progress, words=words, can_retry=can_retry, is_wished=is_wished)

    def is_current(self, message: Message, part_index: int) -> bool:
        """Tell whether a part is played or paused."""
        key, part = self._playback.key, message.parts[part_index]
        if key is None or key.part_index != part_index or not isinstance(part, MediaPart):
            return False
        if key.message_id == message.id:
            return True
        # It was begun before Linq gave the message its id.
        is_same = self._twins.known_as(key.attachment_id) == self._twins.of(part)
        return is_same and own_key(key.attachment_id) is not None

    def _is_wished(self, attachment_id: AttachmentId) -> bool:
        wish = self._wish
        return wish is not None and self._twins.known_as(wish.key.attachment_id) == attachment_id

    def _known_look(self, known: _Known, *, is_current: bool) -> RecordingLook:
        playback = self._playback
        return RecordingLook(
            MediaState.READY,
            duration_ms=known.duration_ms,
            levels=known.levels,
            picture=(playback.frame if is_current else None) or known.poster,
            is_current=is_current,
            is_playing=is_current and playback.is_playing,
            position_ms=min(playback.position_ms, known.duration_ms) if is_current else 0,
            rate=playback.rate,
        )

    # Wishes.

    def toggle(self, message: Message, part_index: int) -> None:
        """Play a recording, pause it or go on; one that is not here plays once it is."""
        if self.is_current(message, part_index):
            self._playback.toggle()
        else:
            self.play_from(message, part_index, 0)

    def play_from(self, message: Message, part_index: int, position_ms: int) -> None:
        """Play a recording from a position on; one that is played goes there and stays as it is."""
        part = message.parts[part_index]
        if not isinstance(part, MediaPart):
            return
        if self.is_current(message, part_index):
            self._playback.seek(position_ms)
            return
        self._playback.pause()
        file = self._cache.media(part.attachment_id)
        self._wish = _Wish(RecordingKey(message.id, part_index, part.attachment_id), position_ms)
        if file.state is not MediaState.READY:
            self._commands.retry(message, part_index)
        elif self._twins.of(part) in self._known:
            self._play()
        else:
            self._read(part, 1.0)
        self.changed.emit(part.attachment_id)

    def retry(self, message: Message, part_index: int) -> None:
        """Ask again for a recording that failed, or that is too large to come unasked."""
        part = message.parts[part_index]
        if isinstance(part, MediaPart):
            self._faults.pop(self._twins.of(part), None)
            self._commands.retry(message, part_index)

    def rest(self) -> None:
        """Play nothing, now or later."""
        self._wish = None
        self._playback.stop()

    def _play(self) -> None:
        wish, self._wish = self._wish, None
        path = self._cache.media(wish.key.attachment_id).path if wish is not None else None
        if wish is not None and path is not None:
            self._playback.start(wish.key, path, wish.position_ms)

    # Reading.

    def _read(self, part: MediaPart, ratio: float) -> None:
        attachment_id = self._twins.of(part)
        path = self._cache.media(attachment_id).path
        if attachment_id in self._ordered or path is None:
            return
        self._ordered.add(attachment_id)
        is_video = part.mime_type.casefold().startswith("video/")
        room = PosterRequest(round(_BOX_WIDTH_PX * ratio), round(_BOX_HEIGHT_PX * ratio))
        request: RecordingRequest = room if is_video else LevelsRequest()
        self._commands.read_recording(path, request, partial(self._on_read, attachment_id))

    def _on_read(self, attachment_id: AttachmentId, outcome: RecordingOutcome | None) -> None:
        self._ordered.discard(attachment_id)
        attachment_id = self._twins.known_as(attachment_id)
        match outcome:
            case None:
                return
            case RecordingError(fault=RecordingFault.MISSING):
                # The disk's cache gave it up; the next look fetches it anew.
                self._lost.add(attachment_id)
                self._tell(attachment_id)
                return
            case RecordingError():
                self._fail(attachment_id, outcome.message)
            case Levels():
                self._known[attachment_id] = _Known(outcome.duration_ms, outcome.levels)
            case Poster():
                known = _with_poster(outcome)
                self._known[attachment_id] = known
                self._natural[attachment_id] = (outcome.natural_width_px, outcome.natural_height_px)
        self._make_room()
        if self._is_wished(attachment_id):
            self._play()
        self._tell(attachment_id)

    def _fail(self, attachment_id: AttachmentId, words: str) -> None:
        self._faults[attachment_id] = words.rstrip(".")
        if self._is_wished(attachment_id):
            self._wish = None

    def _make_room(self) -> None:
        """Forget what was not looked at for the longest time, as soon as there is too much."""
        excess = self.held_bytes - POSTER_BYTES
        for attachment_id, known in tuple(self._known.items())[:-1]:
            if excess > 0 and known.size_bytes:
                excess -= self._known.pop(attachment_id).size_bytes
            elif len(self._known) > _MOST_SOUNDS:
                self._known.pop(attachment_id)

    # Changes.

    def _on_cache_changed(self, change: Change) -> None:
        if not isinstance(change, MediaChanged):
            return
        attachment_id = change.attachment_id
        file = self._cache.media(attachment_id)
        state = file.state
        if file.twin is not None:
            self._take_over(attachment_id, file.twin)
        if state is MediaState.LOADING:
            self._faults.pop(attachment_id, None)
        if self._is_wished(attachment_id) and state in {MediaState.GONE, MediaState.FAILED}:
            self._wish = None
        self._tell(attachment_id)

    def _take_over(self, attachment_id: AttachmentId, twin: AttachmentId) -> None:
        """Know a recording of ours under the name that Linq gave it, and its own, as it was known before."""
        self._twins.note(twin, attachment_id)
        if twin in self._known:
            self._known[attachment_id] = self._known.pop(twin)
        if twin in self._natural:
            self._natural[attachment_id] = self._natural[twin]

    def _tell(self, attachment_id: AttachmentId) -> None:
        for name in self._twins.names(attachment_id):
            self.changed.emit(name)

    def _on_playback_changed(self, key: RecordingKey) -> None:
        self._tell(key.attachment_id)

    def _on_playback_lost(self, key: RecordingKey) -> None:
        attachment_id = self._twins.known_as(key.attachment_id)
        self._known.pop(attachment_id, None)
        self._lost.add(attachment_id)
        self._tell(attachment_id)

    def _on_playback_failed(self, key: RecordingKey, words: str) -> None:
        attachment_id = self._twins.known_as(key.attachment_id)
        self._fail(attachment_id, words)
        self._tell(attachment_id)


def _with_poster(poster: Poster) -> _Known:
    width, height = poster.width_px, poster.height_px
    image = QImage(poster.pixels, width, height, width * _PIXEL_BYTES, QImage.Format.Format_RGB32)
    # A copy: the bytes belong to Python, and the pixmap shares what it is made of.
    pixmap = QPixmap.fromImage(image.copy())
    natural = (poster.natural_width_px, poster.natural_height_px)
    return _Known(poster.duration_ms, b"", pixmap, natural, width * height * _PIXEL_BYTES)
