"""A photo goes on to somebody else without being fetched or uploaded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.message import MediaPart, Message
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.acts.chat_picker import ChatPicker
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


@at_the_desk
async def test_a_photo_goes_on_by_the_attachment_that_linq_has(agent: Agent) -> None:
    chat_id = await agent.open("Pictures")
    contents = [row.content for row in agent.desk.cache.rows(chat_id)]
    message, part = next(
        (content, part)
        for content in reversed(contents)
        if isinstance(content, Message)
        for part in content.parts
        if isinstance(part, MediaPart)
    )
    agent.desk.window.area.build().desk.forward_wished.emit(message)
    picker = agent.desk.window.findChild(ChatPicker, "forward_to")
    assert isinstance(picker, ChatPicker)
    QTest.keyClicks(picker.field, "Text styles")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    question = agent.desk.window.findChild(QuestionDialog, "forward_question")
    assert isinstance(question, QuestionDialog)
    assert "Text styles" in question.windowTitle()
    question.press("Send")
    await until(
        lambda: part.filename in agent.shown()[-1] and "sending" not in agent.shown()[-1], "it is sent"
    )
    await until(lambda: agent.desk.session.is_settled, "it is sent")
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert [each["chat_id"] for each in received] == [agent.chat("Text styles")]
    assert part.attachment_id in {each.get("id") for each in received[0]["parts"]}
    assert not [each for each in await agent.outside.requests() if each["path"].endswith("/attachments")]
