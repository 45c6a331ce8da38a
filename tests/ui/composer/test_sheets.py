from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Effect
from linqdesk.domain.outgoing import Content, Draft, OutgoingText
from linqdesk.ui.composer.sheets import Sheets

LOCAL, REAL = ChatId("new:1"), ChatId("real")


@pytest.fixture
def sheets(qtbot: QtBot) -> Iterator[Sheets]:
    del qtbot
    documents: list[QTextDocument] = []

    def new_document() -> QTextDocument:
        documents.append(QTextDocument())
        return documents[-1]

    yield Sheets(new_document)
    documents.clear()


def test_a_sheet_goes_on_under_another_id_with_all_that_stands_on_both(sheets: Sheets) -> None:
    for mine, theirs, both in (("", "theirs", "theirs"), ("mine", "", "mine"), ("a", "b", "a\nb")):
        local, real = ChatId(f"new:{both}"), ChatId(both)
        sheet = sheets.open(local, Draft(mine))
        sheets.open(real, Draft(theirs))
        sheets.rename(local, real)
        assert sheets.open(real, None) is sheet
        assert sheet.draft().text == both


def test_renaming_an_unknown_sheet_leaves_the_other_as_it_is(sheets: Sheets) -> None:
    sheet = sheets.open(REAL, Draft("kept"))
    sheets.rename(LOCAL, REAL)
    assert sheets.open(REAL, None) is sheet


def test_what_was_not_sent_comes_back_before_what_is_written_with_its_decorations(sheets: Sheets) -> None:
    sheet = sheets.open(REAL, Draft("later"))
    bold = Decoration(0, 2, style="bold")
    effect = Effect("screen", "confetti")
    sheet.take_back(Content((OutgoingText("Hi you", (bold,)),), effect))
    assert sheet.draft().text == "Hi you\nlater"
    assert sheet.draft().decorations == (bold,)
    assert sheet.draft().effect == effect
    other = Effect("bubble", "slam")
    sheet.take_back(Content((OutgoingText("x"),), other))
    assert sheet.draft().effect == effect
