"""Pictures and files leave the thread by dragging, and all files of a message by one wish."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from linqdesk.domain.message import MediaPart, Message
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.thread.pieces import PicturesPiece, Piece
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.ui.drop.drags import Drag

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


@pytest.fixture
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the agent's own."""
    return tmp_path_factory.mktemp("downloads")


async def open_picture(agent: Agent) -> tuple[Message, int, QPointF]:
    """Open a chat with a picture and go to it; returns it with its place in the viewport."""
    window = agent.desk.window
    for chat_id in agent.desk.cache.chat_ids():
        window.open_chat(chat_id)
        await until(lambda: window.is_settled and agent.shown(), "the chat is read")
        view = window.area.messages
        for row in range(view.messages.rowCount()):
            message = view.messages.row_at(row).content
            for piece in view.arrangement.layout_of(row).pieces:
                if not isinstance(piece, PicturesPiece) or not isinstance(message, Message):
                    continue
                if piece.cells[0].part.filename.endswith(".jpg"):
                    view.scrollTo(view.messages.index(row))
                    await until(lambda: window.is_settled, "the picture is there")
                    top_px = view.arrangement.place_of(row)
                    assert top_px is not None
                    cell = view.arrangement.layout_of(row).pieces
                    return message, piece.cells[0].extent.part_index, _middle(cell, top_px)
    pytest.fail("no chat has a picture")


def _middle(pieces: tuple[Piece, ...], top_px: float) -> QPointF:
    (pictures, *_) = [each for each in pieces if isinstance(each, PicturesPiece)]
    return pictures.cells[0].box.center() + QPointF(0, top_px)


def same_bytes(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def pull(agent: Agent, place: QPointF) -> list[QMimeData]:
    """Press a place and pull it away; returns where what is dragged will be."""
    window, dragged = agent.desk.window, list[QMimeData]()

    def begin(drag: QDrag) -> None:
        assert not drag.pixmap().isNull()
        copy = QMimeData()
        copy.setUrls(drag.mimeData().urls())
        dragged.append(copy)

    window.area.build().drag_out.start = begin
    viewport = window.area.messages.viewport()
    for kind, at, buttons in (
        (QEvent.Type.MouseButtonPress, place, LEFT),
        (QEvent.Type.MouseMove, place + QPointF(3, 0), LEFT),
        (QEvent.Type.MouseMove, place + QPointF(40, 10), LEFT),
    ):
        button = LEFT if kind is QEvent.Type.MouseButtonPress else NONE
        event = QMouseEvent(kind, at, at, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)
    return dragged


def let_go(agent: Agent, place: QPointF) -> None:
    """Let the button go at a place."""
    kind, no_key = QEvent.Type.MouseButtonRelease, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, place, LEFT, NONE, no_key)
    QApplication.sendEvent(agent.desk.window.area.messages.viewport(), event)


@at_the_desk
async def test_a_picture_is_dragged_into_another_chat_under_its_own_name(agent: Agent) -> None:
    message, index, place = await open_picture(agent)
    part = message.parts[index]
    assert isinstance(part, MediaPart)
    dragged = pull(agent, place)
    await until(lambda: dragged, "the drag begins")
    (url,) = dragged[0].urls()
    copy = Path(url.toLocalFile())
    assert copy.name == part.filename
    kept = agent.desk.cache.media(part.attachment_id).path
    assert kept is not None
    assert same_bytes(copy, kept)
    # Nothing was selected, and nothing goes on being selected when the pointer moves afterwards.
    assert agent.desk.window.area.messages.text_selection.text() == ""

    chats = agent.desk.window.chats.list
    other = next(each for each in agent.desk.cache.chat_ids() if each != message.chat_id)
    row = chats.chats.row_of(other)
    assert row is not None
    drag = Drag(chats.viewport(), dragged[0])
    at = chats.visualRect(chats.chats.index(row)).center()
    assert drag.enter(at)
    assert drag.drop(at)
    composer = agent.desk.window.area.composer
    await until(lambda: composer.draft().files, "it is in the other chat's draft")
    assert composer.chat_id == other
    assert composer.draft().files[0].name == part.filename


@at_the_desk
async def test_nothing_is_dragged_when_the_button_is_let_go_before_the_copy_is_there(agent: Agent) -> None:
    message, index, place = await open_picture(agent)
    part = message.parts[index]
    assert isinstance(part, MediaPart)
    dragged = pull(agent, place)
    let_go(agent, place + QPointF(40, 10))
    # What was pressed is over: the next pull begins a drag of its own, and the first stays undone. Nothing is
    # awaited between them, for a picture whose size is read a moment later moves away from this place.
    again = pull(agent, place)
    await until(lambda: again, "the second drag begins")
    let_go(agent, place + QPointF(40, 10))
    await until(lambda: agent.desk.session.is_settled, "all copies are made")
    assert dragged == []
    assert len(again) == 1


@at_the_desk
async def test_all_files_of_a_message_are_saved_by_one_wish(agent: Agent, downloads: Path) -> None:
    message, _, _ = await open_picture(agent)
    names = {part.filename for part in message.parts if isinstance(part, MediaPart)}
    page = agent.desk.window.area.build()
    page.messages.acts.files_save_wanted.emit(message)
    dialog = page.findChild(QFileDialog, "save_all_files")
    assert dialog is not None
    dialog.fileSelected.emit(str(downloads))
    dialog.close()
    await until(lambda: {each.name for each in downloads.iterdir()} >= names, "all are saved")
