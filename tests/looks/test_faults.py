from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.looks.faults import faults_in, words_in


@pytest.fixture
def whole(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(300, 200)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def _label(whole: QWidget, words: str, *place: int) -> QLabel:
    label = QLabel(words, whole)
    label.setObjectName(words)
    label.setGeometry(*place)
    label.show()
    return label


def test_what_has_room_is_no_fault(whole: QWidget) -> None:
    _label(whole, "one", 0, 0, 100, 40)
    _label(whole, "two", 0, 40, 100, 40)
    assert faults_in(whole) == []
    assert {"one", "two"} <= set(words_in(whole).splitlines())


def test_what_sticks_out_overlaps_or_is_cut_is_found(whole: QWidget) -> None:
    _label(whole, "far", 250, 0, 100, 40)
    assert "far" in faults_in(whole)[0]
    assert "sticks out" in faults_in(whole)[0]
    _label(whole, "over", 240, 10, 30, 40)
    assert [each for each in faults_in(whole) if "overlaps" in each]
    cut = _label(whole, "words that need a lot of room", 0, 100, 20, 40)
    assert f"{cut.text()} has no room for “{cut.text()}”" in faults_in(whole)
    cut.setWordWrap(True)
    assert [each for each in faults_in(whole) if "no room" in each]
    cut.hide()
    assert not [each for each in faults_in(whole) if "no room" in each]
    button = QPushButton("Press this", whole)
    button.setGeometry(0, 100, 20, 40)
    button.show()
    assert [each for each in faults_in(whole) if "Press this" in each]
