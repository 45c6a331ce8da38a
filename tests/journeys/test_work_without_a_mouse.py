from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from linqdesk.ui.style import wear
from linqdesk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Theme
from linqdesk.ui.thread.accessibility import ThreadAccessibility
from linqdesk.ui.windows.key_sheet import KEYS
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.people import GROUP

_SHIFT = Qt.KeyboardModifier.ShiftModifier
# Of the outside contract: a driver finds these by role and name. What is there only at times is left out.
_ROLES = {
    QAccessible.Role.Window: ("LinqDesk",),
    QAccessible.Role.List: ("Chats", "Messages", "Participants", "Lines"),
    QAccessible.Role.EditableText: ("Message", "Search chats", "Find in chat"),
    QAccessible.Role.Button: (
        "Send",
        "Attach",
        "Emoji",
        "Effects",
        "Record voice memo",
        "New chat",
        "Details",
        "Add participant",
        "Leave group",
        "Rename group",
        "Change group icon",
        "Share contact card",
        "Mark as read",
    ),
    QAccessible.Role.CheckBox: ("Bold", "Italic", "Underline", "Strikethrough", "Text effects"),
    QAccessible.Role.StaticText: ("Connection", "What will arrive"),
}
_MOST_STEPS = 120


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


async def _ready(agent: Agent, name: str) -> None:
    """Open a chat with its details in a wide window that has the focus."""
    window = agent.desk.window
    window.resize(1_400, 860)
    window.activateWindow()
    await agent.open(name)
    await until(window.rail.isVisible, "the lines are known")
    window.open_panel()
    await until(window.isActiveWindow, "the window has the focus")
    window.area.composer.edit.setFocus()


def _walk(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    """Press a key until the focus is where it was."""
    began = _focused()
    met = [began]
    for _ in range(_MOST_STEPS):
        QTest.keyClick(_focused(), key, modifier)
        if _focused() is began:
            return met
        met.append(_focused())
    raise AssertionError(f"it never came round: {[each.objectName() for each in met[-5:]]}")


def _reachable(window: QWidget) -> set[QWidget]:
    """Everything that is shown and takes the keyboard."""
    return {
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


@pytest.mark.parametrize("name", ["Ana Ruiz", GROUP])
@at_the_desk
async def test_tab_reaches_every_control_and_comes_round(agent: Agent, name: str) -> None:
    await _ready(agent, name)
    met = _walk(Qt.Key.Key_Tab)
    assert _reachable(agent.desk.window) - set(met) == set()
    assert all(each.objectName() for each in met)
    spoken = [QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name) for each in met]
    assert all(spoken), [each.objectName() for each, name in zip(met, spoken, strict=True) if not name]
    back = _walk(Qt.Key.Key_Backtab, _SHIFT)
    assert back[1:] == met[:0:-1]


@at_the_desk
async def test_tab_goes_from_left_to_right(agent: Agent) -> None:
    await _ready(agent, "Ana Ruiz")
    agent.desk.window.rail.setFocus()
    order = [each.objectName() for each in _walk(Qt.Key.Key_Tab)]
    wanted = ("lines", "search_chats", "new_chat", "settings", "chats", "details", "messages", "message")
    places = [order.index(each) for each in (*wanted, "details_panel")]
    assert all(one < following for one, following in pairwise(places)), order


@at_the_desk
async def test_f6_goes_round_the_areas_both_ways(agent: Agent) -> None:
    await _ready(agent, "Ana Ruiz")
    window = agent.desk.window
    # From wherever the focus is within an area.
    QTest.keyClick(window.area.composer.edit, Qt.Key.Key_Tab)
    assert _focused() is not window.area.composer.edit
    names = []
    for _ in range(5):
        QTest.keyClick(_focused(), Qt.Key.Key_F6)
        names.append(_focused().objectName())
    assert names == ["details_panel", "lines", "chats", "messages", "message"]
    QTest.keyClick(_focused(), Qt.Key.Key_F6, _SHIFT)
    assert _focused().objectName() == "messages"


@at_the_desk
async def test_f6_skips_what_is_not_shown(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    await until(window.rail.isVisible, "the lines are known")
    names = []
    for _ in range(3):
        QTest.keyClick(_focused(), Qt.Key.Key_F6)
        names.append(_focused().objectName())
    assert names == ["lines", "chats", "lines"]


@at_the_desk
async def test_every_key_of_the_window_is_on_the_sheet_and_none_is_taken_twice(agent: Agent) -> None:
    await _ready(agent, "Ana Ruiz")
    window = agent.desk.window
    keys = [
        each.key().toString(QKeySequence.SequenceFormat.PortableText)
        for each in window.findChildren(QShortcut)
    ]
    assert len(set(keys)) == len(keys), sorted(keys)
    listed = {key for _, rows in KEYS for pressed, _ in rows for key in pressed.split(", ")}
    listed |= {f"Ctrl+{number}" for number in range(1, 10)}
    assert {each for each in keys if each not in listed} - {"PgDown", "PgUp"} == set()
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(QDialog, "key_sheet")
    assert sheet is not None
    assert sheet.isVisible()
    spoken = [each.accessibleName() for each in sheet.findChildren(QLabel)]
    assert "Ctrl+J: go to the newest message" in spoken
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@at_the_desk
async def test_a_driver_finds_what_the_contract_names(agent: Agent) -> None:
    # As the program does at its start.
    accessibility = ThreadAccessibility()
    accessibility.install()
    found: set[tuple[QAccessible.Role, str]] = set()
    for name in ("Ana Ruiz", GROUP):
        await _ready(agent, name)
        QTest.keyClick(agent.desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        for each in (agent.desk.window, *agent.desk.window.findChildren(QWidget)):
            interface = QAccessible.queryAccessibleInterface(each)
            if interface is not None:
                found.add((interface.role(), interface.text(QAccessible.Text.Name)))
    missing = [(role, name) for role, names in _ROLES.items() for name in names if (role, name) not in found]
    assert missing == []


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
@at_the_desk
async def test_the_focus_is_seen_on_every_control(agent: Agent, theme: Theme) -> None:
    await _ready(agent, "Ana Ruiz")
    window = agent.desk.window
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    wear(application, theme)
    window.set_theme(theme)
    nowhere, unseen = window.centralWidget(), []
    assert nowhere is not None
    for each in _walk(Qt.Key.Key_Tab):
        # What stands round a field shows its focus; its own picture has the text's cursor alone.
        shown = each.parentWidget() if each.objectName() == "message" else each
        assert shown is not None
        each.setFocus(Qt.FocusReason.TabFocusReason)
        focused = shown.grab().toImage()
        nowhere.setFocus()
        if shown.grab().toImage() == focused:
            unseen.append(each.objectName())
    assert unseen == []
