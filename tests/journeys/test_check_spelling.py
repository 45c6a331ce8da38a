"""Misspelt words are underlined and mended by mouse or keys; nothing changes where no dictionary is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.dictionary import lay_dictionary, take_dictionaries_away
from tests.journeys.outside import until

# The off-screen platform opens menus and says that it cannot keep the keyboard to them.
opens_a_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_dictionary(tmp_path / "dictionaries", monkeypatch)


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    take_dictionaries_away(monkeypatch)
    return monkeypatch.undo


def _underlined(agent: Agent) -> list[str]:
    return [each.cursor.selectedText() for each in agent.desk.window.area.composer.edit.extraSelections()]


async def _menu(agent: Agent, at: QPoint | None = None) -> QMenu:
    """Wish for the menu where the pointer is, or by its key where the cursor stands."""
    edit = agent.desk.window.area.composer.edit
    before = set(edit.findChildren(QMenu))
    reason = QContextMenuEvent.Reason.Keyboard if at is None else QContextMenuEvent.Reason.Mouse
    place = at or edit.cursorRect().center()
    QApplication.sendEvent(edit.viewport(), QContextMenuEvent(reason, place, edit.mapToGlobal(place)))
    await until(lambda: bool(set(edit.findChildren(QMenu)) - before), "the menu is open")
    (menu,) = set(edit.findChildren(QMenu)) - before
    return menu


def _offers(menu: QMenu) -> list[str]:
    words = [each.text() for each in menu.actions()]
    return words[: words.index("")]


async def _write(agent: Agent, text: str, wrong: list[str]) -> None:
    agent.desk.window.activateWindow()
    agent.desk.window.area.composer.edit.setFocus()
    agent.type(text)
    await until(lambda: _underlined(agent) == wrong, f"{wrong} are underlined")


@opens_a_menu
@pytest.mark.usefixtures("learnt")
@at_the_desk
async def test_a_misspelt_word_is_mended_from_the_menu_and_arrives_so(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    await _write(agent, "Hello wrold, your ordr left ", ["wrold", "ordr"])
    cursor = edit.textCursor()
    cursor.setPosition(8)
    menu = await _menu(agent, edit.cursorRect(cursor).center())
    assert _offers(menu)[0] == "world"
    assert _offers(menu)[-1] == "Add to dictionary"
    menu.actions()[0].trigger()
    menu.close()
    cursor.setPosition(18)
    edit.setTextCursor(cursor)
    by_key = await _menu(agent)
    assert "order" in _offers(by_key)
    QTest.keyClick(by_key, Qt.Key.Key_Down)
    assert by_key.activeAction().text() == _offers(by_key)[0]
    by_key.setActiveAction(by_key.actions()[_offers(by_key).index("order")])
    QTest.keyClick(by_key, Qt.Key.Key_Return)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    await until(lambda: _underlined(agent) == [], "nothing is underlined")
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    assert "Hello world, your order left" in await agent.outside.texts_received()


@opens_a_menu
@at_the_desk
async def test_a_word_that_is_added_is_right_from_then_on(agent: Agent, learnt: Path) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    await _write(agent, "this is Linq today ", ["Linq"])
    cursor = edit.textCursor()
    cursor.setPosition(10)
    menu = await _menu(agent, edit.cursorRect(cursor).center())
    next(each for each in menu.actions() if each.text() == "Add to dictionary").trigger()
    menu.close()
    assert _underlined(agent) == []
    await until(
        lambda: learnt.exists() and "Linq" in learnt.read_text().split(), "it is in the person's own list"
    )
    agent.type("Linq wrold ")
    await until(lambda: _underlined(agent) == ["wrold"], "the other is underlined alone")


@opens_a_menu
@pytest.mark.usefixtures("learnt")
@at_the_desk
async def test_a_suggestion_that_comes_late_changes_no_other_word(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    await _write(agent, "wrold ", ["wrold"])
    place = edit.cursorRect(QTextCursor(edit.document())).center() + QPoint(4, 0)
    before = set(edit.findChildren(QMenu))
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(edit.viewport(), QContextMenuEvent(reason, place, edit.mapToGlobal(place)))
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    agent.type("your ")
    await until(lambda: bool(set(edit.findChildren(QMenu)) - before), "the menu is open")
    (menu,) = set(edit.findChildren(QMenu)) - before
    menu.actions()[0].trigger()
    menu.close()
    assert edit.toPlainText() in {"your wrold ", "your world "}


@pytest.mark.usefixtures("learnt")
@at_the_desk
async def test_other_scripts_and_directions_are_left_alone_among_english(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    text = "Hello שלום עולם wrold مرحبا بالعالم Привет мир नमस्ते 你好 👩🏽‍🚀 the\u202e ordr\u202c cafe\u0301 "
    await _write(agent, "", [])
    edit.insertPlainText(text)
    await until(
        lambda: _underlined(agent) == ["wrold", "ordr", "cafe\u0301"], "the English ones are underlined"
    )
    agent.press(Qt.Key.Key_Home)
    for _ in range(len(text)):
        agent.press(Qt.Key.Key_Delete)
        agent.desk.window.area.composer.spell_marks.look()
    assert _underlined(agent) == []


@opens_a_menu
@pytest.mark.usefixtures("no_dictionary")
@at_the_desk
async def test_without_dictionaries_nothing_is_underlined_and_the_menu_is_the_usual_one(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await _write(agent, "wrold ordr ", [])
    known = agent.desk.window.area.composer.spell_marks
    known.look()
    await until(lambda: agent.desk.session.is_settled, "it was looked at")
    agent.desk.window.area.composer.edit.moveCursor(QTextCursor.MoveOperation.Start)
    menu = await _menu(agent)
    menu.close()
    words = [each.text() for each in menu.actions()]
    assert _underlined(agent) == []
    assert "Add to dictionary" not in words
    assert "Save as canned reply" in words
