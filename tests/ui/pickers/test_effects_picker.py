from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.message import Effect
from linqdesk.domain.service import Service
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.pickers.effect_tile import EffectTile
from linqdesk.ui.pickers.effects_picker import EffectsPicker
from linqdesk.ui.theme import DARK, LIGHT
from tests.ui.assistive import toggle


class Place:
    """A window with a button that opens the picker, and what the picker said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.is_reduced = False
        self.chosen: list[Effect] = []
        self.previews: list[Effect] = []
        self.window = QWidget()
        self.window.resize(900, 700)
        self.button = QPushButton("open", self.window)
        column = QVBoxLayout(self.window)
        column.addStretch()
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.clock = FrameClock(self.window)
        self.picker = EffectsPicker(self.clock, lambda: self.is_reduced, LIGHT, self.window)
        self.picker.chosen.connect(self.chosen.append)
        self.picker.preview_wanted.connect(self.previews.append)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def open(self, service: Service | None = Service.IMESSAGE, chosen: Effect | None = None) -> None:
        self.picker.show_effects(service, chosen, self.button)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key)

    def is_at(self, name: str) -> bool:
        return self.picker.tiles[name].hasFocus()


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place(qtbot)
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    made.window.close()


def test_the_arrows_walk_and_enter_chooses(place: Place) -> None:
    place.open()
    assert place.is_at("slam")
    place.press(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert place.is_at("gentle")
    place.press(Qt.Key.Key_Return)
    assert place.chosen == [Effect("bubble", "gentle")]
    assert place.picker.isHidden()
    assert place.button.hasFocus()


def test_typing_goes_to_the_effect_of_that_name_on_either_tab(place: Place) -> None:
    place.open()
    QTest.keyClicks(place.picker.tiles["slam"], "sp")
    assert place.is_at("sparkles")
    place.press(Qt.Key.Key_O)
    assert place.is_at("spotlight")
    place.press(Qt.Key.Key_Return)
    assert place.chosen == [Effect("screen", "spotlight")]


def test_space_previews_and_chooses_nothing(place: Place) -> None:
    place.open()
    place.press(Qt.Key.Key_Space)
    assert place.previews == [Effect("bubble", "slam")]
    assert place.chosen == []


def test_escape_closes_and_gives_the_focus_back(place: Place) -> None:
    place.open()
    place.press(Qt.Key.Key_Escape)
    assert place.picker.isHidden()
    assert place.button.hasFocus()
    assert not place.clock.is_running


def test_a_press_elsewhere_closes(place: Place) -> None:
    place.open()
    QTest.mouseClick(place.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert place.picker.isHidden()


def test_it_opens_at_the_effect_that_the_message_has(place: Place) -> None:
    confetti = Effect("screen", "confetti")
    place.open(chosen=confetti)
    assert place.is_at("confetti")
    assert [name for name, tile in place.picker.tiles.items() if tile.isChecked()] == ["confetti"]


@pytest.mark.parametrize(
    ("service", "said"),
    [(Service.IMESSAGE, ""), (None, ""), (Service.SMS, "SMS shows no"), (Service.RCS, "RCS shows no")],
)
def test_it_says_where_the_service_drops_effects(place: Place, service: Service | None, said: str) -> None:
    place.open(service)
    notice = place.picker.findChild(QLabel, "effects_notice")
    assert isinstance(notice, QLabel)
    assert notice.text().startswith(said)
    assert notice.isVisible() == bool(said)


def test_what_is_looked_at_moves_and_nothing_else_does(place: Place) -> None:
    place.open()
    slam, loud = place.picker.tiles["slam"], place.picker.tiles["loud"]
    assert slam.is_playing
    place.press(Qt.Key.Key_Right)
    assert (slam.is_playing, loud.is_playing) == (False, True)
    place.picker.close_up()
    assert not place.clock.is_running


def test_where_motion_is_reduced_nothing_moves(place: Place) -> None:
    place.is_reduced = True
    place.open()
    assert not place.picker.tiles["slam"].is_playing
    assert not place.clock.is_running


def test_each_tile_gets_a_picture_that_is_not_blank(place: Place, qtbot: QtBot) -> None:
    place.open()
    place.picker.set_theme(DARK)
    tiles = list(place.picker.tiles.values())
    qtbot.waitUntil(lambda: all(tile.has_still for tile in tiles))
    assert len({_colours(tile) for tile in tiles}) == len(tiles)


def _colours(tile: EffectTile) -> bytes:
    return bytes(tile.grab().toImage().constBits())


def test_a_screen_reader_turns_the_tab_and_chooses(place: Place) -> None:
    place.open()
    tab = place.picker.findChild(QPushButton, "effects_screen")
    assert isinstance(tab, QPushButton)
    toggle(tab)
    assert place.picker.tiles["confetti"].isVisible()
    toggle(place.picker.tiles["confetti"])
    assert place.chosen == [Effect("screen", "confetti")]
