"""Pictures over a cache whose files are decoded by hand."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.local.picture_decoder import DecodedPicture, PictureError
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.media.flipbook import Movement
from linqdesk.ui.media.pictures import PictureLook, Pictures, Pool
from tests.store.messages import a_message
from tests.ui.conftest import Wishes

CAT = AttachmentId("cat")
PATH = Path("cat")


def photo(name: str = "cat") -> Message:
    part = MediaPart(AttachmentId(name), f"{name}.jpg", "image/jpeg", 1_000, "https://cdn/x")
    return replace(a_message(name, 0), parts=(part,))


def pixels(
    width: int, height: int, natural: tuple[int, int] = (4_000, 3_000), *, has_alpha: bool = False
) -> DecodedPicture:
    return DecodedPicture(*natural, width, height, has_alpha, (b"\x10\x20\x30\xff" * width * height,), (0,))


class Desk:
    """Pictures over a cache, and what they ask for."""

    def __init__(self, cache: Cache, wishes: Wishes, pool: Pool) -> None:
        self.owner = QObject()
        self.cache = cache
        self.wishes = wishes
        self.now_s = 0.0
        self.is_reduced = False
        self.clock = FrameClock(self.owner, lambda: self.now_s)
        self.movement = Movement(self.clock, lambda: self.is_reduced)
        self.pictures = Pictures(cache, wishes, self.owner, self.movement, pool=pool)
        self.changed: list[object] = []
        self.pictures.changed.connect(self.changed.append)

    def look(self, name: str = "cat", width: int = 200, height: int = 150, ratio: float = 1.0) -> PictureLook:
        return self.pictures.look_at(photo(name), 0, width, height, ratio)

    def arrive(self, name: str = "cat") -> None:
        self.cache.set_media(AttachmentId(name), MediaFile(MediaState.READY, path=PATH))

    def pass_time(self, seconds: float) -> None:
        """Let a tick of the clock come after some seconds."""
        self.now_s += seconds
        self.clock.tick.emit(self.now_s)

    def decoded(self, outcome: DecodedPicture | PictureError | None) -> None:
        """Answer the oldest order."""
        _, _, done = self.wishes.media.decoding.pop(0)
        done(outcome)

    def order(self) -> tuple[int, int]:
        """The size of the latest order."""
        request = self.wishes.media.decoding[-1][1]
        return request.max_width_px, request.max_height_px
