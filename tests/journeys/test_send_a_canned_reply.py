import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.message import Effect
from linqdesk.local.resource_files import resource
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.local.written_replies import write_replies

SHIPPED = CannedReply(
    "shipped",
    "Hello {name}, order {number} left today.",
    (Decoration(0, 12, style="bold"),),
    Effect("screen", "confetti"),
)


@at_the_desk
async def test_a_canned_reply_of_a_shared_file_arrives_filled_in_with_decorations_and_effect(
    agent: Agent,
) -> None:
    await agent.open("Ana Ruiz")
    write_replies(Path(os.environ["LINQDESK_DATA_DIR"]) / "canned-replies.toml", (SHIPPED,))
    agent.desk.settings.canned.look_again()
    await until(lambda: agent.desk.settings.canned.replies == (SHIPPED,), "the replies are read")
    agent.desk.window.activateWindow()
    composer = agent.desk.window.area.composer
    composer.edit.setFocus()
    await until(composer.edit.hasFocus, "the field has the focus")

    agent.type("/ship")
    agent.press(Qt.Key.Key_Tab)
    assert composer.edit.toPlainText() == "Hello Ana, order {number} left today."
    agent.type("4711")
    agent.press(Qt.Key.Key_Return)

    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"][-1]
    assert received["effect"] == {"type": "screen", "name": "confetti"}
    (part,) = received["parts"]
    assert part["value"] == "Hello Ana, order 4711 left today."
    assert [(each["range"], each["style"]) for each in part["text_decorations"]] == [([0, 9], "bold")]


@at_the_desk
async def test_what_is_kept_as_a_canned_reply_with_a_file_is_sent_with_it_to_another_customer(
    agent: Agent,
) -> None:
    await agent.open("Ana Ruiz")
    agent.desk.window.activateWindow()
    composer, picture = agent.desk.window.area.composer, Path(str(resource("sandbox", "media", "lake.jpg")))
    composer.take_files([picture])
    await until(lambda: len(composer.draft().files) == 1, "the picture is in the tray")
    agent.type("The lake")
    agent.desk.window.area.build().completion.save_as_reply()
    await until(lambda: bool(agent.desk.settings.canned.replies), "the reply is kept")

    await agent.open("Tom Becker")
    composer.edit.setFocus()
    await until(composer.edit.hasFocus, "the field has the focus")
    agent.type("/the")
    agent.press(Qt.Key.Key_Tab)
    await until(lambda: len(composer.draft().files) == 1, "its picture is in the tray")
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"][-1]
    assert sorted(each["type"] for each in received["parts"]) == ["media", "text"]


@at_the_desk
async def test_an_emoji_that_was_searched_for_arrives_and_is_offered_again(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await agent.open("Ana Ruiz")
    agent.type("Done ")
    QTest.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    picker = window.area.build().emoji.picker
    await until(picker.search.hasFocus, "the search has the focus")
    QTest.keyClicks(picker.search, "tada")
    agent.press(Qt.Key.Key_Return, picker.search)
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    assert "Done 🎉" in await agent.outside.texts_received()
    assert agent.desk.preferences.current.recent_emoji == ("🎉",)
