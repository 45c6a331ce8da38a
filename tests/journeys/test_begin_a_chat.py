from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from linqdesk.sandbox.options import SandboxOptions
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.beginning import Beginning
from tests.journeys.outside import until
from tests.journeys.readings import reading

NEW, OTHER = "+14155550661", "+14155550662"
under_both_answers = pytest.mark.parametrize(
    "sandbox_options",
    [pytest.param(SandboxOptions(), id="201"), pytest.param(reading("create_status=200"), id="200")],
)


def _sent(agent: Agent, row: int) -> Callable[[], bool]:
    return lambda: agent.said(row).endswith(("sent", "delivered", "read"))


def _is_sent(agent: Agent, text: str) -> bool:
    said = next((each for each in agent.shown() if text in each), "")
    return said.endswith(("sent", "delivered", "read"))


async def _texts_to(agent: Agent, *handles: str) -> list[str]:
    """What exactly these people received, in order."""
    await agent.outside.world(advance_s=5)
    ledger = await agent.outside.ledger()
    mine = [each for each in ledger if each["kind"] == "message" and _people(each) == set(handles)]
    return [part["value"] for each in mine for part in each["parts"]]


def _people(entry: dict[str, Any]) -> set[str]:
    return set(entry["to"]) if isinstance(entry["to"], list) else {entry["to"]}


def _chats_with(agent: Agent, *handles: str) -> list[str]:
    summaries = (agent.desk.cache.summary(chat_id) for chat_id in agent.desk.cache.chat_ids())
    chats = [each.chat for each in summaries if each is not None]
    return [chat.id for chat in chats if {each.handle for each in chat.others} == set(handles)]


@under_both_answers
@at_the_desk
async def test_a_first_message_stands_in_its_chat_at_once_and_reaches_the_customer_once(agent: Agent) -> None:
    dialog = Beginning(agent)
    dialog.to("(415) 555-0661")
    dialog.write("Hello from the shop")
    dialog.send()
    await until(lambda: not dialog.is_open and len(agent.shown()) == 1, "the chat is open with its bubble")
    composer = agent.desk.window.area.composer.edit
    QTest.keyClicks(composer, "and a draft")
    await until(_sent(agent, 0), "it is sent")
    window = agent.desk.window
    await until(lambda: [window.open_chat_id] == _chats_with(agent, NEW), "the chat has Linq's id")
    assert composer.toPlainText() == "and a draft"
    assert await _texts_to(agent, NEW) == ["Hello from the shop"]

    agent.press(Qt.Key.Key_Return)
    await until(lambda: _is_sent(agent, "and a draft"), "the second goes into the same chat")
    assert await _texts_to(agent, NEW) == ["Hello from the shop", "and a draft"]
    assert len(_chats_with(agent, NEW)) == 1


@at_the_desk
async def test_a_group_is_begun_with_people_known_and_new_and_gets_its_name(agent: Agent) -> None:
    ana, _ = agent.handles("Ana Ruiz")
    dialog = Beginning(agent)
    dialog.to("ana ru", OTHER)
    assert len(dialog.chips()) == 2
    assert dialog.chips()[0].startswith("Recipient Ana Ruiz")
    dialog.name("Saturday ride")
    dialog.write("Hello you two")
    dialog.send()
    await until(lambda: len(agent.shown()) == 1, "the group is open")
    await until(_sent(agent, 0), "it is sent")
    assert await _texts_to(agent, ana, OTHER) == ["Hello you two"]
    window = agent.desk.window
    await until(lambda: window.open_chat_id == agent.desk.chat_named("Saturday ride"), "it has its name")
    requests = await agent.outside.requests()
    assert [each["method"] for each in requests].count("PUT") == 1


@at_the_desk
async def test_a_chat_that_is_there_is_offered_and_written_to_instead_of_a_second_one(agent: Agent) -> None:
    ana, _ = agent.handles("Ana Ruiz")
    dialog = Beginning(agent)
    dialog.to("Ana Ruiz")
    assert "You have a chat with" in dialog.says("existing_chat_words")
    dialog.button("open_existing_chat").click()
    await until(lambda: agent.desk.window.open_chat_id == agent.chat("Ana Ruiz"), "that chat is open")

    dialog = Beginning(agent)
    assert len(dialog.chips()) == 1
    dialog.write("See https://fernhill.example.com")
    dialog.send()
    await until(lambda: "fernhill" in agent.shown()[-1], "it stands in the chat that is there")
    await until(lambda: _is_sent(agent, "fernhill"), "it is sent")
    assert await _texts_to(agent, ana) == ["See https://fernhill.example.com"]
    assert len(_chats_with(agent, ana)) == 1


@at_the_desk
async def test_what_is_no_recipient_is_told_and_nothing_can_be_sent(agent: Agent) -> None:
    dialog = Beginning(agent)
    dialog.write("Hello")
    for typed, words in (("415 555", "Too short"), ("someone@", "An e-mail address looks like")):
        dialog.to(typed)
        assert words in dialog.says("recipient_says")
        assert not dialog.button("send").isEnabled()
        edit = agent.desk.window.findChild(QLineEdit, "recipients")
        assert isinstance(edit, QLineEdit)
        assert edit.text() == typed
        edit.clear()
    dialog.to("+14155550110")
    assert dialog.says("recipient_says") == "This is one of your own lines."
    assert dialog.chips() == []
    assert not [each for each in await agent.outside.requests() if each["method"] == "POST"]


