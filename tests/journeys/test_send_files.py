"""Files dropped on the window arrive byte for byte, as what the agent chose."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from linqdesk.domain.message import Message
from linqdesk.local.environment import Environment
from linqdesk.local.resource_files import resource
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.thread.pieces import PicturesPiece
from tests.journeys.agent import Agent, at_the_desk, chats_are_there, started
from tests.journeys.beginning import Beginning
from tests.journeys.outside import Outside, until
from tests.journeys.received import hash_of, received
from tests.ui.drop.drags import Drag, files_data

PICTURE, SOUND, PAPER = "lake.jpg", "voice memo.m4a", "invoice 20418.pdf"


def sample(name: str) -> Path:
    """A file that lies on the agent's computer."""
    return Path(str(resource("sandbox", "media", name)))


@pytest.fixture
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the agent's own."""
    return tmp_path_factory.mktemp("desktop")


async def taken(agent: Agent, count: int) -> None:
    """Wait until so many files stand in the tray."""
    composer = agent.desk.window.area.composer
    await until(lambda: len(composer.draft().files) == count, f"{count} files are in the tray")


async def all_sent(agent: Agent) -> None:
    """Wait until nothing waits to be sent any more."""
    composer = agent.desk.window.area.composer
    await until(lambda: composer.draft().is_empty, "the composer is empty")
    await until(lambda: not _unsent(agent), "all is sent")
    await agent.outside.world(advance_s=5)


def _unsent(agent: Agent) -> int:
    chat_id = agent.desk.window.open_chat_id
    summary = agent.desk.cache.summary(chat_id) if chat_id is not None else None
    return summary.sending_count if summary is not None else 0


def over_thread(agent: Agent, *names: str) -> Drag:
    """Drag files over the thread, as a file manager does."""
    return Drag(agent.desk.window.area.messages.viewport(), files_data([sample(name) for name in names]))


