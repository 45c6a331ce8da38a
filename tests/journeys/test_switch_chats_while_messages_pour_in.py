from PySide6.QtCore import Qt

from linqdesk.domain.message import Message
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@at_the_desk
async def test_a_text_goes_to_the_chat_in_which_it_was_written(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    agent.type("for Ana")
    agent.press(Qt.Key.Key_Return)
    # Between Enter and the outbox's word the agent is elsewhere already.
    agent.desk.window.open_chat(agent.chat("Tom Becker"))
    agent.type("a draft for Tom")

    await until(lambda: _newest_sent(agent, "Ana Ruiz") == "for Ana", "Ana's message is sent")
    await agent.outside.world(advance_s=2)
    ledger = [entry for entry in await agent.outside.ledger() if entry["kind"] == "message"]
    assert [(entry["chat_id"], entry["parts"][0]["value"]) for entry in ledger] == [
        (agent.chat("Ana Ruiz"), "for Ana")
    ]
    assert agent.desk.window.area.composer.edit.toPlainText() == "a draft for Tom"


@at_the_desk
async def test_each_chat_keeps_its_draft(agent: Agent) -> None:
    edit = agent.desk.window.area.composer.edit
    await agent.open("Ana Ruiz")
    agent.type("half a sentence")
    await agent.open("Tom Becker")
    assert edit.toPlainText() == ""
    agent.type("something else")
    assert "draft: half a sentence" in agent.row_of("Ana Ruiz")
    await agent.open("Ana Ruiz")
    assert edit.toPlainText() == "half a sentence"
    assert edit.textCursor().position() == len("half a sentence")


@at_the_desk
async def test_arrivals_change_neither_the_open_chat_nor_what_is_being_written(agent: Agent) -> None:
    opened = await agent.open("Ana Ruiz")
    agent.type("I am wri")
    for count in range(10):
        await agent.receive("Tom Becker", f"message {count}")
        await agent.receive("Marcus Webb", f"message {count}")
    await until(lambda: "last: message 9" in agent.row_of("Marcus Webb"), "all have arrived")
    agent.type("ting")
    assert agent.desk.window.open_chat_id == opened
    assert agent.desk.window.area.composer.edit.toPlainText() == "I am writing"


def _newest_sent(agent: Agent, name: str) -> str:
    """The text of a chat's newest message, once Linq knows it."""
    summary = agent.desk.cache.summary(agent.chat(name))
    newest = summary.newest if summary is not None else None
    return newest.text if isinstance(newest, Message) else ""
