from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.ui.toggles import on_toggled, on_turned_to, show_toggled, show_turned_to
from tests.ui.assistive import toggle


def _checkable(parent: QWidget) -> QPushButton:
    button = QPushButton(parent)
    button.setCheckable(True)
    return button


def test_a_toggle_acts_whoever_presses_it_and_not_when_shown(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button, acts = _checkable(page), list[bool]()
    on_toggled(button, lambda: acts.append(button.isChecked()))
    toggle(button)
    button.click()
    assert acts == [True, False]
    show_toggled(button, is_on=True)
    assert button.isChecked()
    assert acts == [True, False]


def test_a_group_acts_once_whoever_turns_it_and_not_when_shown(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    group, acts = QButtonGroup(page), list[int]()
    first, second = _checkable(page), _checkable(page)
    group.addButton(first, 1)
    group.addButton(second, 2)
    show_turned_to(group, 1)
    on_turned_to(group, acts.append)
    toggle(second)
    first.click()
    assert acts == [2, 1]
    show_turned_to(group, 2)
    show_turned_to(group, 7)
    assert second.isChecked()
    assert acts == [2, 1]
