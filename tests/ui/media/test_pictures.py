import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import NotFoundError, OfflineError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.message import MediaPart
from linqdesk.domain.outgoing_files import own_attachment_id
from linqdesk.local.picture_decoder import DecodedPicture, PictureError, PictureFault
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.pictures import PictureLook, Pool
from tests.store.messages import a_message
from tests.ui.conftest import Wishes
from tests.ui.media.desk import CAT, PATH, Desk, photo, pixels


@pytest.fixture
def desk(qtbot: QtBot, cache: Cache, wishes: Wishes) -> Desk:
    del qtbot
    return Desk(cache, wishes, Pool(40_000_000, 10_000_000))


def test_looking_is_what_fetches_and_decodes(desk: Desk) -> None:
    assert desk.look().state is MediaState.WAITING
    assert desk.wishes.media.wanted == [("cat", 0)]
    desk.arrive()
    assert desk.wishes.media.decoding == []
    assert desk.look().state is MediaState.LOADING
    desk.decoded(pixels(380, 285))
    assert desk.changed == [CAT, CAT]
    look = desk.look()
    assert look.state is MediaState.READY
    assert look.pixmap is not None
    assert look.pixmap.toImage().pixelColor(5, 5) == QColor(0x30, 0x20, 0x10)


def test_the_natural_size_is_known_once_it_was_decoded(desk: Desk) -> None:
    part = photo().parts[0]
    assert isinstance(part, MediaPart)
    assert desk.pictures.natural_size(part) is None
    desk.arrive()
    desk.look()
    desk.decoded(pixels(380, 285))
    assert desk.pictures.natural_size(part) == (4_000, 3_000)


def test_a_picture_of_unknown_shape_is_decoded_as_large_as_it_can_get(desk: Desk) -> None:
    desk.arrive()
    desk.look(width=100, height=100, ratio=2.0)
    assert desk.order() == (760, 840)


