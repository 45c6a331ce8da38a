"""The agent leafs through the story "gallery": every item of every kind is painted, and what moves moves.

It takes some seconds: every file of the story is fetched from the sandbox, decoded and drawn.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from linqdesk.domain.ids import ChatId
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.effect_facts import effect_of, is_animated
from linqdesk.ui.thread.pieces import PicturesPiece, Piece
from linqdesk.ui.thread.row_layout import RowLayout
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

_TALL = (1_100, 1_700)
# A placeholder for a picture is its ground with a small icon.
_MOST_GROUND_SHARE = 0.9
_GROUND = LIGHT.incoming.surface
_KINDS = {kind.__name__ for kind in Piece.__args__}
_PLACES = ("heading", "name", "avatar", "quote", "unread_bar", "effect", "status")


@dataclass
class _Seen:
    """What has been painted so far, and what has not."""

    kinds: Counter[str] = field(default_factory=Counter)
    blank: list[str] = field(default_factory=list)

    def note(self, kind: str, image: QImage, what: str) -> None:
        """Take note of something that must not be blank, which is: of one colour."""
        self.kinds[kind] += 1
        if len(_colours(image)) < 2:
            self.blank.append(f"{kind}: {what}")

    def note_picture(self, image: QImage, what: str) -> None:
        """Take note of a picture that was decoded: it must not look like a placeholder."""
        self.kinds["picture"] += 1
        colours = _colours(image)
        ground = bytes((_GROUND.blue(), _GROUND.green(), _GROUND.red()))
        if len(colours) < 2 or colours[ground] > _MOST_GROUND_SHARE * colours.total():
            self.blank.append(f"picture: {what}")


def _colours(image: QImage) -> Counter[bytes]:
    pixels = bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    return Counter(pixels[at : at + 3] for at in range(0, len(pixels), 4))


def _cut(page: QImage, box: QRectF, y_px: float) -> QImage:
    return page.copy(box.translated(0, y_px).toAlignedRect())


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


async def _calm(agent: Agent) -> None:
    """Wait until all that is on screen was fetched and decoded."""
    desk = agent.desk
    desk.window.area.messages.viewport().repaint()
    await until(lambda: desk.session.is_settled and desk.window.is_settled, "all on screen is there")
    desk.window.area.messages.viewport().repaint()


async def _open_whole(agent: Agent, name: str) -> None:
    """Open a chat and wait until all of it was told: the window is so high that it asks by itself."""
    chat_id = await agent.open(name)
    await until(lambda: not agent.desk.cache.history(chat_id).has_older, "the whole chat is there")
    await _calm(agent)


def _look(seen: _Seen, page: QImage, layout: RowLayout, y_px: float, agent: Agent) -> None:
    """Look at everything in one row."""
    pictures = agent.desk.window.area.build().media.pictures
    for piece in layout.pieces:
        seen.note(type(piece).__name__, _cut(page, piece.box, y_px), str(piece)[:80])
        for cell in piece.cells if isinstance(piece, PicturesPiece) else ():
            if pictures.natural_size(cell.part) is not None:
                seen.note_picture(_cut(page, cell.box, y_px), cell.part.filename)
    for badge in layout.badges:
        kind = "sticker" if badge.sticker is not None else "reaction"
        seen.note(kind, _cut(page, badge.box, y_px), str(badge))
    for name in _PLACES:
        box: QRectF | None = getattr(layout, name)
        if box is not None:
            seen.note(name, _cut(page, box, y_px), str(box))


async def _leaf_through(agent: Agent, seen: _Seen) -> None:
    """Look at every row of the open thread; it must be wholly on screen for that."""
    view = agent.desk.window.area.messages
    left = set(range(view.messages.rowCount()))
    while left:
        view.scrollTo(view.messages.index(min(left)))
        await _calm(agent)
        view.scrollTo(view.messages.index(min(left)))
        await _calm(agent)
        page = view.viewport().grab().toImage()
        whole = {
            row: y_px
            for row, y_px in view.arrangement.visible()
            if y_px >= 0 and y_px + view.arrangement.layout_of(row).height_px <= page.height()
        }
        assert min(left) in whole
        for row in left & set(whole):
            _look(seen, page, view.arrangement.layout_of(row), whole[row], agent)
        left -= set(whole)


def _rename(agent: Agent, chat_id: ChatId) -> None:
    summary = agent.desk.cache.summary(chat_id)
    assert summary is not None
    agent.desk.cache.merge_chats([replace(summary.chat, display_name="The long loop")])


def _titles(agent: Agent) -> dict[ChatId, str]:
    chats = agent.desk.window.chats.list.chats
    rows = {chat_id: chats.row_of(chat_id) for chat_id in agent.desk.cache.chat_ids()}
    return {chat_id: str(chats.index(row).data()) for chat_id, row in rows.items() if row is not None}


@at_the_desk
async def test_every_item_of_the_gallery_is_painted(agent: Agent) -> None:
    agent.desk.window.resize(*_TALL)
    seen = _Seen()
    titles = _titles(agent)
    assert set(titles) == set(agent.desk.cache.chat_ids())
    # By id: where all this takes longer, one of them is renamed meanwhile.
    for chat_id, title in titles.items():
        await _open_whole(agent, chat_id)
        if title == "Changing group":
            _rename(agent, chat_id)
        await _leaf_through(agent, seen)
    assert seen.blank == []
    assert seen.kinds["picture"] >= 25
    missing = {*_KINDS, *_PLACES, "sticker", "reaction"} - set(seen.kinds)
    assert missing == set()


async def _moves(agent: Agent, still: QImage, what: str) -> None:
    """Wait for two pictures that differ from what stood still and from each other."""
    viewport = agent.desk.window.area.messages.viewport()
    frames: list[QImage] = []

    def has_moved() -> bool:
        frame = viewport.grab().toImage()
        if frame != still and frame not in frames:
            frames.append(frame)
        return len(frames) >= 2

    await until(has_moved, f"{what} moves")


async def _replay_all(agent: Agent, title: str) -> list[str]:
    """Replay whatever moves in a chat; returns the names of the effects that did."""
    await _open_whole(agent, title)
    view, played = agent.desk.window.area.messages, []
    for number in range(view.messages.rowCount()):
        row = view.messages.row_at(number)
        effect = effect_of(row)
        if not is_animated(row) and (effect is None or effect.name == "origami"):
            continue
        view.scrollTo(view.messages.index(number))
        still = view.viewport().grab().toImage()
        assert view.effects.replay(row.key)
        await _moves(agent, still, effect.name if effect is not None else row.content.text)
        played.append(effect.name if effect is not None else "text")
        view.effects.stop()
        await until(lambda: not view.effects.is_moving, "all is still")
    return played


@at_the_desk
async def test_everything_that_can_move_in_the_gallery_moves(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    window.resize(*_TALL)
    assert (await _replay_all(agent, "Animated text")).count("text") == 10
    assert {"slam", "loud", "gentle", "invisible"} <= set(await _replay_all(agent, "Bubble effects"))
    assert set(await _replay_all(agent, "Screen effects")) == set(SCREEN_EFFECTS)
    assert not window.area.messages.effects.clock.is_running
