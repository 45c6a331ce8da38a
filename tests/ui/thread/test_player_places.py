import pytest
from PySide6.QtCore import QPointF, QRectF

from linqdesk.ui.thread.pieces import AudioPiece, VideoPiece
from linqdesk.ui.thread.player_places import (
    bar_boxes,
    film_places,
    rate_words,
    share_at,
    sound_places,
    spoken_time,
    time_words,
)
from tests.ui.thread.rows import STYLE, a_file, a_message_of, laid_out

MEMO = a_file("memo.m4a", "audio/x-m4a")
CLIP = a_file("clip.mp4", "video/mp4")
WAVE = QRectF(10, 20, 198, 24)


def test_a_sound_stands_in_a_card_with_its_controls_inside() -> None:
    piece = laid_out(a_message_of(MEMO)).pieces[0]
    assert isinstance(piece, AudioPiece)
    assert (piece.box.width(), piece.box.height()) == (300, 64)
    places = piece.player
    assert places == sound_places(piece.box, STYLE)
    for place in (places.disc, places.wave, places.words, places.chip):
        assert piece.box.contains(place)
    assert places.wave.left() - places.disc.right() == 12
    assert places.wave.right() == places.chip.right() == piece.box.right() - 14
    assert places.wave.bottom() + 4 <= places.chip.top()
    assert places.words.right() < places.chip.left()


@pytest.mark.parametrize("zoom", [0.8, 1.0, 2.0])
def test_nothing_of_a_player_lies_over_anything_else_at_any_zoom(zoom: float) -> None:
    style = type(STYLE)(width_px=760, zoom=zoom)
    sound, film = (laid_out(a_message_of(part), style=style).pieces[0] for part in (MEMO, CLIP))
    assert isinstance(sound, AudioPiece)
    assert isinstance(film, VideoPiece)
    a, b = sound.player, film.player
    for places in ((a.disc, a.wave, a.words, a.chip), (b.disc, b.line, b.words, b.chip)):
        for number, place in enumerate(places):
            assert place.width() > 0
            assert not any(place.intersects(other) for other in places[number + 1 :])
    assert b.line.width() >= 50


@pytest.mark.parametrize(
    ("pixels", "size"),
    [
        (None, (280, 158)),
        ((640, 352), (380, 209)),
        ((1_080, 1_920), (240, 420)),
        ((160, 90), (240, 90)),
    ],
)
def test_a_video_has_its_own_shape_and_room_for_its_controls(
    pixels: tuple[int, int] | None, size: tuple[int, int]
) -> None:
    piece = laid_out(a_message_of(CLIP), size_of=lambda _: pixels).pieces[0]
    assert isinstance(piece, VideoPiece)
    assert (round(piece.box.width()), round(piece.box.height())) == size
    assert piece.player.strip.bottom() == piece.box.bottom()
    assert piece.player.strip.width() == piece.box.width()


def test_the_controls_of_a_video_follow_its_box() -> None:
    box = QRectF(0, 0, 280, 158)
    assert film_places(box, STYLE).moved(QPointF(5, 9)) == film_places(box.translated(5, 9), STYLE)


def test_bars_fill_the_waveform_and_are_as_high_as_it_is_loud() -> None:
    bars = bar_boxes(WAVE, bytes([0, 255, 128, 0] * 50))
    assert len(bars) == 40
    assert bars[0].left() == WAVE.left()
    assert bars[-1].right() == WAVE.right()
    assert {bar.width() for bar in bars} == {3}
    assert all(bar.center().y() == WAVE.center().y() for bar in bars)
    assert max(bar.height() for bar in bars) == WAVE.height()


def test_each_bar_shows_the_loudest_moment_of_its_time() -> None:
    levels = bytearray(200)
    levels[7] = 255
    bars = bar_boxes(WAVE, bytes(levels))
    assert [bar.height() for bar in bars[:3]] == [3, WAVE.height(), 3]


def test_a_waveform_that_is_not_known_is_a_row_of_dots() -> None:
    assert {bar.height() for bar in bar_boxes(WAVE, b"")} == {3}
    assert {bar.height() for bar in bar_boxes(WAVE, bytes(10))} == {3}


@pytest.mark.parametrize(("x", "share"), [(0, 0.0), (10, 0.0), (109, 0.5), (208, 1.0), (999, 1.0)])
def test_a_point_stands_for_a_share_of_the_time(x: float, share: float) -> None:
    assert share_at(WAVE, x) == share


@pytest.mark.parametrize(
    ("time_ms", "words", "spoken"),
    [
        (0, "0:00", "0 seconds"),
        (1_000, "0:01", "1 second"),
        (4_226, "0:04", "4 seconds"),
        (59_700, "1:00", "1 minute"),
        (65_000, "1:05", "1 minute 5 seconds"),
        (3_723_000, "1:02:03", "62 minutes 3 seconds"),
    ],
)
def test_times_are_told_in_minutes_and_seconds(time_ms: int, words: str, spoken: str) -> None:
    assert time_words(time_ms) == words
    assert spoken_time(time_ms) == spoken


def test_the_pace_is_told_without_needless_noughts() -> None:
    assert [rate_words(rate) for rate in (1.0, 1.5, 2.0)] == ["1×", "1.5×", "2×"]
