from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.assistive import select
from tests.ui.panels.people import PEOPLE, Bench, a_group


def test_a_screen_reader_opens_a_member_and_finds_what_can_be_done(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bench = Bench(a_group(4), window)
    people = bench.panel.people
    select(people, 2)
    strip = people.actions_strip
    assert strip.isVisible()
    strip.call.click()
    assert bench.dialled == [PEOPLE[1]]
    host = people.parentWidget()
    assert host is not None
    card = QAccessible.queryAccessibleInterface(host)
    beside = [card.child(number).object() for number in range(card.childCount())]
    assert strip in beside
    assert people.rect().contains(strip.geometry().translated(-people.pos()))


def test_arrows_and_pointer_open_nothing_by_selecting(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    people = Bench(a_group(4), window).panel.people
    QTest.keyClick(people, Qt.Key.Key_Down)
    QTest.keyClick(people, Qt.Key.Key_Down)
    QTest.mousePress(people.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not people.actions_strip.isVisible()
    assert people.selectedIndexes()
