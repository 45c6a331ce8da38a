"""Somebody sends pictures; the agent sees them in the thread, looks closer, and keeps one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from linqdesk.domain.message import MediaPart, Message
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.media.saver import MediaItem
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


async def open_pictures(agent: Agent) -> list[MediaItem]:
    """Open the chat and wait until every picture on screen is there."""
    chat_id = await agent.open("Pictures")
    desk, media = agent.desk, agent.desk.window.area.build().media
    await until(lambda: media.pictures.held_bytes, "the first picture is shown")
    await until(lambda: desk.session.is_settled and desk.window.is_settled, "all on screen are shown")
    return list(media.viewer_items(chat_id))


@at_the_desk
async def test_pictures_are_fetched_and_drawn_because_they_are_on_screen(agent: Agent) -> None:
    items = await open_pictures(agent)
    pictures = agent.desk.window.area.build().media.pictures
    on_screen = [item for item in items if pictures.peek(item.part) is not None]
    assert len(on_screen) >= 2
    assert items[-1] in on_screen
    assert all(pictures.natural_size(item.part) is not None for item in on_screen)


@at_the_desk
async def test_enter_on_a_picture_opens_it_large_and_escape_leads_back(agent: Agent) -> None:
    items = await open_pictures(agent)
    view, media = agent.desk.window.area.messages, agent.desk.window.area.build().media
    view.setFocus()
    agent.press(Qt.Key.Key_End, view)
    agent.press(Qt.Key.Key_Right, view)
    agent.press(Qt.Key.Key_Return, view)
    viewer = media.viewer
    assert viewer is not None
    await until(lambda: agent.desk.session.is_settled, "the picture is decoded for the viewer")
    item = viewer.item
    assert item is not None
    assert item == items[-1]
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert viewer.item == items[-2]
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


@at_the_desk
async def test_a_file_s_card_saves_it_and_says_where_it_is(
    agent: Agent, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("Downloads")
    chat_id = await agent.open("Film and files")
    page = agent.desk.window.area.build()
    message, index = next(
        (row.content, index)
        for row in agent.desk.cache.rows(chat_id)
        if isinstance(row.content, Message)
        for index, part in enumerate(row.content.parts)
        if isinstance(part, MediaPart) and part.filename.endswith(".pdf")
    )
    page.messages.acts.file_save_wanted.emit(message, index)
    dialog = agent.desk.window.findChild(QFileDialog, "save_file")
    assert dialog is not None
    dialog.fileSelected.emit(str(folder / "invoice.pdf"))
    dialog.close()
    await until(page.toast.isVisible, "it is said")
    assert page.toast.text() == f"Saved as invoice.pdf in {folder.name}."
    assert (folder / "invoice.pdf").read_bytes().startswith(b"%PDF")


@at_the_desk
async def test_a_video_is_played_large_among_its_neighbours(agent: Agent) -> None:
    chat_id = await agent.open("Film and files")
    media = agent.desk.window.area.build().media
    await until(lambda: agent.desk.session.is_settled, "what is on screen is read")
    items = media.viewer_items(chat_id)
    at = next(at for at, each in enumerate(items) if each.part.mime_type.startswith("video/"))
    film, view = items[at], agent.desk.window.area.messages
    view.acts.picture_activated.emit(film.message, film.part_index)
    viewer, playback = media.viewer, media.recordings.playback
    assert viewer is not None
    bar = viewer.findChild(QWidget, "film_bar")
    assert bar is not None
    assert bar.isVisible()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Space)
    await until(lambda: playback.is_playing and playback.frame is not None, "it plays")
    await until(lambda: playback.position_ms > 0, "time passes")
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Space)
    assert not playback.is_playing
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert playback.position_ms == 0
    assert viewer.item == film
    viewer.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert playback.key is None
    await until(lambda: playback.is_resting, "the player lets go")
