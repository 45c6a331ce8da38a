from PySide6.QtCore import Qt

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


async def _typing(agent: Agent) -> list[str]:
    """What was asked of the API about typing, in order."""
    return [each["method"] for each in await agent.outside.requests() if each["path"].endswith("/typing")]


async def _is_asked(agent: Agent, *methods: str) -> None:
    asked: list[str] = []
    for _ in range(200):
        asked = await _typing(agent)
        if asked == list(methods):
            return
    assert asked == list(methods)


async def _window_has_focus(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")


@at_the_desk
async def test_the_customer_sees_that_somebody_types_until_the_message_is_there(agent: Agent) -> None:
    await _window_has_focus(agent)
    await agent.open("Ana Ruiz")
    await agent.receive("Ana Ruiz", "Hello?")
    await until(lambda: "Hello?" in agent.shown()[-1], "the chat is active")
    agent.type("Yes, he can.")
    await _is_asked(agent, "POST")
    assert [each["kind"] for each in await agent.outside.ledger()] == ["typing"]
    agent.press(Qt.Key.Key_Return)
    await _is_asked(agent, "POST", "DELETE")


@at_the_desk
async def test_who_leaves_the_chat_types_no_longer(agent: Agent) -> None:
    await _window_has_focus(agent)
    await agent.open("Ana Ruiz")
    await agent.receive("Ana Ruiz", "Hello?")
    await until(lambda: "Hello?" in agent.shown()[-1], "the chat is active")
    agent.type("Yes")
    await _is_asked(agent, "POST")
    await agent.open("Chloé Martin")
    await _is_asked(agent, "POST", "DELETE")


@at_the_desk
async def test_over_sms_nothing_is_asked(agent: Agent) -> None:
    await _window_has_focus(agent)
    await agent.open("Marcus Webb")
    await agent.receive("Marcus Webb", "Hello?")
    await until(lambda: "Hello?" in agent.shown()[-1], "the chat is active")
    agent.type("Yes")
    agent.press(Qt.Key.Key_Return)
    composer = agent.desk.window.area.composer.edit
    await until(lambda: composer.toPlainText() == "", "it is in the outbox")
    assert await _typing(agent) == []
