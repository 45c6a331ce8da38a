import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.ui.thread.text_block import TextBlock
from tests.ui.effects.emoji_font import emoji_font

AT = QPointF(30, 30)
# In this moment of "explode" everything that moves has flown away.
GONE_S = 0.76


def picture(block: TextBlock, time_s: float | None = None) -> QImage:
    image = QImage(300, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        if time_s is None:
            block.draw(painter, AT, [])
        else:
            block.draw_moving(painter, AT, [], time_s)
    return image


def blank() -> QImage:
    image = QImage(300, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    return image


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("text", ["Plain words", "👩🏽\u200d🚀 and 🇩🇪", "سلام لا", "e\u0301 👍🏽 o\u0302"])
def test_what_moves_leaves_nothing_behind(text: str) -> None:
    with emoji_font() as with_emoji:
        whole = [Decoration(0, utf16_length(text), animation="explode")]
        block = TextBlock(text, with_emoji, 240, whole)
        assert picture(block) != blank()
        assert picture(block, GONE_S) == blank()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("text", ["one two three", "one 🎉 three", "אחת two שלוש"])
def test_what_does_not_move_stays(text: str) -> None:
    with emoji_font() as with_emoji:
        start = utf16_length(text.split(maxsplit=1)[0]) + 1
        end = start + utf16_length(text.split()[1])
        block = TextBlock(text, with_emoji, 240, [Decoration(start, end, animation="explode")])
        assert block.is_animated
        assert picture(block, 0.0) == picture(block)
        assert picture(block, GONE_S) not in (picture(block), blank())


@pytest.mark.usefixtures("qtbot")
def test_a_text_without_animation_does_not_move() -> None:
    with emoji_font() as with_emoji:
        assert not TextBlock("words", with_emoji, 240, [Decoration(0, 5, style="bold")]).is_animated
