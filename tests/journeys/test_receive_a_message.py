from PySide6.QtWidgets import QPushButton

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@at_the_desk
async def test_a_message_for_the_open_chat_appears_in_it(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await agent.receive("Ana Ruiz", "Are you there?")
    await until(lambda: agent.shown()[-1].endswith("Are you there?"), "it is shown")


@at_the_desk
async def test_a_message_for_another_chat_moves_that_up_and_opens_nothing(agent: Agent) -> None:
    opened = await agent.open("Ana Ruiz")
    agent.desk.window.area.composer.edit.setFocus()
    await agent.receive("Per Lindqvist", "Is Saturday free?")
    await until(lambda: "1 unread" in agent.row_of("Per Lindqvist"), "it is unread")
    assert "last: Is Saturday free?" in agent.row_of("Per Lindqvist")
    assert agent.desk.window.open_chat_id == opened
    await until(lambda: agent.desk.cache.chat_ids()[0] == agent.chat("Per Lindqvist"), "it is the newest")


@at_the_desk
async def test_what_is_under_the_pointer_stays_there_until_the_agent_asks(agent: Agent) -> None:
    chats = agent.desk.window.chats.list
    chats.setFocus()
    was = [chats.chats.chat_at(row) for row in range(5)]
    await agent.receive("Per Lindqvist", "Hello?")
    waiting = agent.desk.window.chats.findChild(QPushButton, "show_new_order")
    assert isinstance(waiting, QPushButton)
    per = agent.chat("Per Lindqvist")
    await until(
        lambda: waiting.isVisible() and agent.desk.cache.chat_ids()[0] == per,
        "the list says that something moved",
    )
    assert [chats.chats.chat_at(row) for row in range(5)] == was
    waiting.click()
    assert chats.chats.chat_at(0) == per


@at_the_desk
async def test_a_new_customer_appears_in_the_list(agent: Agent) -> None:
    _, line = agent.handles("Ana Ruiz")
    await agent.outside.write_first("Hi, are you open?", "+14155550199", line)
    title = "+1 415 555 0199"
    await until(lambda: agent.desk.chat_named(title) is not None, "the chat is there")
    await until(lambda: "last: Hi, are you open?" in agent.row_of(title), "it says what was written")
