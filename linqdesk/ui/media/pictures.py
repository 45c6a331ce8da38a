"""The pixels of the pictures on screen: asked for by looking, held within a bound."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.domain.outgoing_files import own_attachment_id, own_key
from linqdesk.local.picture_decoder import DecodedPicture, PictureError, PictureFault, PictureRequest
from linqdesk.store.changes import Change, MediaChanged, UploadMoved
from linqdesk.store.media import MediaState
from linqdesk.store.uploads import Upload
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.media.flipbook import Flipbook, Movement
from linqdesk.ui.media.media_words import picture_words, state_words
from linqdesk.ui.media.twins import Twins

POOL_BYTES = 56 * 1024 * 1024
# The largest that a picture gets in a thread; its shape is not known before it is decoded.
BOX_WIDTH_PX, BOX_HEIGHT_PX = 380, 420
_PIXEL_BYTES = 4
_MAX_SIDE_PX = 16_384
# So much larger than what is held must a picture be wanted before it is decoded again.
_NOTICEABLE = 1.02


@dataclass(frozen=True, slots=True)
class PictureLook:
    """What there is to see of a picture at the moment.

    `progress` is 0 to 1 while it loads and None where that is not known. `pixmap` is set where the state is
    READY; it has the picture's own shape and is to be drawn into the box whatever its size. `words` say
    what is wrong, in a few words, and are empty otherwise. `can_retry` tells whether asking again can help.
    """

    state: MediaState
    progress: float | None = None
    pixmap: QPixmap | None = None
    words: str = ""
    can_retry: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """How much memory all pictures together may take, and how much any one of them."""

    all_bytes: int
    most_bytes: int


@dataclass(slots=True)
class _Held:
    """The pixels of one picture: several frames where it moves, each with its time."""

    frames: tuple[QPixmap, ...]
    delays_ms: tuple[int, ...]
    width_px: int
    size_bytes: int


class Pictures(QObject):
    """Looks at pictures for those who paint: what is looked at is fetched, decoded and held.

    What was not looked at for the longest time goes first where all would take more than the pool.
    """

    changed = Signal(object)
    """An AttachmentId whose look or natural size is another one now."""

    def __init__(
        self,
        cache: CacheView,
        commands: Commands,
        parent: QObject,
        movement: Movement | None = None,
        *,
        pool: Pool | None = None,
    ) -> None:
        """Hold nothing yet.

        Args:
            cache: knows how far files have come.
            commands: fetch and decode.
            parent: lives as long as this.
            movement: turns the frames of animations; without it they stand still.
            pool: how much memory pixels may take.
        """
        super().__init__(parent)
        self._cache = cache
        self._commands = commands.media
        self._pool = pool or Pool(POOL_BYTES, POOL_BYTES // 4)
        self._flipbook = Flipbook(movement, self._tell) if movement is not None else None
        self._held: dict[AttachmentId, _Held] = {}
        self._natural: dict[AttachmentId, tuple[int, int]] = {}
        self._ordered: set[AttachmentId] = set()
        self._faults: dict[AttachmentId, PictureError] = {}
        self._lost: set[AttachmentId] = set()
        self._twins = Twins()
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being decoded."""
        return not self._ordered

    @property
    def held_bytes(self) -> int:
        """How much memory the pixels take."""
        return sum(held.size_bytes for held in self._held.values())

    def natural_size(self, part: MediaPart) -> tuple[int, int] | None:
        """Return a picture's own width and height in pixels, None until it was decoded once."""
        return self._natural.get(self._twins.of(part))

    def look_at(
        self, message: Message, part_index: int, width_px: int, height_px: int, ratio: float
    ) -> PictureLook:
        """Return what there is to see of a picture, and see to it that there will be more.

        Args:
            message: what the picture is part of.
            part_index: which part; one that is no file looks as if it were gone.
            width_px: of the box that the picture is to fill, in device-independent pixels.
            height_px: of that box.
            ratio: device pixels a unit.
        """
        part = message.parts[part_index]
        if not isinstance(part, MediaPart):
            return PictureLook(MediaState.GONE, words="No longer available")
        attachment_id = self._twins.of(part)
        held = self._held.pop(attachment_id, None)
        if held is not None:
            self._held[attachment_id] = held
            self._sharpen(attachment_id, held, width_px * ratio, height_px * ratio)
            return PictureLook(MediaState.READY, pixmap=self._frame(attachment_id, held))
        fault = self._faults.get(attachment_id)
        if fault is not None:
            return PictureLook(MediaState.FAILED, words=picture_words(fault))
        file = self._cache.media(attachment_id)
        if file.state is MediaState.READY:
            if attachment_id in self._lost:
                self._lost.discard(attachment_id)
                self._commands.retry(message, part_index)
            else:
                self._order(attachment_id, self._box(attachment_id, width_px, height_px, ratio))
            return PictureLook(MediaState.LOADING)
        self._commands.want(message, part_index)
        can_retry = file.state in {MediaState.FAILED, MediaState.TOO_LARGE}
        return PictureLook(file.state, file.progress, words=state_words(file), can_retry=can_retry)

    def upload_of(self, attachment_id: AttachmentId) -> Upload | None:
        """Return how far a file of ours has come on its way to Linq, None for any other."""
        key = own_key(attachment_id)
        return self._cache.uploads.of(key) if key is not None else None

    def peek(self, part: MediaPart) -> QPixmap | None:
        """Return the first frame of what is held of a picture, whatever its size; asks for nothing."""
        held = self._held.get(self._twins.of(part))
        return None if held is None else held.frames[0]

    def retry(self, message: Message, part_index: int) -> None:
        """Ask again for a picture that failed, or that is too large to come unasked."""
        part = message.parts[part_index]
        if isinstance(part, MediaPart):
            self._faults.pop(self._twins.of(part), None)
            self._commands.retry(message, part_index)

    def set_watched(self, *, is_watched: bool) -> None:
        """Let animations stand still while the window has no focus."""
        if self._flipbook is not None:
            self._flipbook.set_watched(is_watched=is_watched)

    def forget(self) -> None:
        """Give all pixels back."""
        for attachment_id in tuple(self._held):
            self._let_go(attachment_id)

    def _frame(self, attachment_id: AttachmentId, held: _Held) -> QPixmap:
        if len(held.frames) == 1 or self._flipbook is None:
            return held.frames[0]
        return held.frames[self._flipbook.frame(attachment_id, held.delays_ms)]

    def _let_go(self, attachment_id: AttachmentId) -> int:
        """Give the pixels of a picture back; returns how many bytes that were."""
        if self._flipbook is not None:
            self._flipbook.drop(attachment_id)
        held = self._held.pop(attachment_id, None)
        return 0 if held is None else held.size_bytes

    def _box(
        self, attachment_id: AttachmentId, width_px: float, height_px: float, ratio: float
    ) -> tuple[float, float]:
        """Return the size in device pixels into which a picture has to fit so that it fills its box."""
        natural = self._natural.get(attachment_id)
        if natural is None:
            return max(width_px, BOX_WIDTH_PX) * ratio, max(height_px, BOX_HEIGHT_PX) * ratio
        scale = max(width_px * ratio / natural[0], height_px * ratio / natural[1])
        return natural[0] * scale, natural[1] * scale

    def _sharpen(self, attachment_id: AttachmentId, held: _Held, width: float, height: float) -> None:
        """Decode a picture anew where it is to be drawn larger than it was decoded."""
        natural = self._natural[attachment_id]
        wanted = min(1.0, max(width / natural[0], height / natural[1]))
        affordable = (self._pool.most_bytes / _PIXEL_BYTES / (natural[0] * natural[1])) ** 0.5
        if min(wanted, affordable) > held.width_px / natural[0] * _NOTICEABLE + 1 / natural[0]:
            self._order(attachment_id, (natural[0] * wanted, natural[1] * wanted))

    def _order(self, attachment_id: AttachmentId, size: tuple[float, float]) -> None:
        path = self._cache.media(attachment_id).path
        if attachment_id in self._ordered or path is None:
            return
        share_bytes = self._pool.most_bytes
        scale = min(1.0, (share_bytes / _PIXEL_BYTES / (size[0] * size[1])) ** 0.5)
        width, height = (max(1, min(_MAX_SIDE_PX, round(side * scale))) for side in size)
        self._ordered.add(attachment_id)
        request = PictureRequest(width, height, share_bytes)
        self._commands.decode_picture(path, request, partial(self._on_decoded, attachment_id))

    def _on_decoded(self, attachment_id: AttachmentId, outcome: DecodedPicture | PictureError | None) -> None:
        self._ordered.discard(attachment_id)
        attachment_id = self._twins.known_as(attachment_id)
        match outcome:
            case None:
                return
            case PictureError(fault=PictureFault.MISSING):
                # The disk's cache gave it up; the next look fetches it anew.
                self._lost.add(attachment_id)
            case PictureError():
                self._faults[attachment_id] = outcome
            case DecodedPicture():
                self._natural[attachment_id] = (outcome.natural_width_px, outcome.natural_height_px)
                self._let_go(attachment_id)
                self._held[attachment_id] = _held(outcome)
                self._make_room(attachment_id)
        self._tell(attachment_id)

    def _make_room(self, newest: AttachmentId) -> None:
        excess = self.held_bytes - self._pool.all_bytes
        for attachment_id in tuple(self._held):
            if excess <= 0:
                return
            if attachment_id != newest:
                excess -= self._let_go(attachment_id)

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, UploadMoved):
            self.changed.emit(own_attachment_id(change.key))
        elif isinstance(change, MediaChanged):
            file = self._cache.media(change.attachment_id)
            if file.state is MediaState.LOADING:
                self._faults.pop(change.attachment_id, None)
            if file.twin is not None:
                self._take_over(change.attachment_id, file.twin)
            self._tell(change.attachment_id)

    def _tell(self, attachment_id: AttachmentId) -> None:
        for name in self._twins.names(attachment_id):
            self.changed.emit(name)

    def _take_over(self, attachment_id: AttachmentId, twin: AttachmentId) -> None:
        """Show a file of ours under the name that Linq gave it, and its own, as it was shown before."""
        self._twins.note(twin, attachment_id)
        if twin in self._held and attachment_id not in self._held:
            self._held[attachment_id] = self._held.pop(twin)
            self._natural[attachment_id] = self._natural[twin]


def _held(picture: DecodedPicture) -> _Held:
    frames = tuple(_pixmap(picture, pixels) for pixels in picture.frames)
    return _Held(frames, picture.delays_ms, picture.width_px, sum(map(len, picture.frames)))


def _pixmap(picture: DecodedPicture, pixels: bytes) -> QPixmap:
    alpha, opaque = QImage.Format.Format_ARGB32_Premultiplied, QImage.Format.Format_RGB32
    image = QImage(
        pixels,
        picture.width_px,
        picture.height_px,
        picture.width_px * _PIXEL_BYTES,
        alpha if picture.has_alpha else opaque,
    )
    # A copy: the bytes belong to Python, and the pixmap shares what it is made of.
    return QPixmap.fromImage(image.copy())
