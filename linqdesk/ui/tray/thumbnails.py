"""Small pictures of files that are to be sent, decoded elsewhere and held within a bound."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import OutgoingFile
from linqdesk.local.picture_decoder import DecodedPicture, PictureRequest
from linqdesk.local.recording_reader import Poster, PosterRequest
from linqdesk.services.picture_decoding import PictureOutcome
from linqdesk.services.recording_reading import RecordingOutcome
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.models.media_words import MediaKind, media_kind

_KEPT = 160
_PIXEL_BYTES = 4
_ALPHA, _OPAQUE = QImage.Format.Format_ARGB32_Premultiplied, QImage.Format.Format_RGB32


class Thumbnails(QObject):
    """Knows how files look; what is looked at is decoded once, and what has no look stays an icon."""

    changed = Signal()

    def __init__(self, commands: ComposerCommands, side_px: int, parent: QObject) -> None:
        """Know none yet; `side_px` is how large they are drawn."""
        super().__init__(parent)
        self._commands = commands
        self._side_px = side_px
        self._held: OrderedDict[FileKey, QPixmap | None] = OrderedDict()

    def look_at(self, file: OutgoingFile, ratio: float) -> QPixmap | None:
        """Return a picture of a file, None where there is none or not yet; `ratio` is pixels a unit."""
        if file.key in self._held:
            self._held.move_to_end(file.key)
            return self._held[file.key]
        self._held[file.key] = None
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)
        self._order(file, round(2 * self._side_px * ratio))
        return None

    def _order(self, file: OutgoingFile, side: int) -> None:
        """Have a picture made of twice the side: what is wide or high loses its edges."""
        kind, media = media_kind(file.media_type, file.name), self._commands.media
        if kind is MediaKind.PICTURE:
            path, request = (
                self._commands.files.path_of(file.key),
                PictureRequest(side, side, 4 * side * side),
            )
            media.decode_picture(path, request, partial(self._on_decoded, file.key))
        elif kind is MediaKind.VIDEO:
            path = self._commands.files.path_of(file.key)
            media.read_recording(path, PosterRequest(side, side), partial(self._on_read, file.key))

    def _on_decoded(self, key: FileKey, outcome: PictureOutcome | None) -> None:
        if outcome is None:
            # Dropped in favour of others: the next look asks again.
            self._held.pop(key, None)
        elif isinstance(outcome, DecodedPicture):
            size = (outcome.width_px, outcome.height_px)
            self._hold(key, outcome.frames[0], size, _ALPHA if outcome.has_alpha else _OPAQUE)

    def _on_read(self, key: FileKey, outcome: RecordingOutcome | None) -> None:
        if outcome is None:
            self._held.pop(key, None)
        elif isinstance(outcome, Poster):
            self._hold(key, outcome.pixels, (outcome.width_px, outcome.height_px), _OPAQUE)

    def _hold(self, key: FileKey, pixels: bytes, size: tuple[int, int], form: QImage.Format) -> None:
        image = QImage(pixels, *size, size[0] * _PIXEL_BYTES, form)
        # A copy: the bytes belong to Python.
        self._held[key] = QPixmap.fromImage(image.copy())
        self.changed.emit()