@at_the_desk
async def test_a_link_in_the_first_message_is_held_for_the_second(agent: Agent) -> None:
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.write("Your bike is ready. See fernhill.example.com for the hours")
    assert "cannot hold a link" in dialog.says("first_message_words")
    assert not dialog.button("send").isEnabled()
    dialog.button("hold_link").click()
    assert dialog.says("first_message_words").startswith("Goes as two messages")
    dialog.send()
    await until(lambda: len(agent.shown()) == 2, "both stand in the thread")
    await until(_sent(agent, 1), "both are sent")
    texts = ["Your bike is ready.", "See fernhill.example.com for the hours"]
    assert await _texts_to(agent, NEW) == texts
    assert len(_chats_with(agent, NEW)) == 1


@under_both_answers
@at_the_desk
async def test_a_lost_answer_makes_one_chat_and_one_message(agent: Agent) -> None:
    lost = {"match": {"method": "POST", "path": "/chats$", "nth": 1}, "do": {"drop": "after"}}
    await agent.outside.fault(lost)
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.write("only once")
    dialog.send()
    await until(lambda: len(agent.shown()) == 1, "the bubble is there")
    await until(_sent(agent, 0), "it is confirmed")
    assert await _texts_to(agent, NEW) == ["only once"]
    await until(lambda: len(_chats_with(agent, NEW)) == 1, "there is one chat")
    await agent.outside.fault()
    agent.desk.session.refresh()
    seen = await agent.outside.requests()
    posts = [each for each in seen if each["method"] == "POST" and each["path"].endswith("/chats")]
    assert len(posts) == 2
    assert len(_chats_with(agent, NEW)) == 1
    assert ["only once" in each for each in agent.shown()].count(True) == 1


@at_the_desk
async def test_a_refused_first_message_keeps_its_reason_and_can_be_sent_again_or_discarded(
    agent: Agent,
) -> None:
    refused = {"match": {"method": "POST", "path": "/chats$"}, "do": {"status": 403, "code": 2026}}
    await agent.outside.fault(refused)
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.write("not wanted")
    dialog.send()
    await until(lambda: "not delivered, the recipient is blocked" in agent.said(0), "it says why")
    _visible_button(agent, "Retry").click()
    await until(lambda: "not delivered" in agent.said(0), "it is refused again")
    _visible_button(agent, "Discard").click()
    await until(lambda: agent.desk.window.open_chat_id is None, "the chat is gone")
    assert _chats_with(agent, NEW) == []
    await agent.outside.fault()
    assert await _texts_to(agent, NEW) == []


@at_the_desk
async def test_the_dialog_keeps_what_is_written_when_it_is_closed(agent: Agent) -> None:
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.write("half a sen")
    dialog.button("cancel_new_chat").click()
    assert not dialog.is_open
    again = Beginning(agent)
    assert len(again.chips()) == 1
    again.write("tence")
    again.send()
    await until(lambda: len(agent.shown()) == 1, "it is taken")
    await until(_sent(agent, 0), "it is sent")
    assert await _texts_to(agent, NEW) == ["half a sentence"]
    assert Beginning(agent).chips() == []


@at_the_desk
async def test_how_a_recipient_can_be_reached_is_checked_once(agent: Agent) -> None:
    dialog = Beginning(agent)
    dialog.to(NEW)
    await until(lambda: dialog.chips()[0].endswith("iMessage"), "it is known")
    dialog.use_line(1)
    dialog.use_line(0)
    requests = await agent.outside.requests()
    assert sum("capability" in each["path"] for each in requests) == 1


def _visible_button(agent: Agent, name: str) -> QPushButton:
    buttons: list[QPushButton] = agent.desk.window.area.messages.findChildren(QPushButton)
    return next(each for each in buttons if each.accessibleName() == name and each.isVisible())


@at_the_desk
async def test_a_refused_first_message_is_written_anew_in_its_chat(agent: Agent) -> None:
    refused = {"match": {"method": "POST", "path": "/chats$"}, "do": {"status": 403, "code": 2026}}
    await agent.outside.fault(refused)
    dialog = Beginning(agent)
    dialog.to(NEW)
    dialog.write("Helo")
    dialog.send()
    await until(lambda: "not delivered, the recipient is blocked" in agent.said(0), "it says why")
    await agent.outside.fault()
    _visible_button(agent, "Edit").click()
    await until(lambda: agent.shown() == [], "the bubble is gone")
    composer = agent.desk.window.area.composer.edit
    assert composer.toPlainText() == "Helo"
    composer.selectAll()
    agent.type("Hello")
    agent.press(Qt.Key.Key_Return)
    await until(_sent(agent, 0), "it is sent")
    assert await _texts_to(agent, NEW) == ["Hello"]
    assert len(_chats_with(agent, NEW)) == 1
