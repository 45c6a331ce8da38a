"""What would be refused cannot be sent, says why, and is never lost."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.domain.message import Effect
from linqdesk.sandbox.options import SandboxOptions
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.readings import reading

_CTRL = Qt.KeyboardModifier.ControlModifier
under_other_answers = pytest.mark.parametrize(
    "sandbox_options",
    [
        pytest.param(SandboxOptions(), id="usual"),
        pytest.param(reading("health=score"), id="health=score"),
        pytest.param(reading("order=oldest"), id="order=oldest"),
    ],
)


async def _received(agent: Agent, count: int) -> list[dict[str, Any]]:
    """The messages that customers received, once they are so many."""

    def waiting() -> int:
        cache = agent.desk.cache
        summaries = (cache.summary(chat_id) for chat_id in cache.chat_ids())
        return sum(each.sending_count for each in summaries if each is not None)

    composer = agent.desk.window.area.composer
    await until(lambda: composer.draft().is_empty, "it is in the outbox")
    await until(lambda: not waiting() and agent.desk.session.is_settled, "it is accepted")
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert len(received) == count
    return received


@under_other_answers
@at_the_desk
async def test_a_text_that_is_too_long_waits_until_it_is_shortened(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    composer.edit.setPlainText("a" * 10_001)
    says = composer.findChild(QLabel, "composer_says")
    assert isinstance(says, QLabel)
    words = "1 characters too many: a message has at most 10,000."
    await until(lambda: says.text() == words, "it says how much is too much")
    assert not composer.send_button.isEnabled()
    agent.press(Qt.Key.Key_Return)
    assert not [each for each in await agent.outside.requests() if each["method"] == "POST"]
    composer.edit.moveCursor(composer.edit.textCursor().MoveOperation.End)
    agent.press(Qt.Key.Key_Backspace)
    agent.press(Qt.Key.Key_Return)
    (message,) = await _received(agent, 1)
    assert message["parts"][0]["value"] == "a" * 10_000


@at_the_desk
async def test_where_only_ctrl_and_enter_sends_enter_breaks_the_line(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    preferences = agent.desk.preferences
    preferences.set(replace(preferences.current, send_key="ctrl_enter"))
    agent.type("one")
    agent.press(Qt.Key.Key_Return)
    agent.type("two")
    composer = agent.desk.window.area.composer
    assert composer.edit.toPlainText() == "one\ntwo"
    QTest.keyClick(composer.edit, Qt.Key.Key_Return, _CTRL)
    (message,) = await _received(agent, 1)
    assert message["parts"][0]["value"] == "one\ntwo"


@at_the_desk
async def test_an_answer_saved_as_a_canned_reply_is_sent_in_another_chat(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    area = agent.desk.window.area
    area.composer.set_effect(Effect("bubble", "gentle"))
    agent.type("We are open until six.")
    area.composer.edit.selectAll()
    area.composer.decorator.toggle_style("italic")
    completion = area.build().completion
    completion.save_as_reply()
    says = area.composer.findChild(QLabel, "fields_left")
    assert isinstance(says, QLabel)
    await until(lambda: says.text().startswith("Saved as /we are open."), "it is on disk")

    await agent.open("Tom Becker")
    agent.desk.window.activateWindow()
    area.composer.edit.setFocus()
    await until(area.composer.edit.hasFocus, "the field has the focus")
    agent.type("/we are")
    agent.press(Qt.Key.Key_Tab)
    assert area.composer.edit.toPlainText() == "We are open until six."
    agent.press(Qt.Key.Key_Return)
    (message,) = await _received(agent, 1)
    assert message["effect"] == {"type": "bubble", "name": "gentle"}
    (part,) = message["parts"]
    assert [(each["range"], each["style"]) for each in part["text_decorations"]] == [([0, 22], "italic")]
    assert agent.desk.cache.draft(agent.chat("Ana Ruiz")) is not None
