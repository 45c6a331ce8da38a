"""Pictures in the thread: looked at while they are on screen, laid out anew once their size is known."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import AttachmentId, MessageId, RowKey
from linqdesk.domain.message import Message, TextPart
from linqdesk.local.picture_decoder import DecodedPicture
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message
from tests.ui.conftest import Wishes
from tests.ui.thread.rows import a_photo, a_reaction

RED = QColor(0xF0, 0x20, 0x10)


def _photos(count: int) -> list[Message]:
    return [
        replace(a_message(f"{number:03d}", number * 40), parts=(a_photo(f"{number:03d}.jpg"),))
        for number in range(count)
    ]


def _decoded(natural: tuple[int, int]) -> DecodedPicture:
    width, height = natural[0] // 10, natural[1] // 10
    pixel = bytes((RED.blue(), RED.green(), RED.red(), 255))
    return DecodedPicture(
        *natural, width, height, has_alpha=False, frames=(pixel * width * height,), delays_ms=(0,)
    )


def _arrive(cache: Cache, view: ThreadView, wishes: Wishes, name: str, natural: tuple[int, int]) -> None:
    cache.set_media(AttachmentId(name), MediaFile(MediaState.READY, path=Path(name)))
    view.viewport().repaint()
    _, _, done = wishes.media.decoding.pop(0)
    done(_decoded(natural))


def _colour_at(view: ThreadView, row: int) -> QColor:
    top = view.arrangement.place_of(row)
    assert top is not None
    centre = view.arrangement.layout_of(row).bubble.center()
    image = view.viewport().grab().toImage()
    return image.pixelColor(round(centre.x()) + 30, round(top + centre.y()) + 30)


def test_only_pictures_on_screen_are_wanted(cache: Cache, view: ThreadView, wishes: Wishes) -> None:
    cache.merge_messages(ANA, _photos(40), cache.next_sequence())
    view.show_chat(ANA)
    view.viewport().repaint()
    assert {wanted[0] for wanted in wishes.media.wanted} == {
        MessageId(view.messages.row_at(row).key) for row, _ in view.arrangement.visible()
    }


def test_a_picture_is_painted_in_its_own_shape_once_it_is_there(
    cache: Cache, view: ThreadView, wishes: Wishes
) -> None:
    cache.merge_messages(ANA, _photos(1), cache.next_sequence())
    view.show_chat(ANA)
    assert _colour_at(view, 0) != RED
    _arrive(cache, view, wishes, "000.jpg", (3_000, 4_000))
    bubble = view.arrangement.layout_of(0).bubble
    assert bubble.width() / bubble.height() == 0.75
    assert _colour_at(view, 0) == RED


def test_a_late_picture_moves_nothing_below_it_while_the_end_is_shown(
    cache: Cache, view: ThreadView, wishes: Wishes
) -> None:
    last = a_message("last", 900)
    cache.merge_messages(ANA, [*_photos(2), last], cache.next_sequence())
    view.show_chat(ANA)
    was = view.arrangement.place_of(2)
    _arrive(cache, view, wishes, "001.jpg", (3_000, 4_000))
    assert view.arrangement.is_at_bottom
    assert view.arrangement.place_of(2) == was


def test_a_late_picture_above_the_screen_moves_nothing_on_it(
    cache: Cache, view: ThreadView, wishes: Wishes
) -> None:
    texts = [a_message(f"text {number:02d}", 100 + number) for number in range(60)]
    cache.merge_messages(ANA, [*_photos(1), *texts], cache.next_sequence())
    view.show_chat(ANA)
    view.verticalScrollBar().setValue(0)
    view.viewport().repaint()
    cache.set_media(AttachmentId("000.jpg"), MediaFile(MediaState.READY, path=Path("x")))
    view.viewport().repaint()
    view.arrangement.scroll_by(400)
    rows = dict(view.arrangement.visible())
    assert 0 not in rows
    _, _, done = wishes.media.decoding.pop(0)
    done(_decoded((3_000, 4_000)))
    assert dict(view.arrangement.visible()) == rows


def test_a_picture_that_failed_is_asked_for_again_by_a_click(
    cache: Cache, view: ThreadView, wishes: Wishes
) -> None:
    opened: list[object] = []
    view.acts.picture_activated.connect(lambda message, index: opened.append((message.id, index)))
    cache.merge_messages(ANA, _photos(1), cache.next_sequence())
    view.show_chat(ANA)
    centre = view.arrangement.layout_of(0).bubble.center()
    top = view.arrangement.place_of(0)
    assert top is not None
    spot = QPoint(round(centre.x()), round(top + centre.y()))
    cache.set_media(AttachmentId("000.jpg"), MediaFile(MediaState.FAILED, fault=OfflineError("no")))
    view.viewport().repaint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert wishes.media.retried == [("000", 0)]
    assert opened == []
    cache.set_media(AttachmentId("000.jpg"), MediaFile(MediaState.GONE))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [(MessageId("000"), 0)]


def test_each_state_of_a_picture_looks_different(cache: Cache, view: ThreadView) -> None:
    cache.merge_messages(ANA, _photos(1), cache.next_sequence())
    view.show_chat(ANA)
    states = (
        MediaFile(),
        MediaFile(MediaState.LOADING, received_bytes=30, size_bytes=100),
        MediaFile(MediaState.GONE),
        MediaFile(MediaState.FAILED, fault=OfflineError("no")),
        MediaFile(MediaState.TOO_LARGE, size_bytes=90_000_000),
    )
    seen = []
    for state in states:
        cache.set_media(AttachmentId("000.jpg"), state)
        seen.append(view.viewport().grab().toImage())
    assert all(one != other for at, one in enumerate(seen) for other in seen[:at])


def test_a_sticker_is_fetched_and_painted_on_its_part(cache: Cache, view: ThreadView, wishes: Wishes) -> None:
    sticker = replace(a_reaction("sticker"), sticker_url="https://cdn.example/s/1.png?signature=a")
    message = replace(a_message("m", 1), parts=(TextPart("One with a sticker", (), (sticker,)),))
    cache.merge_messages(ANA, [message], cache.next_sequence())
    view.show_chat(ANA)
    view.viewport().repaint()
    part = sticker.sticker
    assert part is not None
    _arrive(cache, view, wishes, str(part.attachment_id), (500, 500))
    (badge,) = view.arrangement.layout_of(0).badges
    top = view.arrangement.place_of(0)
    assert top is not None
    assert badge.box.size().toTuple() == (48, 48)
    centre = badge.box.center()
    image = view.viewport().grab().toImage()
    assert image.pixelColor(round(centre.x()), round(top + centre.y())) == RED


def test_a_sticker_stays_the_same_file_when_its_address_is_signed_anew() -> None:
    one, other, third = (
        replace(a_reaction("sticker"), sticker_url=f"https://cdn.example/{path}").sticker
        for path in ("s/1.png?signature=a", "s/1.png?signature=b", "s/2.png")
    )
    assert one is not None
    assert other is not None
    assert third is not None
    assert one.attachment_id == other.attachment_id != third.attachment_id
    assert a_reaction("love").sticker is None


@pytest.mark.parametrize(("y_px", "still"), [(20, 31), (300, 29)])
def test_a_late_picture_grows_away_from_the_middle_of_the_screen(
    cache: Cache, view: ThreadView, wishes: Wishes, y_px: int, still: int
) -> None:
    photo = replace(a_message("photo", 30), parts=(a_photo("photo.jpg"),))
    texts = [a_message(f"text {number:02d}", number) for number in range(61) if number != 30]
    cache.merge_messages(ANA, [*texts, photo], cache.next_sequence())
    view.show_chat(ANA)
    view.arrangement.show_row(30, y_px)
    was = view.arrangement.place_of(still)
    assert was is not None
    height = view.arrangement.layout_of(30).height_px
    _arrive(cache, view, wishes, "photo.jpg", (3_000, 4_000))
    assert view.arrangement.layout_of(30).height_px > height
    assert view.arrangement.place_of(still) == was


def test_more_of_a_long_message_is_read_on_where_one_was(cache: Cache, view: ThreadView) -> None:
    cache.merge_messages(ANA, [a_message("long", 1, text="word " * 9_000)], cache.next_sequence())
    view.show_chat(ANA)
    was = view.arrangement.place_of(0)
    view.show_more(RowKey("long"))
    assert view.arrangement.place_of(0) == was
