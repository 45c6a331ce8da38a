from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.message import ReplyTo
from linqdesk.ui.acts.thread_panel import ThreadPanel
from linqdesk.ui.models.message_list_model import MessageListModel
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.thread import choose, focus, message_at


@at_the_desk
async def test_r_answers_the_focused_message_and_its_quote_leads_back(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    focus(agent, 0)
    view = agent.desk.window.area.messages
    question = message_at(agent, 0)
    agent.press(Qt.Key.Key_R, view)
    agent.type("It has arrived.")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "sent" in agent.said(known) or "delivered" in agent.said(known), "it is sent")
    assert message_at(agent, known).reply_to == ReplyTo(question.id, 0)

    focus(agent, known)
    agent.press(Qt.Key.Key_Right, view)
    agent.press(Qt.Key.Key_Return, view)
    assert view.currentIndex().row() == 0
    agent.desk.window.area.build().desk.jumps.pill.click()
    assert view.currentIndex().row() == known


async def _until_more(rows: MessageListModel, had: int) -> None:
    await until(lambda: rows.rowCount() > had, "it stands there")


@at_the_desk
async def test_a_thread_is_read_and_answered_beside_the_chat(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    question = message_at(agent, 0)
    choose(agent, 0, "Show thread")
    panel = agent.desk.window.findChild(ThreadPanel, "thread_panel")
    assert isinstance(panel, ThreadPanel)
    rows = panel.messages.messages
    for text in ("First answer.", "Second answer."):
        had = rows.rowCount()
        QTest.keyClicks(panel.answer.edit, text)
        QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
        await _until_more(rows, had)
    await until(lambda: "sending" not in " ".join(agent.shown()), "both are sent")
    await agent.outside.world(advance_s=3)
    assert message_at(agent, known).reply_to == ReplyTo(question.id, 0)
    assert (await agent.outside.texts_received())[-2:] == ["First answer.", "Second answer."]
