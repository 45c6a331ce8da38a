"""What the agent wrote outlives the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import sitting
from tests.journeys.outside import Outside, until


@pytest.fixture
def no_room(tmp_path: Path) -> Path:
    """A data folder in which no journal can be kept."""
    (tmp_path / "unsent").write_text("a file where the folder should be")
    return tmp_path


NO_SERVER: dict[str, object] = {"match": {"method": "POST"}, "do": {"drop": "after"}}


async def test_a_message_and_a_draft_go_on_at_the_next_start(sandbox: SandboxAddress, tmp_path: Path) -> None:
    async with sitting(sandbox, tmp_path) as agent:
        await agent.open("Ana Ruiz")
        await agent.outside.fault(NO_SERVER)
        agent.type("sent before the window closed")
        agent.press(Qt.Key.Key_Return)
        await until(lambda: "not sent yet" in agent.shown()[-1], "it says that it waits")
        agent.type("half a thought")
        agent.desk.window.close()
        question = agent.desk.window.findChild(QuestionDialog, "quit_question")
        assert question is not None
        assert "One message is not sent yet." in question.accessibleDescription()
        assert agent.desk.window.isVisible()
        question.press("Stay")
        await until(lambda: agent.desk.window.findChild(QuestionDialog) is None, "the question is gone")
        assert agent.desk.window.isVisible()
    outside = Outside(sandbox.control_url)
    await outside.fault()
    await outside.close()
    async with sitting(sandbox, tmp_path) as agent:
        await agent.open("Ana Ruiz")
        assert agent.desk.window.area.composer.edit.toPlainText() == "half a thought"
        await until(
            lambda: (
                any("sent before the window closed" in each for each in agent.shown())
                and "not sent yet" not in "".join(agent.shown())
            ),
            "it is sent",
        )
        await agent.outside.world(advance_s=3)
        received = await agent.outside.texts_received()
    assert received.count("sent before the window closed") == 1


async def test_a_disk_that_keeps_nothing_leaves_the_text_in_the_composer(
    sandbox: SandboxAddress, no_room: Path
) -> None:
    async with sitting(sandbox, no_room) as agent:
        await agent.open("Ana Ruiz")
        was = agent.shown()
        agent.type("cannot be kept")
        agent.press(Qt.Key.Key_Return)
        composer = agent.desk.window.area.composer
        says = composer.findChild(QLabel, "composer_says")
        assert isinstance(says, QLabel)
        await until(lambda: "could not be kept" in says.text(), "it says why")
        assert composer.edit.toPlainText() == "cannot be kept"
        assert agent.shown() == was
        assert "cannot be kept" not in await agent.outside.texts_received()
