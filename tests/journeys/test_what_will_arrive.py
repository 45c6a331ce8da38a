from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest

from linqdesk.domain.message import Effect
from linqdesk.local.resource_files import resource
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.ui.drop.drags import Drag, files_data

URL = "https://example.com/invoice"


def _waiting(agent: Agent) -> int:
    """How many messages wait for their turn or for Linq's answer."""
    cache = agent.desk.cache
    summaries = (cache.summary(chat_id) for chat_id in cache.chat_ids())
    return sum(each.sending_count for each in summaries if each is not None)


async def _sent(agent: Agent, count: int) -> list[dict[str, Any]]:
    """The messages that customers received, once there are so many."""
    composer = agent.desk.window.area.composer
    await until(lambda: composer.edit.toPlainText() == "", "it is in the outbox")
    await until(lambda: not _waiting(agent) and agent.desk.session.is_settled, "it is accepted")
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert len(received) == count
    return received


def _choose(agent: Agent, name: str) -> None:
    choice = agent.desk.window.area.composer.sending.line.choice
    next(each for each in choice.menu().actions() if each.text().startswith(name)).trigger()


@at_the_desk
async def test_what_sms_would_lose_is_said_before_and_sent_plain(agent: Agent) -> None:
    await agent.open("Marcus Webb")
    composer = agent.desk.window.area.composer
    agent.type("See you at five")
    cursor = composer.edit.textCursor()
    cursor.select(cursor.SelectionType.Document)
    bold = QTextCharFormat()
    bold.setFontWeight(700)
    cursor.mergeCharFormat(bold)
    composer.set_effect(Effect("screen", "confetti"))
    assert composer.sending.line.words.startswith("SMS: bold and Confetti will not arrive; 15 of 160")
    QTest.mouseClick(composer.sending.line.plain, Qt.MouseButton.LeftButton)
    received = await _sent(agent, 1)
    assert received[0]["effect"] is None
    assert received[0]["service"] == "SMS"
    assert not received[0]["parts"][0].get("text_decorations")


@at_the_desk
async def test_files_that_go_as_mms_are_counted(agent: Agent) -> None:
    await agent.open("Marcus Webb")
    composer = agent.desk.window.area.composer
    names = ("lake.jpg", "invoice 20418.pdf", "voice memo.m4a")
    paths = [Path(str(resource("sandbox", "media", name))) for name in names]
    drag = Drag(agent.desk.window.area.messages.viewport(), files_data(paths))
    drag.enter(QPoint(900, 100))
    drag.drop(QPoint(900, 100))
    await until(lambda: len(composer.draft().files) == len(names), "they are in the tray")
    assert "3 files go as MMS" in composer.sending.line.words
    composer.tray.panel.view.removed.emit(0)
    assert "2 files go as MMS" in composer.sending.line.words
    composer.tray.panel.view.removed.emit(0)
    assert "the file goes as MMS" in composer.sending.line.words


@at_the_desk
async def test_a_message_goes_by_the_service_that_the_agent_wishes(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    agent.type("By text, please.")
    _choose(agent, "RCS or SMS")
    assert "RCS or SMS" in agent.desk.window.area.composer.sending.line.words
    agent.press(Qt.Key.Key_Return)
    received = await _sent(agent, 1)
    assert received[0]["service"] in {"RCS", "SMS"}


@at_the_desk
async def test_a_link_goes_as_a_card_and_beside_text_as_a_message_of_its_own(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type(f"Here it is: {URL}")
    composer.sending.link.as_card.click()
    agent.press(Qt.Key.Key_Return)
    received = await _sent(agent, 2)
    said = [[(part["type"], part["value"]) for part in each["parts"]] for each in received]
    assert said == [[("text", "Here it is:")], [("link", URL)]]


@at_the_desk
async def test_the_customers_stop_locks_the_composer_while_the_agent_writes(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type("One more offer")
    await agent.receive("Ana Ruiz", "STOP")
    await until(composer.edit.isReadOnly, "the composer is locked")
    agent.press(Qt.Key.Key_Return)
    assert composer.edit.toPlainText() == "One more offer"
    await agent.receive("Ana Ruiz", "I am back")
    await until(lambda: not composer.edit.isReadOnly(), "the composer is free")
    agent.press(Qt.Key.Key_Return)
    assert [each["parts"][0]["value"] for each in await _sent(agent, 1)] == ["One more offer"]


@at_the_desk
async def test_what_waits_while_the_customer_opts_out_never_arrives(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    rule = {"match": {"method": "POST", "path": "/messages$"}, "do": {"status": 429, "retry_after": 1}}
    await agent.outside.fault(rule)
    agent.type("An offer")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "not sent yet" in agent.shown()[-1].lower(), "it waits")
    await agent.outside.world(opt_out=agent.handles("Ana Ruiz")[0])
    await agent.outside.fault()
    await until(lambda: "not delivered" in agent.shown()[-1].lower(), "it is stopped")
    await until(agent.desk.window.area.composer.edit.isReadOnly, "the composer is locked")
    assert await agent.outside.texts_received() == []


@at_the_desk
async def test_a_critical_chat_is_written_to_by_a_second_press(agent: Agent) -> None:
    chat_id = await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    await agent.outside.world(health={"chat_id": chat_id, "status": "CRITICAL"})

    def is_critical() -> bool:
        summary = agent.desk.cache.summary(chat_id)
        health = summary.chat.health if summary is not None else None
        return health is not None and health.word.upper() == "CRITICAL"

    await until(is_critical, "the health is known")
    agent.type("Are you there?")
    agent.press(Qt.Key.Key_Return)
    await until(composer.sending.gate.isVisible, "the gate asks")
    assert composer.edit.toPlainText() == "Are you there?"
    agent.press(Qt.Key.Key_Return)
    await _sent(agent, 1)


@at_the_desk
async def test_a_colleagues_answer_is_shown_before_the_agents_own_goes(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type("On my way")
    known = len(agent.shown())
    await agent.answer_elsewhere("Ana Ruiz", "We ship it tomorrow")
    await until(lambda: len(agent.shown()) == known + 1, "the colleague's answer is there")
    agent.press(Qt.Key.Key_Return)
    await until(composer.sending.gate.isVisible, "the gate asks")
    QTest.mouseClick(composer.sending.gate.look, Qt.MouseButton.LeftButton)
    assert composer.edit.toPlainText() == "On my way"
    agent.press(Qt.Key.Key_Return)
    texts = [each["parts"][0]["value"] for each in await _sent(agent, 2)]
    assert texts == ["We ship it tomorrow", "On my way"]
