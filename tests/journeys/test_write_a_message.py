from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from linqdesk.domain.message import Message, ReplyTo
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _type(agent: Agent, text: str) -> None:
    """Type what no single key types, as an input method commits it."""
    edit = agent.desk.window.area.composer.edit
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))


async def _sent(agent: Agent) -> dict[str, Any]:
    """Press Enter and return what the customer received."""
    known = len(await agent.outside.ledger())
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    entries = [each for each in (await agent.outside.ledger())[known:] if each["kind"] == "message"]
    assert len(entries) == 1
    return entries[0]


@at_the_desk
async def test_decorations_arrive_with_exact_ranges_around_an_emoji(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    agent.type("  Well done ")
    _type(agent, "👩🏽\u200d🚀")
    QTest.keyClick(edit, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(edit, Qt.Key.Key_B, CTRL)
    agent.press(Qt.Key.Key_End)
    QTest.keyClick(edit, Qt.Key.Key_B, CTRL)
    agent.type(" Ana")
    for _ in range(3):
        QTest.keyClick(edit, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(edit, Qt.Key.Key_I, CTRL)
    QTest.keyClick(edit, Qt.Key.Key_U, CTRL)
    entry = await _sent(agent)
    assert entry["parts"] == [
        {
            "type": "text",
            "value": "Well done 👩🏽\u200d🚀 Ana",
            "text_decorations": [
                {"range": [10, 17], "style": "bold"},
                {"range": [18, 21], "style": "italic"},
                {"range": [18, 21], "style": "underline"},
            ],
        }
    ]


@at_the_desk
async def test_an_animation_chosen_from_the_menu_by_keys_arrives(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type("Wow")
    QTest.keyClick(composer.edit, Qt.Key.Key_A, CTRL)
    composer.format_bar.open_menu()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        agent.press(key, QApplication.focusWidget())
    assert composer.edit.hasFocus()
    entry = await _sent(agent)
    assert entry["parts"][0]["text_decorations"] == [{"range": [0, 3], "animation": "shake"}]


@at_the_desk
async def test_an_answer_arrives_as_an_answer(agent: Agent) -> None:
    chat_id = await agent.open("Ana Ruiz")
    sender, _ = agent.handles("Ana Ruiz")
    await agent.receive("Ana Ruiz", "Do you open at 9?")
    await until(lambda: "open at 9" in agent.shown()[-1], "the question is shown")
    question = agent.desk.cache.rows(chat_id)[-1].content
    assert isinstance(question, Message)
    assert question.sender == sender
    agent.desk.window.area.composer.set_reply_to(ReplyTo(question.id))
    agent.type("We do.")
    await _sent(agent)
    answer = agent.desk.cache.rows(chat_id)[-1].content
    assert isinstance(answer, Message)
    assert answer.reply_to == ReplyTo(question.id)
    assert agent.desk.window.area.composer.reply_strip.isHidden()


@at_the_desk
async def test_the_last_message_is_changed_by_arrow_up(agent: Agent) -> None:
    chat_id = await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type("See you at 5")
    await _sent(agent)
    known = len(agent.shown())
    agent.press(Qt.Key.Key_Up)
    assert composer.edit.toPlainText() == "See you at 5"
    agent.type("30")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: composer.edit.toPlainText() == "", "the change is made")
    assert agent.desk.cache.rows(chat_id)[known - 1].is_edited
    assert "See you at 530" in agent.said(known - 1)
    assert "edited" in agent.said(known - 1)
    changes = [each for each in await agent.outside.requests() if each["method"] == "PATCH"]
    assert [each["status"] for each in changes] == [200]


@at_the_desk
async def test_drafts_stay_with_their_chats_and_nothing_of_them_is_sent(agent: Agent) -> None:
    composer = agent.desk.window.area.composer
    await agent.open("Ana Ruiz")
    agent.type("for Ana")
    QTest.keyClick(composer.edit, Qt.Key.Key_A, CTRL)
    QTest.keyClick(composer.edit, Qt.Key.Key_B, CTRL)
    await agent.open("Marcus Webb")
    assert composer.edit.toPlainText() == ""
    assert "draft: for Ana" in agent.row_of("Ana Ruiz")
    agent.type("for Marcus")
    await _sent(agent)
    await agent.open("Ana Ruiz")
    assert composer.edit.toPlainText() == "for Ana"
    assert [each.style for each in composer.draft().decorations] == ["bold"]
    assert await agent.outside.texts_received() == ["for Marcus"]


@at_the_desk
async def test_where_ctrl_and_enter_send_enter_breaks_the_line(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    edit = agent.desk.window.area.composer.edit
    agent.desk.preferences.set(replace(agent.desk.preferences.current, send_key="ctrl-enter"))
    agent.type("one")
    agent.press(Qt.Key.Key_Return)
    agent.type("two")
    assert edit.toPlainText() == "one\ntwo"
    QTest.keyClick(edit, Qt.Key.Key_Return, CTRL)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    assert await agent.outside.texts_received() == ["one\ntwo"]
