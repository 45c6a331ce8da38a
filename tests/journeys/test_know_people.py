import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.contacts.contacts_page import ContactsPage
from tests.journeys.agent import Agent, at_the_desk, sitting
from tests.journeys.outside import until
from tests.journeys.people import GROUP, Details
from tests.journeys.readings import reading


async def test_a_name_shows_everywhere_and_outlives_the_program(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with sitting(sandbox, tmp_path / "data") as agent:
        details = await Details.of(agent, "Tom Becker")
        details.panel.notes.edit.click()
        note = details.dialog().findChild(QPlainTextEdit, "note_edit")
        assert isinstance(note, QPlainTextEdit)
        note.setPlainText("Races on Sundays.")
        details.type_into("contact_name", "Tommy, racer")
        assert details.text("note") == "Races on Sundays."
        await _shows_tommy(agent)
    assert (tmp_path / "data" / "contacts.json").stat().st_mode & 0o077 == 0
    async with sitting(sandbox, tmp_path / "data") as agent:
        await _shows_tommy(agent)
        details = await Details.of(agent, "Tommy, racer")
        assert details.text("note") == "Races on Sundays."


async def _shows_tommy(agent: Agent) -> None:
    window = agent.desk.window
    assert agent.row_of("Tommy, racer").startswith("Tommy, racer, ")
    await agent.open(GROUP)
    assert any(each.startswith("Tommy, racer, ") for each in agent.shown())
    window.chats.search.setText("tommy")
    assert window.chats.list.chats.rowCount() >= 1
    await agent.open("Tommy, racer")
    said = [each.text() for each in window.area.header.findChildren(QLabel)]
    assert any("+1 415 555 0171" in each for each in said)
    window.chats.search.clear()
    await until(lambda: agent.desk.session.is_settled, "the pictures are there")


@at_the_desk
async def test_names_come_from_a_vcard_file(agent: Agent, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("cards") / "people.vcf"
    file.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:The new customer\nTEL;TYPE=CELL:(415) 555-0127\nEND:VCARD\n"
    )
    QTest.keyClick(agent.desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = agent.desk.window.findChild(ContactsPage)
    assert isinstance(page, ContactsPage)
    page.take_file(str(file))
    await until(lambda: agent.desk.chat_named("The new customer") is not None, "the name is there")
    assert agent.row_of("The new customer").startswith("The new customer, ")


@pytest.mark.parametrize(
    "sandbox_options",
    [
        pytest.param(SandboxOptions(), id="usual"),
        pytest.param(reading("health=score"), id="health=score"),
    ],
)
@at_the_desk
async def test_a_contact_card_is_shared_once_and_the_health_is_explained(agent: Agent) -> None:
    details = await Details.of(agent, "Ana Ruiz")
    button = details.panel.share.share.button
    button.click()
    await until(lambda: "again in" in details.panel.share.share.reason, "it is shared")
    assert not button.isEnabled()
    assert details.text("card_last_shared").startswith("Last shared from here: Today")
    cards = [each for each in await agent.outside.ledger() if each["kind"] == "contact_card"]
    assert len(cards) == 1
    marcus = await Details.of(agent, "Marcus Webb")
    assert marcus.panel.share.share.reason.startswith("Contact cards are shared over iMessage only")
    # As a status, or as a score with its reason.
    health = (("CRITICAL", "Pause here|Critical."), ("AT_RISK", "Slow down|At risk."), ("HEALTHY", "ealthy"))
    for status, words in health:
        await agent.outside.world(health={"chat_id": agent.chat("Marcus Webb"), "status": status})
        agent.desk.session.refresh()
        await until(_says(marcus, words), f"it says {words}")


@at_the_desk
async def test_who_is_blocked_is_explained_and_locked_until_a_retry_goes_through(agent: Agent) -> None:
    ana, _ = agent.handles("Ana Ruiz")
    await agent.outside.world(block=ana)
    details = await Details.of(agent, "Ana Ruiz")
    composer = agent.desk.window.area.composer
    agent.type("are you there?")
    agent.press(Qt.Key.Key_Return)
    await until(_says(details, "Your Linq account has blocked this customer"), "the details explain it")
    summary = agent.desk.cache.summary(agent.chat("Ana Ruiz"))
    assert summary is not None
    assert summary.lock is not None
    said = [each.text() for each in composer.findChildren(QLabel) if each.isVisible()]
    assert any(each.startswith("Your Linq account has blocked this customer") for each in said)
    await agent.outside.world(unblock=ana)
    buttons: list[QPushButton] = agent.desk.window.area.messages.findChildren(QPushButton)
    next(each for each in buttons if each.accessibleName() == "Retry" and each.isVisible()).click()
    await until(lambda: agent.shown()[-1].endswith(("sent", "delivered", "read")), "it is sent")
    assert "blocked" not in details.text("health_advice")
    assert (await agent.outside.texts_received()).count("are you there?") == 1


@at_the_desk
async def test_who_is_blocked_at_linq_is_locked_with_the_note_before_anything_is_sent(agent: Agent) -> None:
    ana, _ = agent.handles("Ana Ruiz")
    details = await Details.of(agent, "Ana Ruiz")
    composer = agent.desk.window.area.composer
    await agent.outside.world(block={"handle": ana, "reason": "Abuse"})
    agent.desk.session.refresh()
    await until(_says(details, "has blocked this customer .“Abuse”."), "the details explain it")
    assert details.row(ana).endswith("blocked")
    said = [each.text() for each in composer.findChildren(QLabel) if each.isVisible()]
    assert any("has blocked this customer (“Abuse”)" in each for each in said)
    agent.type("hello?")
    agent.press(Qt.Key.Key_Return)
    assert "hello?" not in await agent.outside.texts_received()
    await agent.outside.world(unblock=ana)
    agent.desk.session.refresh()
    await until(lambda: "blocked" not in details.text("health_advice"), "the lock is off")


@pytest.mark.parametrize("sandbox_options", [pytest.param(reading("blocked_handles=absent"), id="absent")])
@at_the_desk
async def test_where_linq_has_no_list_of_blocks_nothing_is_said_of_it(agent: Agent) -> None:
    details = await Details.of(agent, "Ana Ruiz")
    agent.desk.session.refresh()
    await until(lambda: agent.desk.session.is_settled, "all is read")
    asked = [each for each in await agent.outside.requests() if each["path"].endswith("/blocked_handles")]
    assert [each["status"] for each in asked] == [404]
    assert "blocked" not in details.text("health_advice")
    assert agent.desk.cache.connection.fault is None


@at_the_desk
async def test_a_refused_opt_out_locks_the_chat_with_its_reason_until_they_write(agent: Agent) -> None:
    details = await Details.of(agent, "Ana Ruiz")
    refused = {
        "match": {"method": "POST", "path": "/messages$", "nth": 1},
        "do": {"status": 403, "code": 2024},
    }
    await agent.outside.fault(refused)
    agent.type("are you there?")
    agent.press(Qt.Key.Key_Return)
    await until(_says(details, "opted out on another of your chats"), "the details explain it")
    said = [each.text() for each in agent.desk.window.area.composer.findChildren(QLabel) if each.isVisible()]
    assert any("opted out on another of your chats" in each for each in said)
    await agent.receive("Ana Ruiz", "I am back")
    await until(lambda: "opted out" not in details.text("health_advice"), "the lock is off")


def _says(details: Details, words: str) -> Callable[[], bool]:
    return lambda: re.search(words, details.text("health_advice")) is not None
