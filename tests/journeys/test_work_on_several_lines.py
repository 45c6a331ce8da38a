from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.names import format_handle
from tests.journeys.agent import Agent, at_the_desk, started
from tests.journeys.outside import until


def _shown_lines(agent: Agent) -> set[str | None]:
    chats = agent.desk.window.chats.list.chats
    ids = [chats.chat_at(row) for row in range(chats.rowCount())]
    return {summary.chat.line for summary in map(agent.desk.cache.summary, ids) if summary is not None}


@at_the_desk
async def test_one_line_or_several_by_keyboard_and_the_open_chat_stays(agent: Agent) -> None:
    window = agent.desk.window
    chat_id = await agent.open("Ana Ruiz")
    await until(window.rail.isVisible, "the lines are known")
    lines = [line.phone_number for line in agent.desk.cache.lines]
    agent.type("half a sentence")
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert _shown_lines(agent) == {lines[1]}
    assert window.open_chat_id == chat_id
    window.rail.setFocus()
    QTest.keyClick(window.rail, Qt.Key.Key_Down)
    QTest.keyClick(window.rail, Qt.Key.Key_Space)
    assert _shown_lines(agent) == set(lines[1:3])
    assert window.area.composer.edit.toPlainText() == "half a sentence"


@at_the_desk
async def test_an_answer_leaves_over_the_line_of_its_chat_whatever_is_shown(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await until(agent.desk.window.rail.isVisible, "the lines are known")
    _, line = agent.handles("Ana Ruiz")
    number = [str(each.phone_number) for each in agent.desk.cache.lines].index(line) + 1
    agent.desk.window.rail.choose_number(1 if number != 1 else 2)
    agent.type("from your usual line")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: agent.shown()[-1].endswith(("delivered", "read")), "it is delivered")
    state = await agent.outside.state()
    assert "from your usual line" in str(state)
    sent = [entry for entry in await agent.outside.ledger() if entry["kind"] == "message"]
    assert sent[-1]["chat_id"] == agent.chat("Ana Ruiz")


def _sent_today(agent: Agent, line: str) -> int:
    """Read what a screen reader says of a line: "…, 3 of 7,000 sent today, …"."""
    lines = agent.desk.window.rail.lines
    row = [str(each.phone_number) for each in agent.desk.cache.lines].index(line) + 1
    said = str(lines.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
    return int(said.partition(" of 7,000 sent today")[0].rpartition(", ")[2].replace(",", ""))


@at_the_desk
async def test_what_a_line_sent_today_is_counted(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await until(agent.desk.window.rail.isVisible, "the lines are known")
    _, line = agent.handles("Ana Ruiz")
    before = _sent_today(agent, line)
    agent.type("one more")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: _sent_today(agent, line) > before, "it is counted")


async def test_another_run_shows_the_lines_that_were_chosen(sandbox: SandboxAddress, tmp_path: Path) -> None:
    environment = Environment(base_url=sandbox.base_url, token=sandbox.token, data_dir=tmp_path)
    async with started(environment) as desk:
        await until(desk.window.rail.isVisible, "the lines are known")
        chosen = [line.phone_number for line in desk.cache.lines[1:3]]
        desk.window.rail.setFocus()
        desk.window.rail.setCurrentIndex(desk.window.rail.lines.index(2))
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
            QTest.keyClick(desk.window.rail, key)
        assert desk.window.rail.lines.chosen == set(chosen)
    async with started(environment) as desk:
        await until(desk.window.rail.isVisible, "the lines are known")
        assert desk.window.rail.lines.chosen == set(chosen)
        chats = desk.window.chats.list.chats
        await until(chats.rowCount, "chats are shown")
        lines = [desk.cache.summary(chats.chat_at(row)) for row in range(chats.rowCount())]
        assert {each.chat.line for each in lines if each is not None} <= set(chosen)


@at_the_desk
async def test_who_waits_on_another_line_is_answered_here_only_on_a_second_press(agent: Agent) -> None:
    await agent.open("Priya Nair")
    await until(agent.desk.window.rail.isVisible, "the lines are known")
    customer, line = agent.handles("Priya Nair")
    other = next(each.phone_number for each in agent.desk.cache.lines if each.phone_number != line)
    await agent.outside.write_first("Hello, is this the workshop?", customer, other)

    def waits_elsewhere() -> bool:
        summaries = (agent.desk.cache.summary(chat_id) for chat_id in agent.desk.cache.chat_ids())
        return any(
            each.waiting_since is not None
            and each.chat.line == other
            and [who.handle for who in each.chat.others] == [customer]
            for each in summaries
            if each is not None
        )

    await until(waits_elsewhere, "the chat is there")
    agent.type("on the wrong line")
    agent.press(Qt.Key.Key_Return)
    words = agent.desk.window.findChild(QLabel, "gate_words")
    assert isinstance(words, QLabel)
    await until(words.isVisible, "it asks")
    assert format_handle(other) in words.text()
    assert "on the wrong line" not in await agent.outside.texts_received()
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "on the wrong line" in agent.shown()[-1], "it goes")
