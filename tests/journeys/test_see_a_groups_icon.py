import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.chat_list.chat_look import AVATAR_PX
from linqdesk.ui.contacts.group_dialogs import IconDialog
from linqdesk.ui.theme import LIST_GUTTER_PX
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.people import GROUP, Details
from tests.journeys.readings import reading

PINK = QColor(0xFF, 0x00, 0xAA)


def middle_of(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.rect().center())


def middle_in_list(agent: Agent) -> QColor:
    chats = agent.desk.window.chats.list
    row = chats.chats.row_of(agent.chat(GROUP))
    assert row is not None
    place = chats.visualRect(chats.chats.index(row))
    middle = QPoint(place.left() + LIST_GUTTER_PX + AVATAR_PX // 2, place.center().y())
    return chats.viewport().grab().toImage().pixelColor(middle)


@pytest.mark.parametrize(
    "sandbox_options",
    [pytest.param(SandboxOptions(), id="usual"), pytest.param(reading("media_urls=long"), id="lasting")],
)
@at_the_desk
async def test_a_new_icon_is_seen_wherever_the_group_is(
    agent: Agent, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # The CDN refuses whoever shows a token: what is seen came without one.
    file = tmp_path_factory.mktemp("pictures") / "pink.png"
    pink = QImage(240, 240, QImage.Format.Format_RGB32)
    pink.fill(PINK)
    assert pink.save(str(file))
    details = await Details.of(agent, GROUP)
    before = middle_in_list(agent)
    assert before != PINK
    details.panel.group.icon.button.click()
    asking = details.dialog()
    assert isinstance(asking, IconDialog)
    asking.take_file(str(file))
    await details.carried_out(f"/chats/{agent.chat(GROUP)}")
    await until(lambda: middle_in_list(agent) == PINK, "the list shows it")
    assert middle_of(agent.desk.window.area.header.avatar) == PINK
    assert middle_of(details.panel.identity.avatar) == PINK


@at_the_desk
async def test_an_icon_that_cannot_be_had_leaves_the_initials_and_a_whole_window(agent: Agent) -> None:
    details = await Details.of(agent, GROUP)
    initials = agent.desk.window.area.header.avatar
    details.panel.group.icon.button.click()
    asking = details.dialog()
    assert isinstance(asking, IconDialog)
    await agent.outside.fault({"match": {"method": "GET", "path": "/attachments/"}, "do": {"status": 500}})
    asking.address_given.emit("https://icons.example/gone.png")
    asking.close()
    await details.carried_out(f"/chats/{agent.chat(GROUP)}")
    await until(lambda: any("icon" in each for each in agent.shown()), "the thread says so")
    assert middle_of(initials).isValid()
    await agent.receive("Ana Ruiz", "Are you there?")
    await until(lambda: "Are you there?" in agent.row_of("Ana Ruiz"), "the list goes on")
