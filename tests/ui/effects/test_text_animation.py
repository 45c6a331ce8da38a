from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTextLayout
from pytestqt.qtbot import QtBot

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.ui.effects.text_animation import MOST_MOVING, MovingText
from linqdesk.ui.effects.text_motion import SHAPES
from tests.ui.effects.emoji_font import emoji_font
from tests.ui.effects.laid_out import laid_out

ASTRONAUT = "👩🏽\u200d🚀"
AT = QPointF(20, 20)


def whole(text: str, animation: str = "jitter") -> list[Decoration]:
    return [Decoration(0, utf16_length(text), animation=animation)]


def canvas() -> QImage:
    image = QImage(460, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    return image


def picture(moving: MovingText, time_s: float) -> QImage:
    image = canvas()
    with QPainter(image) as painter:
        moving.paint(painter, AT, time_s)
    return image


def graphemes(moving: MovingText) -> int:
    return sum(len(each.glyphs) for each in moving.moving)


TEXTS = ["Plain words", f"a{ASTRONAUT}b", "e\u0301e\u0301 o\u0302", "سلام لا", "abc אבג def", "🇩🇪👍🏽"]


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("text", TEXTS)
def test_at_rest_a_moving_text_looks_as_if_nothing_moved(text: str) -> None:
    layout = laid_out(text)
    expected = canvas()
    with QPainter(expected) as painter:
        layout.draw(painter, AT)
    assert picture(MovingText(layout, whole(text, "shake")), 0.0) == expected


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("animation", SHAPES)
def test_every_animation_changes_the_picture(animation: str) -> None:
    moving = MovingText(laid_out("Moving words"), whole("Moving words", animation))
    assert any(picture(moving, 0.0) != picture(moving, step * 0.11) for step in range(1, 8))


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("text", "count"), [(ASTRONAUT, 1), ("🇩🇪", 1), ("e\u0301x", 2), ("a b", 3), ("لا", 1), ("👍🏽👍", 2)]
)
def test_what_is_seen_as_one_letter_moves_as_one(text: str, count: int) -> None:
    assert graphemes(MovingText(laid_out(text), whole(text))) == count


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(("start", "end"), [(2, 4), (1, 3), (4, 8), (7, 8)])
def test_a_range_that_ends_inside_of_an_emoji_takes_all_of_it(start: int, end: int) -> None:
    moving = MovingText(laid_out(f"x{ASTRONAUT}y"), [Decoration(start, end, animation="big")])
    assert moving.ranges == [(1, 8)]
    assert graphemes(moving) == 1


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (40, 90), (-5, -1)])
def test_a_range_of_nothing_moves_nothing(start: int, end: int) -> None:
    moving = MovingText(laid_out("Plain words"), [Decoration(start, end, animation="big")])
    assert moving.ranges == []


@pytest.mark.usefixtures("qtbot")
def test_a_range_beyond_the_text_is_cut_to_it() -> None:
    moving = MovingText(laid_out("Plain words"), [Decoration(-3, 10**9, animation="big")])
    assert moving.ranges == [(0, 11)]


@pytest.mark.usefixtures("qtbot")
def test_overlapping_ranges_move_each_letter_once() -> None:
    ranges = [Decoration(0, 5, animation="big"), Decoration(3, 8, animation="nod")]
    moving = MovingText(laid_out("abcdefghij"), ranges)
    assert moving.ranges == [(0, 5), (5, 8)]


@pytest.mark.usefixtures("qtbot")
def test_styles_and_unknown_animations_are_left_alone() -> None:
    ranges = [Decoration(0, 5, style="bold"), Decoration(0, 5, animation="somersault")]
    assert MovingText(laid_out("abcdefghij"), ranges).ranges == []


@pytest.mark.usefixtures("qtbot")
def test_of_a_very_long_text_only_the_beginning_moves() -> None:
    text = "word " * 1_000
    assert graphemes(MovingText(laid_out(text), whole(text))) <= MOST_MOVING


@pytest.mark.usefixtures("qtbot")
def test_growing_letters_make_room_for_each_other() -> None:
    text = "wwwwwwww"
    moving = MovingText(laid_out(text), whole(text, "big"))
    (letters,) = moving.moving
    boxes = []
    for glyph, pose in letters.posed(0.6):
        centre, half = glyph.box.center().x() + pose.dx_px, glyph.box.width() / 2 * pose.scale
        boxes.append((centre - half, centre + half))
    assert all(left[1] <= right[0] + 1.5 for left, right in pairwise(boxes))


def test_colour_emoji_are_known_by_their_boxes(qtbot: QtBot) -> None:
    del qtbot
    text = f"ab{ASTRONAUT}"
    with emoji_font() as with_emoji:
        layout = QTextLayout(text, with_emoji)
        layout.beginLayout()
        layout.createLine().setLineWidth(400)
        layout.endLayout()
        moving = MovingText(layout, whole(text))
    assert len(moving.emoji_boxes) == 1
    assert moving.emoji_boxes[0].left() > 10
