from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.ui.acts.chat_picker import ChatPicker
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.thread import choose, message_at


@at_the_desk
async def test_words_are_found_in_the_open_chat(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    window = agent.desk.window
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.area.build().find_bar
    QTest.keyClicks(bar.field, "trailhead")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    await until(lambda: bar.count.text() == "1 of 1", "it is found")
    assert window.area.messages.text_selection.text() == "Trailhead"
    assert window.area.messages.currentIndex().row() == 0
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


@at_the_desk
async def test_a_forwarded_message_becomes_a_draft_and_goes_when_it_is_sent(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    text = message_at(agent, 0).text
    choose(agent, 0, "Forward")
    picker = agent.desk.window.findChild(ChatPicker, "forward_to")
    assert isinstance(picker, ChatPicker)
    QTest.keyClicks(picker.field, "Tom Becker")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert agent.desk.window.open_chat_id == agent.chat("Tom Becker")
    edit = agent.desk.window.area.composer.edit
    assert edit.toPlainText() == text
    assert text not in await agent.outside.texts_received()
    agent.press(Qt.Key.Key_Return)
    await until(lambda: edit.toPlainText() == "", "it is in the outbox")
    # The customer may answer first.
    ends = ("sent", "delivered", "read")
    await until(lambda: any(text in each and each.endswith(ends) for each in agent.shown()), "it is sent")
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert [each["chat_id"] for each in received if text in str(each["parts"])] == [agent.chat("Tom Becker")]
