from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import ChatId
from linqdesk.domain.web_picture import picture_key
from linqdesk.local.picture_decoder import DecodedPicture, PictureError, PictureFault
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.web_pixmaps import SIZE_PX, WebPixmaps
from tests.store.messages import a_chat
from tests.ui.conftest import Wishes
from tests.ui.media.desk import pixels

ICON = "https://cdn.test/icon.png"
GROUP = replace(a_chat(ChatId("g")), is_group=True, group_icon_url=ICON)


class Desk:
    """Pixmaps over a cache, and what they ask for."""

    def __init__(self, cache: Cache, wishes: Wishes) -> None:
        self.owner = QObject()
        self.cache = cache
        self.media = wishes.media
        self.pixmaps = WebPixmaps(cache, wishes.media, self.owner)
        self.changes = 0
        self.pixmaps.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def arrive(self, address: str = ICON) -> None:
        key = picture_key(address)
        assert key is not None
        self.cache.set_media(key, MediaFile(MediaState.READY, path=Path("icon")))

    def decoded(self, outcome: DecodedPicture | PictureError | None) -> None:
        _, _, done = self.media.decoding.pop(0)
        done(outcome)


@pytest.fixture
def desk(qtbot: QtBot, cache: Cache, wishes: Wishes) -> Desk:
    del qtbot
    return Desk(cache, wishes)


def test_looking_is_what_fetches_and_decodes_an_icon(desk: Desk) -> None:
    assert desk.pixmaps.icon(GROUP, 2.0) is None
    assert desk.media.web_pictures == [(ICON, ChatId("g"))]
    desk.arrive()
    assert desk.changes == 1
    assert desk.pixmaps.icon(GROUP, 2.0) is None
    assert desk.pixmaps.icon(GROUP, 2.0) is None
    assert len(desk.media.decoding) == 1
    desk.decoded(pixels(288, 144))
    assert desk.changes == 2
    icon = desk.pixmaps.icon(GROUP, 2.0)
    assert icon is not None
    assert (icon.width(), icon.height(), icon.devicePixelRatio()) == (2 * SIZE_PX, 2 * SIZE_PX, 2.0)
    image = icon.toImage()
    assert image.pixelColor(SIZE_PX, SIZE_PX) == QColor(0x30, 0x20, 0x10)
    assert image.pixelColor(1, 1).alpha() == 0


def test_a_group_without_an_icon_and_a_direct_chat_fetch_nothing(desk: Desk) -> None:
    assert desk.pixmaps.icon(replace(GROUP, group_icon_url=None), 1.0) is None
    assert desk.pixmaps.icon(replace(GROUP, is_group=False), 1.0) is None
    assert desk.media.web_pictures == []


def test_another_signature_is_the_same_icon_and_another_path_another(desk: Desk) -> None:
    desk.arrive()
    desk.pixmaps.icon(GROUP, 1.0)
    desk.decoded(pixels(144, 144))
    assert desk.pixmaps.icon(replace(GROUP, group_icon_url=f"{ICON}?Signature=2"), 1.0) is not None
    assert desk.media.web_pictures == []
    other = "https://cdn.test/other.png"
    assert desk.pixmaps.icon(replace(GROUP, group_icon_url=other), 1.0) is None
    assert desk.media.web_pictures == [(other, ChatId("g"))]


def test_what_cannot_be_decoded_leaves_the_initials_for_good(desk: Desk) -> None:
    desk.arrive()
    desk.pixmaps.icon(GROUP, 1.0)
    desk.decoded(PictureError(PictureFault.DAMAGED, "damaged"))
    assert desk.pixmaps.icon(GROUP, 1.0) is None
    assert desk.media.decoding == []


def test_what_the_disk_gave_up_is_fetched_anew(desk: Desk) -> None:
    desk.arrive()
    desk.pixmaps.icon(GROUP, 1.0)
    desk.decoded(PictureError(PictureFault.MISSING, "gone"))
    assert desk.media.web_pictures == [(ICON, ChatId("g"))]


def test_an_order_that_was_dropped_is_made_again_by_the_next_look(desk: Desk) -> None:
    desk.arrive()
    desk.pixmaps.icon(GROUP, 1.0)
    desk.decoded(None)
    desk.pixmaps.icon(GROUP, 1.0)
    assert len(desk.media.decoding) == 1


def test_what_was_not_looked_at_for_longest_is_given_back(desk: Desk) -> None:
    for number in range(97):
        address = f"{ICON}{number}"
        desk.arrive(address)
        desk.pixmaps.look(address, 1.0)
        desk.decoded(pixels(8, 8))
    assert desk.pixmaps.look(f"{ICON}96", 1.0) is not None
    assert desk.pixmaps.look(f"{ICON}0", 1.0) is None


def test_what_nobody_looked_at_troubles_nobody(desk: Desk) -> None:
    desk.arrive("https://cdn.test/of/somebody/else.png")
    assert desk.changes == 0
