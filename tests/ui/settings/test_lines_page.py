from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import Line, Reputation
from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import Handle
from linqdesk.domain.web_picture import picture_key
from linqdesk.services.contact_cards import CardWish
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.web_pixmaps import WebPixmaps
from linqdesk.ui.settings.lines_page import LinesPage
from linqdesk.ui.theme import LIGHT
from tests.ui.conftest import CardWishes, Wishes
from tests.ui.media.desk import pixels

SALES, HELP = Handle("+14155550110"), Handle("+14155550120")
CARD = ContactCard(SALES, "Fern", "Hill", "https://cdn.test/a.png", is_active=True)


class Desk:
    """A page over two lines."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = CardWishes()
        self.cache = cache = Cache()
        cache.set_lines((Line("1", SALES, Reputation.HEALTHY), Line("2", HELP, Reputation.AT_RISK)))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.media = Wishes(cache).media
        pixmaps = WebPixmaps(cache, self.media, self.window)
        self.page = LinesPage(cache, self.wishes, pixmaps, LIGHT, self.window)
        self.window.show()
        self.page.show()

    def state(self) -> str:
        label = self.page.findChild(QLabel, "card_state")
        assert isinstance(label, QLabel)
        return label.text()

    def choose(self, row: int) -> None:
        choice = self.page.findChild(QComboBox, "card_line")
        assert isinstance(choice, QComboBox)
        choice.setCurrentIndex(row)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.window.close()


def test_a_card_is_shown_with_its_state(desk: Desk) -> None:
    assert desk.state() == "Reading the card…"
    assert not desk.page.save.isEnabled()
    line, told = desk.wishes.fetched[-1]
    assert line == SALES
    told(CARD)
    assert (desk.page.first.text(), desk.page.last.text()) == ("Fern", "Hill")
    assert "can be shared" in desk.state()
    told(None)
    assert "no contact card yet" in desk.state()
    told(ContactCard(SALES, "Fern"))
    assert "still setting this card up" in desk.state()


def test_an_answer_for_another_line_is_dropped(desk: Desk) -> None:
    _, late = desk.wishes.fetched[-1]
    desk.choose(1)
    late(CARD)
    assert desk.page.first.text() == ""
    assert desk.wishes.fetched[-1][0] == HELP


def test_enter_saves_and_what_was_typed_survives_a_refusal(desk: Desk) -> None:
    desk.wishes.fetched[-1][1](None)
    QTest.keyClicks(desk.page.first, "Fern")
    QTest.keyClick(desk.page.first, Qt.Key.Key_Return)
    line, wish, told = desk.wishes.saved[-1]
    assert (line, wish) == (SALES, CardWish("Fern"))
    told(OfflineError())
    assert desk.state() == "Linq cannot be reached."
    assert desk.page.first.text() == "Fern"
    assert desk.page.save.isEnabled()
    desk.page.save.click()
    desk.wishes.saved[-1][2](ContactCard(SALES, "Fern", is_active=True))
    assert desk.state().startswith("Saved.")


def test_a_chosen_picture_goes_along_once(desk: Desk) -> None:
    desk.wishes.fetched[-1][1](CARD)
    desk.page.take_picture("")
    desk.page.take_picture("/pictures/logo.png")
    desk.page.save.click()
    _, wish, told = desk.wishes.saved[-1]
    assert wish.picture is not None
    assert wish.picture.name == "logo.png"
    told(CARD)
    desk.page.save.click()
    assert desk.wishes.saved[-1][1].picture is None
    dialog = desk.page.ask_for_picture()
    assert dialog.isVisible()
    dialog.reject()


def test_the_present_picture_of_a_card_is_shown(desk: Desk) -> None:
    desk.wishes.fetched[-1][1](CARD)
    face = desk.page.face
    assert face.accessibleName() == "Picture of the contact card"
    face.grab()
    assert desk.media.web_pictures[-1] == ("https://cdn.test/a.png", None)
    key = picture_key(CARD.image_url)
    assert key is not None
    desk.cache.set_media(key, MediaFile(MediaState.READY, path=Path("a")))
    face.grab()
    _, _, done = desk.media.decoding[-1]
    done(pixels(144, 144))
    assert face.grab().toImage().pixelColor(36, 36) == QColor(0x30, 0x20, 0x10)


def test_a_card_without_a_picture_has_initials_and_asks_for_nothing(desk: Desk) -> None:
    desk.wishes.fetched[-1][1](replace(CARD, image_url=None))
    desk.page.face.grab()
    assert desk.page.face.accessibleName() == "No picture"
    assert desk.media.web_pictures == []
