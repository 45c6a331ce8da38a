"""A file of ours leaves the thread by dragging before Linq has it, as it was given."""

from pathlib import Path

from PySide6.QtCore import QPointF

from linqdesk.ui.thread.pieces import PicturesPiece
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.test_drag_files_out import let_go, pull, same_bytes
from tests.journeys.test_look_at_what_is_being_sent import NO_SLOT, PICTURE, downloads, is_known, sample, send
from tests.ui.drop.drags import Drag


def _middle_of_picture(agent: Agent, row: int) -> QPointF:
    view = agent.desk.window.area.messages
    top_px = view.arrangement.place_of(row)
    assert top_px is not None
    piece = view.arrangement.layout_of(row).pieces[0]
    assert isinstance(piece, PicturesPiece)
    return piece.cells[0].box.translated(0, top_px).center()


@at_the_desk
async def test_a_picture_that_waits_to_be_sent_is_dragged_into_another_chat(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    await agent.outside.fault(NO_SLOT)
    row = await send(agent, PICTURE)
    media = agent.desk.window.area.build().media
    await until(lambda: media.pictures.held_bytes and media.pictures.is_settled, "it is decoded")
    place = _middle_of_picture(agent, row)
    dragged = pull(agent, place)
    await until(lambda: dragged, "the drag begins")
    let_go(agent, place)
    copy = Path(dragged[0].urls()[0].toLocalFile())
    assert copy.name == PICTURE
    assert same_bytes(copy, sample(PICTURE))
    assert not is_known(agent, row)
    # It came from this computer, not from Linq.
    assert await downloads(agent) == []

    chats = agent.desk.window.chats.list
    here = agent.desk.window.open_chat_id
    other = next(each for each in agent.desk.cache.chat_ids() if each != here)
    at_row = chats.chats.row_of(other)
    assert at_row is not None
    at = chats.visualRect(chats.chats.index(at_row)).center()
    drag = Drag(chats.viewport(), dragged[0])
    assert drag.enter(at)
    assert drag.drop(at)
    composer = agent.desk.window.area.composer
    await until(lambda: composer.draft().files, "it is in the other chat's draft")
    assert composer.chat_id == other
    # The send of which it was dragged goes on.
    assert [each.content.parts for each in agent.desk.cache.unsent()] != []
