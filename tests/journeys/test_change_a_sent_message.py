from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.thread import choose, linq_has, message_at


async def _sent(agent: Agent, text: str) -> int:
    """Send a message; returns its row."""
    row = len(agent.shown())
    agent.type(text)
    agent.press(Qt.Key.Key_Return)
    await until(lambda: agent.said(row).endswith(("sent", "delivered", "read")), "it is sent")
    return row


@at_the_desk
async def test_an_edited_message_reads_otherwise_here_and_at_linq(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    row = await _sent(agent, "See you on Firday")
    choose(agent, row, "Edit")
    edit = agent.desk.window.area.composer.edit
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.selectAll()
    agent.type("See you on Friday")
    agent.press(Qt.Key.Key_Return)
    assert "See you on Friday" in agent.said(row)
    await until(lambda: agent.desk.session.is_settled and "edited" in agent.said(row), "Linq tells of it")
    assert "See you on Friday" in str(await agent.outside.state())
    assert "Firday" not in agent.said(row)


@at_the_desk
async def test_a_deleted_message_is_gone_from_linq_and_kept_by_the_customer(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    row = await _sent(agent, "Never mind")
    message = message_at(agent, row)
    choose(agent, row, "Delete")
    question = agent.desk.window.findChild(QuestionDialog, "delete_question")
    assert isinstance(question, QuestionDialog)
    assert await linq_has(agent, message.id)
    question.press("Delete")
    await until(lambda: "Deleted from Linq's records" in agent.said(row), "it is marked")
    await until(lambda: agent.desk.session.is_settled, "Linq has deleted it")
    assert "Deleted from Linq's records" in agent.said(row)
    requests = await agent.outside.requests()
    deletions = [each for each in requests if each["method"] == "DELETE" and "/messages/" in each["path"]]
    assert [each["status"] for each in deletions] == [204]
    assert "Never mind" in await agent.outside.texts_received()
