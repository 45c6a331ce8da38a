"""A chat is begun with all that a message can say, and nothing of it is lost on the way."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.message import Effect
from linqdesk.sandbox.server import SandboxAddress
from tests.journeys.agent import Agent, at_the_desk, sitting
from tests.journeys.beginning import Beginning
from tests.journeys.outside import until

NEW = "+14155550671"


async def _received(agent: Agent, handle: str) -> list[dict[str, Any]]:
    await until(lambda: agent.said(0).endswith(("sent", "delivered", "read")), "it is sent")
    await agent.outside.world(advance_s=5)
    ledger = await agent.outside.ledger()
    return [each for each in ledger if each["kind"] == "message" and handle in each["to"]]


@at_the_desk
async def test_a_decorated_greeting_opens_a_chat_and_the_effect_comes_with_the_link_after_it(
    agent: Agent,
) -> None:
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.composer.edit.setFocus()
    await until(dialog.composer.edit.hasFocus, "the keyboard is in the field")
    dialog.write("Welcome to the shop :tada: now. See example.com")
    cursor = dialog.composer.edit.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    dialog.composer.edit.setTextCursor(cursor)
    QTest.keyClick(dialog.composer.edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    dialog.composer.set_effect(Effect("screen", "confetti"))
    dialog.button("hold_link").click()
    dialog.send()
    await until(lambda: len(agent.shown()) == 2, "both stand in their chat")
    await until(lambda: agent.said(1).endswith(("sent", "delivered", "read")), "both are sent")
    greeting, rest = await _received(agent, NEW)
    (part,) = greeting["parts"]
    assert part["value"] == "Welcome to the shop 🎉 now."
    assert [(each["range"], each["style"]) for each in part["text_decorations"]] == [([0, 7], "bold")]
    assert not greeting["effect"]
    assert rest["parts"][0]["value"] == "See example.com"
    assert rest["effect"] == {"type": "screen", "name": "confetti"}


async def test_what_was_written_to_whom_is_there_at_the_next_start(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with sitting(sandbox, tmp_path) as agent:
        dialog = Beginning(agent)
        dialog.to(NEW)
        dialog.write("half a greeting")
    async with sitting(sandbox, tmp_path) as agent:
        dialog = Beginning(agent)
        assert [NEW[-4:] in each for each in dialog.chips()] == [True]
        assert dialog.composer.edit.toPlainText() == "half a greeting"
        dialog.send()
        await until(lambda: len(agent.shown()) == 1, "it stands in its chat")
        (message,) = await _received(agent, NEW)
        assert message["parts"][0]["value"] == "half a greeting"
        assert Beginning(agent).chips() == []


@at_the_desk
async def test_who_opted_out_gets_no_new_chat_over_another_line(agent: Agent) -> None:
    await agent.receive("Ana Ruiz", "STOP")
    chat_id = await agent.open("Ana Ruiz")

    def is_locked() -> bool:
        summary = agent.desk.cache.summary(chat_id)
        return summary is not None and summary.lock is not None

    await until(is_locked, "the chat is locked")
    dialog = Beginning(agent)
    dialog.write("Hello again")
    dialog.to("Ana Ruiz")
    for line in (0, 1):
        dialog.use_line(line)
        assert "STOP" in dialog.says("composer_says")
        assert not dialog.button("send").isEnabled()
    assert dialog.composer.edit.toPlainText() == "Hello again"
    assert not [each for each in await agent.outside.requests() if each["method"] == "POST"]
