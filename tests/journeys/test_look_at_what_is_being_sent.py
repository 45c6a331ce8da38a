"""The agent looks at pictures and hears memos that are still on their way to the customer."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from linqdesk.domain.message import Message
from linqdesk.local.resource_files import resource
from linqdesk.ui.thread.pieces import PicturesPiece
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.received import hash_of, received
from tests.ui.drop.drags import Drag, files_data

PICTURE, SOUND = "lake.jpg", "voice memo.m4a"
# As long as Linq gives no slot, everything stays here.
NO_SLOT = {"match": {"method": "POST", "path": "/attachments$"}, "do": {"status": 503}}


def sample(name: str) -> Path:
    """A file that lies on the agent's computer."""
    return Path(str(resource("sandbox", "media", name)))


async def send(agent: Agent, name: str, *, as_memo: bool = False) -> int:
    """Drop a file and send it; returns its row."""
    area = agent.desk.window.area
    known, composer = len(agent.shown()), area.composer
    place = QPoint(area.messages.viewport().width() - 40 if not as_memo else 40, 100)
    drag = Drag(area.messages.viewport(), files_data([sample(name)]))
    drag.enter(place)
    drag.drop(place)
    await until(lambda: len(composer.draft().files) == 1, "the file is in the tray")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: len(agent.shown()) == known + 1, "the bubble is there")
    return known


def is_known(agent: Agent, row: int) -> bool:
    """Whether Linq has a message."""
    return isinstance(agent.desk.window.area.messages.messages.row_at(row).content, Message)


async def downloads(agent: Agent) -> list[dict[str, Any]]:
    """The requests for files that Linq keeps."""
    return [each for each in await agent.outside.requests() if "/attachments/" in each["path"]]


def click_picture(agent: Agent, row: int) -> None:
    view = agent.desk.window.area.messages
    top_px = view.arrangement.place_of(row)
    assert top_px is not None
    piece = view.arrangement.layout_of(row).pieces[0]
    assert isinstance(piece, PicturesPiece)
    centre = piece.cells[0].box.translated(0, top_px).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)


@at_the_desk
async def test_a_picture_on_its_way_is_seen_large_and_stays_in_sight_when_linq_has_it(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await agent.outside.fault(NO_SLOT)
    row = await send(agent, PICTURE)
    media = agent.desk.window.area.build().media
    await until(lambda: media.pictures.held_bytes and media.pictures.is_settled, "it is decoded")
    click_picture(agent, row)
    viewer = media.viewer
    assert viewer is not None
    item = viewer.item
    assert item is not None
    assert item.name == PICTURE
    await until(lambda: viewer.canvas.accessibleDescription() == "", "it is seen large")
    assert not is_known(agent, row)
    fetched = len(await downloads(agent))
    await agent.outside.fault()
    agent.desk.window.commands.refresh()
    seen_large: set[str] = set()
    seen_small: set[bool] = set()

    def is_confirmed() -> bool:
        seen_large.add(viewer.canvas.accessibleDescription())
        seen_small.add(media.pictures.peek(item.part) is not None)
        return is_known(agent, row)

    await until(is_confirmed, "Linq has it")
    await until(lambda: is_confirmed() and agent.desk.session.is_settled, "all is at rest")
    assert seen_large == {""}
    assert seen_small == {True}
    assert len(await downloads(agent)) == fetched
    await agent.outside.world(advance_s=5)
    assert await received(agent) == [("message", [hash_of(sample(PICTURE))])]


def _player(agent: Agent, name: str) -> QAbstractButton:
    buttons = agent.desk.window.area.messages.findChildren(QAbstractButton, "play_recording")
    return next(each for each in buttons if each.isVisible() and each.accessibleName() == name)


def _is_offered(agent: Agent, name: str) -> bool:
    buttons = agent.desk.window.area.messages.findChildren(QAbstractButton, "play_recording")
    return any(each.isVisible() and each.accessibleName() == name for each in buttons)


@at_the_desk
async def test_a_memo_on_its_way_is_heard_and_goes_on_where_it_was_when_linq_has_it(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await agent.outside.fault(NO_SLOT)
    row = await send(agent, SOUND, as_memo=True)
    playback = agent.desk.window.area.build().media.recordings.playback
    await until(lambda: _is_offered(agent, f"Play {SOUND}"), "it can be played")
    _player(agent, f"Play {SOUND}").click()
    await until(lambda: playback.position_ms > 0, "it plays")
    _player(agent, f"Pause {SOUND}").click()
    heard_ms = playback.position_ms
    assert not is_known(agent, row)
    await agent.outside.fault()
    agent.desk.window.commands.refresh()
    await until(lambda: is_known(agent, row), "Linq has it")
    assert playback.position_ms == heard_ms
    _player(agent, f"Play {SOUND}").click()
    assert playback.is_playing
    assert playback.position_ms >= heard_ms