def test_looking_again_asks_for_nothing_twice(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.look()
    assert len(desk.wishes.media.decoding) == 1
    desk.decoded(pixels(380, 285))
    desk.look()
    assert desk.wishes.media.decoding == []
    assert desk.pictures.is_settled


def test_what_is_drawn_larger_is_decoded_again_and_shown_meanwhile(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(pixels(380, 285))
    assert desk.look(width=380, height=285, ratio=2.0).pixmap is not None
    assert desk.order() == (760, 570)


def test_a_small_picture_is_never_decoded_again(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(pixels(40, 30, natural=(40, 30)))
    desk.look(width=380, height=285, ratio=2.0)
    assert desk.wishes.media.decoding == []


def test_memory_stays_within_its_bound_whatever_is_scrolled(
    qtbot: QtBot, cache: Cache, wishes: Wishes
) -> None:
    del qtbot
    desk = Desk(cache, wishes, Pool(10 * 100 * 100 * 4, 100 * 100 * 4))
    for number in range(50):
        desk.arrive(f"p{number}")
        desk.look(f"p{number}", 100, 100)
        desk.decoded(pixels(100, 100, natural=(100, 100)))
        assert desk.pictures.held_bytes <= 10 * 100 * 100 * 4
    assert desk.look("p49").state is MediaState.READY
    assert desk.look("p40").state is MediaState.READY
    assert desk.look("p0").state is MediaState.LOADING


def test_what_was_looked_at_last_is_kept(qtbot: QtBot, cache: Cache, wishes: Wishes) -> None:
    del qtbot
    desk = Desk(cache, wishes, Pool(2 * 100 * 100 * 4, 100 * 100 * 4))
    for name in ("cat", "dog", "owl"):
        desk.arrive(name)
        desk.look(name)
        desk.decoded(pixels(100, 100, natural=(100, 100)))
        desk.look("cat")
    assert desk.look("cat").state is MediaState.READY
    assert desk.look("dog").state is MediaState.LOADING


def test_one_picture_never_takes_the_whole_pool(desk: Desk) -> None:
    desk.arrive()
    desk.look(width=8_000, height=6_000)
    width, height = desk.order()
    assert width * height * 4 <= 10_000_000


@pytest.mark.parametrize(
    ("file", "words", "can_retry"),
    [
        (MediaFile(MediaState.GONE, fault=NotFoundError()), "No longer available", False),
        (MediaFile(MediaState.TOO_LARGE, size_bytes=34_000_000), "Large file, 34 MB", True),
        (MediaFile(MediaState.FAILED, fault=OfflineError()), "Linq cannot be reached", True),
    ],
)
def test_what_is_not_there_says_why(desk: Desk, file: MediaFile, words: str, *, can_retry: bool) -> None:
    desk.cache.set_media(CAT, file)
    look = desk.look()
    assert (look.state, look.words, look.can_retry) == (file.state, words, can_retry)
    desk.pictures.retry(photo(), 0)
    assert desk.wishes.media.retried == [("cat", 0)]


def test_progress_is_told_while_it_loads(desk: Desk) -> None:
    desk.cache.set_media(CAT, MediaFile(MediaState.LOADING, received_bytes=250, size_bytes=1_000))
    assert desk.look().progress == pytest.approx(0.25)


def test_a_damaged_picture_says_so_and_is_not_decoded_for_ever(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(PictureError(PictureFault.DAMAGED, "This picture is damaged."))
    look = desk.look()
    assert (look.state, look.words) == (MediaState.FAILED, "This picture is damaged")
    assert desk.wishes.media.decoding == []


def test_a_file_that_the_disk_gave_up_is_fetched_anew(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(PictureError(PictureFault.MISSING, "gone"))
    assert desk.look().state is MediaState.LOADING
    assert desk.wishes.media.retried == [("cat", 0)]


def test_an_order_that_was_dropped_is_given_again_at_the_next_look(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(None)
    assert desk.look().state is MediaState.LOADING
    assert len(desk.wishes.media.decoding) == 1


def test_a_part_that_is_no_file_looks_gone(desk: Desk) -> None:
    assert desk.pictures.look_at(a_message("text", 0), 0, 10, 10, 1.0).state is MediaState.GONE


def test_forgetting_gives_all_pixels_back(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(pixels(380, 285))
    desk.pictures.forget()
    assert desk.pictures.held_bytes == 0


def moving(*colours: int, delay_ms: int = 100) -> DecodedPicture:
    frames = tuple(bytes([0, 0, colour, 255]) * 100 for colour in colours)
    return DecodedPicture(10, 10, 10, 10, has_alpha=True, frames=frames, delays_ms=(delay_ms,) * len(frames))


def red(look: PictureLook) -> int:
    assert look.pixmap is not None
    return look.pixmap.toImage().pixelColor(1, 1).red()


def test_an_animation_moves_while_it_is_seen_and_starts_over(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20, 30))
    shown = [red(desk.look())]
    for _ in range(3):
        desk.pass_time(0.1)
        assert desk.changed[-1] == CAT
        shown.append(red(desk.look()))
    assert shown == [10, 20, 30, 10]


def test_an_animation_that_scrolled_away_lets_the_clock_rest(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20, 30))
    desk.look()
    assert desk.clock.is_running
    desk.pass_time(0.1)
    desk.pass_time(0.1)
    assert not desk.clock.is_running
    assert red(desk.look()) == 10
    assert desk.clock.is_running


def test_nothing_is_announced_between_two_frames(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20))
    desk.look()
    count = len(desk.changed)
    desk.pass_time(0.05)
    assert len(desk.changed) == count


def test_reduced_motion_shows_the_first_frame_only(desk: Desk) -> None:
    desk.is_reduced = True
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20))
    assert red(desk.look()) == 10
    assert not desk.clock.is_running


def test_an_animation_stands_still_in_a_window_without_the_focus(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20, 30))
    desk.look()
    desk.pictures.set_watched(is_watched=False)
    assert not desk.clock.is_running
    desk.pass_time(0.1)
    assert red(desk.look()) == 10
    assert not desk.clock.is_running
    desk.pictures.set_watched(is_watched=True)
    assert desk.clock.is_running
    desk.pass_time(0.0)
    assert red(desk.look()) == 20


def test_giving_an_animation_up_lets_the_clock_rest(desk: Desk) -> None:
    desk.arrive()
    desk.look()
    desk.decoded(moving(10, 20))
    desk.look()
    desk.pictures.forget()
    assert not desk.clock.is_running


def test_peeking_asks_for_nothing(desk: Desk) -> None:
    part = photo().parts[0]
    assert isinstance(part, MediaPart)
    desk.arrive()
    assert desk.pictures.peek(part) is None
    assert desk.wishes.media.decoding == []
    desk.look()
    desk.decoded(pixels(380, 285))
    assert desk.pictures.peek(part) is not None


OWN = own_attachment_id(FileKey("ab12.jpg"))


def _confirm(desk: Desk) -> None:
    """Let Linq have what was ours: it lies among its files now, by its name for it."""
    desk.cache.set_media(CAT, MediaFile(MediaState.READY, path=PATH, twin=OWN))


def test_what_linq_took_from_us_is_shown_without_decoding_it_again(desk: Desk) -> None:
    desk.arrive(OWN)
    desk.look(OWN)
    desk.decoded(pixels(380, 285))
    before = desk.look(OWN).pixmap
    desk.wishes.media.wanted.clear()
    _confirm(desk)
    after = desk.look().pixmap
    assert before is not None
    assert after is not None
    assert after.cacheKey() == before.cacheKey()
    assert desk.look(OWN).pixmap is not None
    assert desk.wishes.media.decoding == []
    assert desk.wishes.media.wanted == []


def test_what_linq_takes_while_it_is_decoded_is_decoded_once(desk: Desk) -> None:
    desk.arrive(OWN)
    desk.look(OWN)
    _confirm(desk)
    desk.changed.clear()
    desk.decoded(pixels(380, 285))
    assert set(desk.changed) == {CAT, OWN}
    assert desk.look().state is MediaState.READY
    assert desk.look(OWN).state is MediaState.READY
    assert desk.wishes.media.decoding == []
