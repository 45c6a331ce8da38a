import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.ui.panels.toast import Toast


@pytest.fixture
def area(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_sentence_stands_at_the_foot_in_the_middle(area: QWidget) -> None:
    toast = Toast(area)
    assert not toast.isVisible()
    toast.say("Saved as cat.jpg in Downloads.")
    assert toast.isVisible()
    assert toast.text() == "Saved as cat.jpg in Downloads."
    assert abs(toast.geometry().center().x() - 200) <= 1
    assert toast.geometry().bottom() < 300


def test_a_long_sentence_stays_inside_and_is_never_markup(area: QWidget) -> None:
    toast = Toast(area)
    toast.say("<b>" + "very " * 100 + "long</b>")
    assert toast.geometry().left() >= 0
    assert toast.geometry().right() <= 400
    assert toast.text().startswith("<b>very")
    assert "…" in toast.text()


def test_a_sentence_stays_in_the_middle_of_a_part_that_becomes_smaller(area: QWidget) -> None:
    toast = Toast(area)
    toast.say("This computer has no sound output: it plays without sound.")
    area.resize(300, 200)
    assert toast.geometry().right() <= 300
    assert abs(toast.geometry().center().x() - 150) <= 1
    assert toast.geometry().bottom() < 200
