"""Somebody else's words in tooltips: shown as they are written, never as markup."""

import pytest
from PySide6.QtGui import Qt, QTextDocument
from pytestqt.qtbot import QtBot

from linqdesk.ui.tooltips import plain_tip
from tests.ui.hostile import HOSTILE_TEXTS


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
def test_a_tooltip_shows_what_was_written(qtbot: QtBot, text: str) -> None:
    del qtbot
    tip = plain_tip(text)
    if Qt.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        assert document.toPlainText().split() == text.split()
    else:
        assert tip == text


def test_what_looks_like_markup_is_escaped() -> None:
    assert plain_tip("<b>Bob</b>") == "<p>&lt;b&gt;Bob&lt;/b&gt;</p>"


def test_plain_words_stay_as_they_are() -> None:
    assert plain_tip("Bob & Ana, 1 < 2") == "Bob & Ana, 1 < 2"
