import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.theme import FontSize, font
from linqdesk.ui.thread.text_block import TextBlock

pytestmark = pytest.mark.usefixtures("qapp")


def _picture(text: str, start: int, end: int) -> QImage:
    block = TextBlock(text, font(FontSize.BODY), 400, [Decoration(start, end, "underline")])
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        block.draw(painter, QPointF(4, 4), ())
    return image


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("👍🏽 yes", (1, 3), (0, 4)),
        ("a👍🏽 yes", (2, 4), (1, 5)),
        ("e\u0301 yes", (1, 2), (0, 2)),
        ("👩🏽‍🚀 yes", (3, 5), (0, 7)),
        ("🇺🇦 yes", (1, 3), (0, 4)),
    ],
)
def test_a_style_never_cuts_a_letter_in_two(text: str, cut: tuple[int, int], whole: tuple[int, int]) -> None:
    assert _picture(text, *cut) == _picture(text, *whole)
    assert _picture(text, *cut) != _picture(text, 0, 0)


def test_a_range_has_a_box_on_each_line() -> None:
    block = TextBlock("one two\nthree", font(FontSize.BODY), 400)
    first, second = block.boxes_of(4, 10)
    assert first.left() > 0
    assert second.left() == 0
    assert second.top() > first.bottom() - 4
    assert block.boxes_of(3, 3) == ()