@at_the_desk
async def test_files_that_are_dropped_arrive_byte_for_byte_with_the_words_beside_them(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    drag = over_thread(agent, PICTURE, PAPER)
    assert drag.enter(QPoint(100, 100))
    assert drag.drop(QPoint(100, 100))
    await taken(agent, 2)
    assert await received(agent) == []
    agent.type("The lake and the bill.")
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    words = "The lake and the bill."
    assert await received(agent) == [("message", [hash_of(sample(PICTURE)), hash_of(sample(PAPER)), words])]


@at_the_desk
async def test_a_sound_in_the_lane_of_voice_memos_arrives_as_one(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    viewport = agent.desk.window.area.messages.viewport()
    left, right = QPoint(40, 100), QPoint(viewport.width() - 40, 100)
    drag = over_thread(agent, SOUND)
    drag.enter(left)
    drag.drop(left)
    await taken(agent, 1)
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    drag = over_thread(agent, SOUND)
    drag.enter(left)
    drag.move(right)
    drag.drop(right)
    await taken(agent, 1)
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    sound = hash_of(sample(SOUND))
    assert await received(agent) == [("voice_memo", [sound]), ("message", [sound])]


@at_the_desk
async def test_a_drop_on_another_chat_puts_the_files_into_its_draft(agent: Agent) -> None:
    ana = await agent.open("Ana Ruiz")
    tom = agent.chat("Tom Becker")
    chats = agent.desk.window.chats.list
    row = chats.chats.row_of(tom)
    assert row is not None
    place = chats.visualRect(chats.chats.index(row)).center()
    drag = Drag(chats.viewport(), files_data([sample(PICTURE)]))
    assert drag.enter(place)
    assert drag.drop(place)
    assert agent.desk.window.open_chat_id == tom
    await taken(agent, 1)
    await agent.open("Ana Ruiz")
    assert agent.desk.window.area.composer.draft().files == ()
    await until(lambda: "draft: 1 file" in agent.row_of("Tom Becker"), "the row tells of the file")
    assert agent.desk.window.open_chat_id == ana
    assert await received(agent) == []


@at_the_desk
async def test_pasted_files_arrive_and_the_source_may_change_meanwhile(agent: Agent, desktop: Path) -> None:
    await agent.open("Ana Ruiz")
    source = desktop / "lake.jpg"
    source.write_bytes(sample(PICTURE).read_bytes())
    QGuiApplication.clipboard().setMimeData(files_data([source]))
    agent.desk.window.area.composer.edit.paste()
    QGuiApplication.clipboard().clear()
    await taken(agent, 1)
    source.write_bytes(b"something else")
    source.unlink()
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    assert await received(agent) == [("message", [hash_of(sample(PICTURE))])]


def bad_files(desktop: Path) -> dict[Path, str]:
    """Whatever cannot be sent, each with what is said of it."""
    made = {name: desktop / name for name in ("folder", "empty.pdf", "song.mp3", "pipe.jpg", "round.png")}
    made["folder"].mkdir()
    made["empty.pdf"].touch()
    made["song.mp3"].write_text("no song at all")
    os.mkfifo(made["pipe.jpg"])
    made["round.png"].symlink_to(made["round.png"])
    huge, cut = desktop / "huge.mp4", desktop / "cut.m4a"
    huge.touch()
    os.truncate(huge, 5 * 1024**3)
    cut.write_bytes(sample(SOUND).read_bytes()[:-2_000])
    return {
        made["folder"]: "Folders cannot be sent",
        made["empty.pdf"]: "empty",
        made["song.mp3"]: "named like a MP3 file",
        made["pipe.jpg"]: "a pipe, not a file",
        made["round.png"]: "round in circles",
        desktop / "vanished.jpg": "not there any more",
        huge: "5,120.0 MB",
        cut: "cut off",
    }


def drop(agent: Agent, paths: Iterable[Path]) -> None:
    """Drop files on the thread, as a file manager does."""
    drag = Drag(agent.desk.window.area.messages.viewport(), files_data(paths))
    assert drag.enter(QPoint(900, 100))
    assert drag.drop(QPoint(900, 100))


@at_the_desk
async def test_files_of_every_bad_kind_are_refused_with_a_word_and_the_good_one_goes(
    agent: Agent, desktop: Path
) -> None:
    await agent.open("Ana Ruiz")
    bad = bad_files(desktop)
    linked = desktop / "linked.jpg"
    linked.symlink_to(sample(PICTURE))
    drop(agent, [*list(bad)[:4], linked])
    QGuiApplication.clipboard().setMimeData(files_data(list(bad)[4:]))
    agent.desk.window.area.composer.edit.paste()
    QGuiApplication.clipboard().clear()
    await taken(agent, 1)
    notes = agent.desk.window.area.composer.tray.panel.notes
    await until(lambda: len(notes.notes) == len(bad), "each has its reason")
    for path, words in bad.items():
        (said,) = [each.words for each in notes.notes if path.name in each.words]
        assert words in said
    agent.press(Qt.Key.Key_Return)
    assert not _unsent(agent)
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    assert await received(agent) == [("message", [hash_of(sample(PICTURE))])]


@at_the_desk
async def test_of_a_hundred_and_one_files_the_last_is_refused(agent: Agent, desktop: Path) -> None:
    await agent.open("Ana Ruiz")
    paths = [desktop / f"note {number:03d}.txt" for number in range(101)]
    for number, path in enumerate(paths):
        path.write_text(f"note {number}")
    drop(agent, paths)
    await taken(agent, 100)
    composer = agent.desk.window.area.composer
    assert [file.name for file in composer.draft().files] == [path.name for path in paths[:100]]
    (note,) = composer.tray.panel.notes.notes
    assert "note 100.txt" in note.words
    assert "100 files at most" in note.words
    assert composer.tray.panel.count_words().startswith("100 files")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes none of these names")
@at_the_desk
async def test_files_of_hostile_names_are_shown_and_sent_under_harmless_ones(
    agent: Agent, desktop: Path
) -> None:
    await agent.open("Ana Ruiz")
    names = {
        "\u202egpj.exe.jpg": "gpj.exe.jpg",
        "..%2f..%2fkeys.jpg": "_.._keys.jpg",
        "NUL.jpg": "_NUL.jpg",
        "-rf.jpg": "rf.jpg",
        "two\nlines.jpg": "two lines.jpg",
        f"{'long ' * 40}.jpg": "",
    }
    paths = [desktop / name for name in names]
    for path in paths:
        path.write_bytes(sample(PICTURE).read_bytes())
    drop(agent, paths)
    await taken(agent, len(names))
    called = [file.name for file in agent.desk.window.area.composer.draft().files]
    for name, harmless in zip(called, names.values(), strict=True):
        assert name == harmless or (not harmless and name.endswith(".jpg") and len(name.encode()) <= 120)
    tiles = agent.desk.window.area.composer.tray.panel.view.tiles
    said = "".join(str(tiles.index(row).data()) for row in range(tiles.rowCount()))
    assert not set(said) & set("\u202e\n")
    agent.press(Qt.Key.Key_Return)
    await all_sent(agent)
    assert await received(agent) == [("message", [hash_of(sample(PICTURE))] * len(names))]


@at_the_desk
async def test_a_picture_of_ours_is_seen_at_once_and_stays_when_linq_knows_it(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await agent.outside.fault({"match": {"method": "POST", "path": "/attachments"}, "do": {"delay_s": 1.0}})
    known = len(agent.shown())
    drag = over_thread(agent, PICTURE)
    drag.enter(QPoint(100, 100))
    drag.drop(QPoint(100, 100))
    await taken(agent, 1)
    agent.press(Qt.Key.Key_Return)
    await until(lambda: len(agent.shown()) == known + 1, "the bubble is there")
    assert "photo lake.jpg" in agent.said(known)
    view, pictures = agent.desk.window.area.messages, agent.desk.window.area.build().media.pictures
    whole = QImageReader(str(sample(PICTURE))).size()

    def has_its_shape() -> bool:
        view.grab()
        pieces = view.arrangement.layout_of(known).pieces
        (box,) = (each.box for piece in pieces if isinstance(piece, PicturesPiece) for each in piece.cells)
        return abs(box.width() / box.height() - whole.width() / whole.height()) < 0.02

    await until(lambda: has_its_shape() and pictures.is_settled, "it is decoded")
    height_px = view.arrangement.layout_of(known).height_px
    fetched = len(await downloads(agent))
    await all_sent(agent)
    await until(lambda: isinstance(view.messages.row_at(known).content, Message), "Linq knows it")
    view.grab()
    assert view.arrangement.layout_of(known).height_px == height_px
    assert len(await downloads(agent)) == fetched


async def downloads(agent: Agent) -> list[dict[str, Any]]:
    """The requests for files that Linq keeps."""
    return [each for each in await agent.outside.requests() if "/attachments/" in each["path"]]


async def test_a_draft_with_files_is_there_after_a_restart(sandbox: SandboxAddress, tmp_path: Path) -> None:
    environment = Environment(
        base_url=sandbox.base_url, token=sandbox.token, data_dir=tmp_path / "data", log_level="debug"
    )
    outside = Outside(sandbox.control_url)
    try:
        async with started(environment) as desk:
            await chats_are_there(desk)
            agent = Agent(desk, outside, sandbox)
            await agent.open("Ana Ruiz")
            drag = over_thread(agent, PICTURE)
            drag.enter(QPoint(100, 100))
            drag.drop(QPoint(100, 100))
            await taken(agent, 1)
        async with started(environment) as desk:
            await chats_are_there(desk)
            agent = Agent(desk, outside, sandbox)
            await agent.open("Ana Ruiz")
            await taken(agent, 1)
            agent.press(Qt.Key.Key_Return)
            await all_sent(agent)
            assert await received(agent) == [("message", [hash_of(sample(PICTURE))])]
    finally:
        await outside.close()


@at_the_desk
async def test_a_picture_can_open_a_chat_with_its_greeting_and_a_voice_memo_cannot(
    agent: Agent,
) -> None:
    dialog = Beginning(agent)
    dialog.to("+14155550681")
    drag = Drag(dialog.stage, files_data([sample(SOUND)]))
    assert drag.enter(QPoint(60, 200))
    drag.leave()
    dialog.composer.take_files((sample(SOUND),), as_memos=True)
    await until(lambda: len(dialog.composer.draft().files) == 1, "the memo is in the tray")
    assert "cannot open a chat" in dialog.says("first_message_words")
    assert not dialog.button("send").isEnabled()

    tray = dialog.composer.findChild(QListView, "tray")
    assert isinstance(tray, QListView)
    # The text goes first.
    tray.setCurrentIndex(tray.model().index(1, 0))
    QTest.keyClick(tray, Qt.Key.Key_Delete)
    await until(lambda: not dialog.composer.draft().files, "the memo is gone")
    dialog.composer.take_files((sample(PICTURE),))
    await until(lambda: len(dialog.composer.draft().files) == 1, "the picture is in the tray")
    dialog.write("This is what it looks like")
    assert dialog.says("first_message_words") == ""
    dialog.send()
    await until(lambda: not dialog.is_open, "the chat is open")
    await all_sent(agent)
    ((kind, said),) = await received(agent)
    assert (kind, set(said)) == ("message", {hash_of(sample(PICTURE)), "This is what it looks like"})
