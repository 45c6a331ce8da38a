import hashlib

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.contacts.add_dialog import AddDialog
from linqdesk.ui.contacts.group_dialogs import IconDialog
from linqdesk.ui.new_chat.recipient_chip import RecipientChip
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.people import ANA, CHLOE, GROUP, NEW, TOM, Details, drop
from tests.journeys.readings import reading

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
under_these_readings = pytest.mark.parametrize(
    "sandbox_options",
    [
        pytest.param(SandboxOptions(), id="usual"),
        *(pytest.param(reading(each), id=each) for each in ("updated_at_moves=yes", "order=oldest")),
    ],
)


@under_these_readings
@at_the_desk
async def test_somebody_joins_and_is_removed_again_once_each(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    assert len(details.rows()) == 4
    QTest.keyClick(details.panel.add.button, Qt.Key.Key_Space)
    details.type_into("recipients", NEW)
    QTest.keyClick(details.field("recipients"), Qt.Key.Key_Return)
    assert details.row(NEW).endswith("joining…")
    await details.carried_out("participants")
    await until(lambda: "since" in details.row(NEW), "they have joined")
    assert (await details.statuses())[NEW] == "active"
    await until(lambda: any("joined" in each for each in agent.shown()), "the thread says so")

    details.choose(NEW)
    strip = details.panel.people.actions_strip
    assert strip.remove.isEnabled()
    QTest.keyClick(strip.remove, Qt.Key.Key_Space)
    details.answer("Remove")
    assert details.row(NEW).endswith("being removed…")
    await details.carried_out("participants", 2)
    await until(lambda: "removed today" in details.row(NEW), "they are gone")
    assert (await details.statuses())[NEW] == "removed"
    assert details.rows()[-1] == details.row(NEW)
    assert await details.asked("participants") == ["POST", "DELETE"]


@at_the_desk
async def test_two_quick_changes_both_hold(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    for name in ("Friday ride", "Sunday ride"):
        details.panel.group.rename.button.click()
        details.type_into("new_group_name", name)
    details.choose(CHLOE)
    details.panel.people.actions_strip.remove.click()
    details.answer("Remove")
    assert "Renaming to “Friday ride”… Renaming to “Sunday ride”…" in details.text("group_pending")
    details.choose(TOM)
    assert details.panel.people.actions_strip.reason.startswith("Remove needs 3 left")
    window = agent.desk.window
    await details.carried_out(f"/chats/{window.open_chat_id}")
    await details.carried_out(f"/chats/{window.open_chat_id}", 2)
    await until(lambda: agent.desk.chat_named("Sunday ride") == window.open_chat_id, "it has the last name")
    assert not details.text("group_pending")
    await details.carried_out("participants")
    await until(lambda: "removed" in details.row(CHLOE), "she is gone")
    assert (await details.linqs("Sunday ride"))["display_name"] == "Sunday ride"
    assert (await details.statuses("Sunday ride"))[TOM] == "active"


@at_the_desk
async def test_a_group_is_left_once_and_then_only_read(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    composer = agent.desk.window.area.composer
    assert composer.edit.isEnabled()
    details.panel.group.leave.button.click()
    details.answer("Leave")
    await details.carried_out("leave")
    await until(lambda: "no longer in this group" in details.text("left_words"), "the panel says so")
    assert (await details.linqs())["has_left"]
    assert await details.asked("leave") == ["POST"]
    for each in (details.panel.group.rename, details.panel.group.leave):
        assert not each.button.isEnabled()
    assert not details.panel.add.isVisible()
    summary = agent.desk.cache.summary(agent.chat(GROUP))
    assert summary is not None
    assert summary.lock is not None
    before = len(await agent.outside.ledger())
    agent.type("still here?")
    agent.press(Qt.Key.Key_Return)
    assert len(await agent.outside.ledger()) == before


@at_the_desk
async def test_a_lost_answer_is_settled_by_reading(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    await agent.outside.fault(
        {"match": {"method": "DELETE", "path": "/participants$"}, "do": {"drop": "after"}}
    )
    details.choose(CHLOE)
    details.panel.people.actions_strip.remove.click()
    details.answer("Remove")
    await details.carried_out("participants")
    await until(lambda: "removed" in details.row(CHLOE), "she is gone")
    assert details.text("change_failed") == ""
    assert await details.asked("participants") == ["DELETE"]


@at_the_desk
async def test_a_refusal_is_told_with_its_trace_and_nothing_stays_pending(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    refused = {"match": {"method": "PUT", "path": "/chats/"}, "do": {"status": 403, "code": 2005}}
    await agent.outside.fault(refused)
    details.panel.group.rename.button.click()
    details.type_into("new_group_name", "Nobody's ride")
    await until(lambda: "was not renamed to “Nobody's ride”" in details.text("change_failed"), "it is told")
    assert details.text("group_pending") == ""
    details.panel.notice.details.click()
    said = details.dialog().findChild(QLabel, "reasons_details")
    assert isinstance(said, QLabel)
    assert said.text().startswith("Code 2005 · HTTP 403\nTrace ")


@at_the_desk
async def test_an_icon_is_uploaded_first_and_then_set(
    agent: Agent, tmp_path_factory: pytest.TempPathFactory
) -> None:
    details = await Details.of(agent, GROUP)
    file = tmp_path_factory.mktemp("pictures") / "logo.png"
    file.write_bytes(PNG)
    details.panel.group.icon.button.click()
    asking = details.dialog()
    assert isinstance(asking, IconDialog)
    asking.take_file(str(file))
    await details.carried_out(f"/chats/{agent.chat(GROUP)}")
    await until(lambda: any("icon" in each for each in agent.shown()), "the thread says so")
    icon = (await details.linqs())["group_chat_icon"]
    assert icon.startswith(agent.sandbox.cdn_url)
    assert await _sha_of(icon) == hashlib.sha256(PNG).hexdigest()


async def _sha_of(url: str) -> str:
    import httpx

    async with httpx.AsyncClient(trust_env=False) as client:
        return hashlib.sha256((await client.get(url)).content).hexdigest()


@at_the_desk
async def test_who_cannot_join_begins_a_new_group_instead(agent: Agent) -> None:
    marcus, _ = agent.handles("Marcus Webb")
    details = await Details.of(agent, GROUP)
    details.panel.add.button.click()
    details.type_into("recipients", "marcus w")
    asking = details.dialog()
    assert isinstance(asking, AddDialog)
    assert asking.says.text().startswith("This person cannot join this iMessage group.")
    assert not asking.agree.isEnabled()
    asking.instead.click()
    chips: list[RecipientChip] = details.dialog().findChildren(RecipientChip)
    assert {each.person.handle for each in chips if each.isVisible()} == {ANA, TOM, CHLOE, marcus}
    assert await details.asked("participants") == []


@at_the_desk
async def test_a_handle_is_dropped_onto_a_group_and_into_a_new_chat(agent: Agent) -> None:
    details = await Details.of(agent, "Ana Ruiz")
    chats = agent.desk.window.chats.list
    row = chats.chats.row_of(agent.chat(GROUP))
    direct = chats.chats.row_of(agent.chat("Tom Becker"))
    assert row is not None
    assert direct is not None
    place = QPointF(chats.visualRect(chats.chats.index(direct)).center())
    assert not drop(chats.viewport(), NEW, place)
    place = QPointF(chats.visualRect(chats.chats.index(row)).center())
    assert not drop(chats.viewport(), ANA, place)
    assert drop(chats.viewport(), NEW, place)
    asking = details.dialog()
    assert isinstance(asking, AddDialog)
    asking.agree.click()
    await details.carried_out("participants")
    assert (await details.statuses())[NEW] == "active"
    assert agent.desk.window.open_chat_id == agent.chat("Ana Ruiz")

    assert drop(agent.desk.window.chats.new_chat_button, TOM, QPointF(5, 5))
    field = details.dialog().findChild(QLineEdit, "recipients")
    assert isinstance(field, QLineEdit)
    assert drop(field, CHLOE, QPointF(5, 5))
    chips: list[RecipientChip] = details.dialog().findChildren(RecipientChip)
    assert [each.person.handle for each in chips] == [TOM, CHLOE]


@at_the_desk
async def test_a_member_is_written_to_in_the_direct_chat(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    details.choose(ANA)
    details.panel.people.actions_strip.message.click()
    await until(lambda: agent.desk.window.open_chat_id == agent.chat("Ana Ruiz"), "her chat is open")
    assert not await details.asked("/chats")
