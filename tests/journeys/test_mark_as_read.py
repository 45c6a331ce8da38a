from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ChatSummary
from tests.journeys.agent import Agent, at_the_desk, sitting
from tests.journeys.outside import until
from tests.journeys.people import GROUP

ANA = "Ana Ruiz"


async def _reads(agent: Agent) -> list[str]:
    """In which chats the customer was shown Read."""
    return [entry["chat_id"] for entry in await agent.outside.ledger() if entry["kind"] == "read"]


def _summary(agent: Agent, name: str) -> ChatSummary:
    summary = agent.desk.cache.summary(agent.chat(name))
    assert summary is not None
    return summary


def _button(agent: Agent) -> QToolButton:
    return agent.desk.window.area.header.mark_read


def _prefer(agent: Agent, when: str) -> None:
    preferences = agent.desk.preferences
    preferences.set(replace(preferences.current, read_when=when))


async def _is_told(agent: Agent, count: int) -> bool:
    for _ in range(200):
        if len(await _reads(agent)) >= count:
            return True
        await until(lambda: agent.desk.session.is_settled, "all is quiet")
    return False


@at_the_desk
async def test_a_look_tells_nothing_and_the_answer_does(agent: Agent) -> None:
    await agent.receive(ANA, "Are you there?")
    await until(lambda: _summary(agent, ANA).unread_count, "it is unread")
    chat_id = await agent.open(ANA)
    await until(lambda: _button(agent).isVisible(), "Mark as read is offered")
    assert await _reads(agent) == []
    agent.type("Yes, I am.")
    agent.press(Qt.Key.Key_Return)
    assert await _is_told(agent, 1)
    assert await _reads(agent) == [chat_id]
    await until(lambda: not _button(agent).isVisible(), "there is nothing to mark")


@at_the_desk
async def test_by_hand_the_button_tells_it(agent: Agent) -> None:
    _prefer(agent, "hand")
    await agent.receive(ANA, "Are you there?")
    chat_id = await agent.open(ANA)
    await until(lambda: _button(agent).isVisible(), "Mark as read is offered")
    assert _button(agent).accessibleName() == "Mark as read"
    QTest.keyClick(_button(agent), Qt.Key.Key_Space)
    assert await _is_told(agent, 1)
    assert await _reads(agent) == [chat_id]


@at_the_desk
async def test_where_it_is_wished_opening_tells_it(agent: Agent) -> None:
    _prefer(agent, "open")
    await agent.receive(ANA, "Are you there?")
    await until(lambda: _summary(agent, ANA).unread_count, "it is unread")
    agent.desk.window.activateWindow()
    chat_id = await agent.open(ANA)
    assert await _is_told(agent, 1)
    assert set(await _reads(agent)) == {chat_id}


async def test_what_was_marked_unread_is_so_after_a_restart(sandbox: SandboxAddress, tmp_path: Path) -> None:
    async with sitting(sandbox, tmp_path) as agent:
        await agent.open(ANA)
        await until(lambda: not _summary(agent, ANA).unread_count, "it is read")
        QTest.keyClick(
            agent.desk.window,
            Qt.Key.Key_M,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        assert "1 unread" in agent.row_of(ANA)
        requests = [each["path"] for each in await agent.outside.requests()]
        assert not any(path.endswith("/read") for path in requests)
    async with sitting(sandbox, tmp_path) as agent:
        assert "1 unread" in agent.row_of(ANA)
        await agent.open(ANA)
        await until(lambda: "unread" not in agent.row_of(ANA), "it is read again")


@at_the_desk
async def test_a_group_is_never_told_because_nobody_there_would_see_it(agent: Agent) -> None:
    _prefer(agent, "open")
    await agent.receive(GROUP, "Who is in?")
    await until(lambda: _summary(agent, GROUP).unread_count, "it is unread")
    agent.desk.window.activateWindow()
    await agent.open(GROUP)
    await until(lambda: not _summary(agent, GROUP).unread_count, "it is read here")
    assert not _button(agent).isVisible()
    agent.type("I am.")
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    paths = [each["path"] for each in await agent.outside.requests()]
    assert [each for each in paths if each.endswith("/read")] == []
