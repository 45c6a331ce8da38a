from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.readings import under_every_reading


@under_every_reading
@at_the_desk
async def test_a_message_is_sent_once_delivered_and_answered(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    agent.type("Yes, he can.")
    agent.press(Qt.Key.Key_Return)

    await until(lambda: len(agent.shown()) == known + 1, "the bubble is there")
    composer = agent.desk.window.area.composer.edit
    await until(lambda: composer.toPlainText() == "", "the composer is empty")
    await until(lambda: agent.said(known).endswith(("sent", "delivered", "read")), "it is sent")
    await agent.outside.world(advance_s=5)
    await until(lambda: agent.said(known).endswith("read"), "it is read")
    await agent.outside.world(advance_s=10)
    await until(lambda: len(agent.shown()) == known + 2, "the customer has answered")

    assert (await agent.outside.texts_received()).count("Yes, he can.") == 1
    assert agent.shown()[known + 1].startswith("Ana Ruiz, ")


@at_the_desk
async def test_shift_and_enter_breaks_the_line_and_enter_alone_sends_both_lines(agent: Agent) -> None:
    await agent.open("Marcus Webb")
    edit = agent.desk.window.area.composer.edit
    agent.type("one")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    agent.type("two")
    assert edit.toPlainText() == "one\ntwo"
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=2)
    await until(lambda: agent.shown()[-1].endswith("sent"), "SMS ends at sent")
    assert "one\ntwo" in await agent.outside.texts_received()


@at_the_desk
async def test_several_messages_arrive_in_the_order_in_which_they_were_sent(agent: Agent) -> None:
    await agent.open("Chloé Martin")
    texts = [f"number {count}" for count in range(5)]
    edit = agent.desk.window.area.composer.edit
    for text in texts:
        agent.type(text)
        agent.press(Qt.Key.Key_Return)
        await until(lambda: edit.toPlainText() == "", "it is in the outbox")
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    assert await agent.outside.texts_received() == texts
