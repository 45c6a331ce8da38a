"""The pixels of pictures that stand for somebody: fetched by looking, round, held within a bound."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.web_picture import picture_key
from linqdesk.local.picture_decoder import DecodedPicture, PictureError, PictureFault, PictureRequest
from linqdesk.store.changes import MediaChanged
from linqdesk.store.media import MediaState

if TYPE_CHECKING:
    from linqdesk.domain.chat import Chat
    from linqdesk.domain.ids import ChatId
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView
    from linqdesk.ui.media_commands import MediaCommands

SIZE_PX = 72
"""The largest at which such a picture is drawn, in device-independent pixels."""

_MOST_HELD = 96
_PIXEL_BYTES = 4
_Place = tuple[AttachmentId, float]


class WebPixmaps(QObject):
    """Looks at pictures by their web addresses for those who paint.

    Nothing is fetched that nobody looks at; what cannot be had is None for ever after, or until a later look.
    """

    changed = Signal()
    """There may be more to see of something that was looked at."""

    def __init__(self, cache: CacheView, commands: MediaCommands, parent: QObject) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._held: OrderedDict[_Place, QPixmap] = OrderedDict()
        self._ordered: set[_Place] = set()
        self._broken: set[AttachmentId] = set()
        self._looked_at: set[AttachmentId] = set()
        subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(subscription.close)

    def icon(self, chat: Chat, ratio: float) -> QPixmap | None:
        """Return a group's icon as a disc of `SIZE_PX`, None where it has none or none yet.

        Args:
            chat: a direct one has no icon.
            ratio: device pixels a unit.
        """
        return self.look(chat.group_icon_url, ratio, chat.id) if chat.is_group else None

    def look(self, address: str | None, ratio: float, chat_id: ChatId | None = None) -> QPixmap | None:
        """Return a picture as a disc, None before it is here, and see to it that it will be."""
        key = picture_key(address)
        if address is None or key is None or key in self._broken:
            return None
        place = key, ratio
        held = self._held.get(place)
        if held is not None:
            self._held.move_to_end(place)
            return held
        self._looked_at.add(key)
        file = self._cache.media(key)
        if file.state is not MediaState.READY or file.path is None:
            self._commands.want_web_picture(address, chat_id)
        elif place not in self._ordered:
            self._ordered.add(place)
            # Twice the size: of what is not square the shorter side has to fill the disc.
            side = round(2 * SIZE_PX * ratio)
            request = PictureRequest(side, side, side * side * _PIXEL_BYTES, has_motion=False)
            decoded = partial(self._on_decoded, place, address, chat_id)
            self._commands.decode_picture(file.path, request, decoded)
        return None

    def _on_decoded(
        self,
        place: _Place,
        address: str,
        chat_id: ChatId | None,
        outcome: DecodedPicture | PictureError | None,
    ) -> None:
        self._ordered.discard(place)
        match outcome:
            case None:
                return
            case PictureError(fault=PictureFault.MISSING):
                # The disk's cache gave it up.
                self._commands.want_web_picture(address, chat_id)
            case PictureError():
                self._broken.add(place[0])
            case DecodedPicture():
                self._held[place] = _disc(outcome, place[1])
                if len(self._held) > _MOST_HELD:
                    self._held.popitem(last=False)
                self.changed.emit()

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, MediaChanged) and change.attachment_id in self._looked_at:
            self.changed.emit()


def _disc(picture: DecodedPicture, ratio: float) -> QPixmap:
    """Cut the largest disc out of a picture's middle."""
    image = QImage(
        picture.frames[0],
        picture.width_px,
        picture.height_px,
        picture.width_px * _PIXEL_BYTES,
        QImage.Format.Format_ARGB32_Premultiplied if picture.has_alpha else QImage.Format.Format_RGB32,
    )
    side, size = min(picture.width_px, picture.height_px), round(SIZE_PX * ratio)
    middle = QRect((picture.width_px - side) // 2, (picture.height_px - side) // 2, side, side)
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    face = image.copy(middle).scaled(size, size, keep, smooth)
    disc = QPixmap(size, size)
    disc.fill(Qt.GlobalColor.transparent)
    with QPainter(disc) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # What is transparent in it would show whatever lies below.
        for brush in (QBrush(Qt.GlobalColor.white), QBrush(face)):
            painter.setBrush(brush)
            painter.drawEllipse(QRectF(disc.rect()))
    disc.setDevicePixelRatio(ratio)
    return disc
