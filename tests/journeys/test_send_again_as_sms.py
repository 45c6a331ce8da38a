"""What did not arrive goes as SMS: a new message, once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from linqdesk.domain.message import Message
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


def _buttons(agent: Agent, name: str) -> list[QPushButton]:
    shown = agent.desk.window.area.messages.findChildren(QPushButton, name)
    return [each for each in shown if each.isVisible()]


async def _received(agent: Agent) -> list[tuple[str, bool]]:
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    # Asked for SMS, Linq takes RCS where the number has it.
    return [(each["parts"][0]["value"], each["service"] != "iMessage") for each in received]


@at_the_desk
async def test_what_linq_refused_goes_as_sms_and_its_bubble_goes(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    await agent.outside.fault(
        {"match": {"method": "POST", "path": "/messages$"}, "do": {"status": 400, "code": 4005}}
    )
    agent.type("The van is here.")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "cannot receive this kind" in agent.said(known), "the bubble says why")
    await agent.outside.fault()
    button = _buttons(agent, "send_as_sms")[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: not _buttons(agent, "discard"), "the failed bubble is gone")
    await until(lambda: not agent.desk.cache.unsent(), "Linq has it")
    assert await _received(agent) == [("The van is here.", True)]
    assert len(agent.shown()) == known + 1


@at_the_desk
async def test_what_linq_reports_as_failed_goes_as_sms_below(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    agent.type("The van is here.")
    agent.press(Qt.Key.Key_Return)
    view = agent.desk.window.area.messages
    await until(lambda: len(agent.shown()) > known, "it is on screen")
    await until(lambda: not agent.desk.cache.unsent(), "Linq has it")
    sent = view.messages.row_at(known).content
    assert isinstance(sent, Message)
    await agent.outside.world(deliver="failed", message_id=sent.id)
    agent.desk.session.refresh()
    await until(lambda: _buttons(agent, "send_as_sms"), "Linq's failure is told")

    QTest.mouseClick(_buttons(agent, "send_as_sms")[0], Qt.MouseButton.LeftButton)
    await until(lambda: len(agent.shown()) == known + 2, "the new message stands below")
    await until(lambda: not _buttons(agent, "send_as_sms"), "nothing is offered a second time")
    await until(lambda: not agent.desk.cache.unsent(), "Linq has it")
    received = await _received(agent)
    assert received[-1] == ("The van is here.", True)
    assert len(received) <= 2
    assert view.messages.context_at(known).status == "Not delivered · sent again"
