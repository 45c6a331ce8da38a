from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.domain.outgoing_files import FileSource
from linqdesk.domain.send_gate import Lock, LockReason
from linqdesk.ui.drop.drop_offer import DropOffer
from linqdesk.ui.drop.drop_zone import DropZone, lanes_for
from linqdesk.ui.theme import DARK, LIGHT
from tests.ui.drop.drags import SHIFT, Drag, files_data

LEFT, RIGHT = QPoint(100, 200), QPoint(500, 200)
PICTURE, SOUND = Path("/nowhere/cat.jpg"), Path("/nowhere/memo.m4a")


class Taker:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.lock: Lock | None = None
        self.taken: list[tuple[tuple[FileSource, ...], bool]] = []

    def take_files(self, sources: Sequence[FileSource], *, as_memos: bool = False) -> None:
        self.taken.append((tuple(sources), as_memos))


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def zone(taker: Taker, qtbot: QtBot) -> Iterator[DropZone]:
    window = QWidget()
    window.resize(600, 400)
    made = DropZone(window, taker, LIGHT)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    window.close()


def over(zone: DropZone, data: QMimeData) -> Drag:
    window = zone.parent()
    assert isinstance(window, QWidget)
    return Drag(window, data)


def test_files_have_one_lane_and_a_drop_gives_them_to_the_draft(zone: DropZone, taker: Taker) -> None:
    drag = over(zone, files_data([PICTURE]))
    assert drag.enter(LEFT)
    assert zone.lanes.isVisible()
    assert [lane.title for lane in zone.lanes.lanes] == ["Add this file"]
    assert drag.drop(RIGHT)
    assert taker.taken == [((PICTURE,), False)]
    assert not zone.lanes.isVisible()


def test_sounds_have_two_lanes_and_the_drop_decides(zone: DropZone, taker: Taker) -> None:
    drag = over(zone, files_data([SOUND, PICTURE]))
    assert drag.enter(LEFT)
    assert [lane.title for lane in zone.lanes.lanes] == ["Voice memo", "2 files"]
    chosen = zone.lanes.chosen
    assert chosen is not None
    assert chosen.is_memo
    drag.move(RIGHT)
    drag.drop(RIGHT)
    drag.enter(RIGHT)
    drag.drop(LEFT)
    assert taker.taken == [((SOUND, PICTURE), False), ((SOUND, PICTURE), True)]


def test_a_drop_copies_even_where_the_file_manager_would_move(zone: DropZone) -> None:
    window = zone.parent()
    assert isinstance(window, QWidget)
    drag = Drag(window, files_data([PICTURE]), SHIFT)
    assert drag.enter(LEFT)
    assert drag.drop(LEFT)
    assert drag.actions == [Qt.DropAction.CopyAction] * 2


def test_the_lanes_go_with_the_drag(zone: DropZone, taker: Taker) -> None:
    drag = over(zone, files_data([PICTURE]))
    drag.enter(LEFT)
    drag.leave()
    assert not zone.lanes.isVisible()
    assert taker.taken == []


def test_a_locked_chat_says_why_and_takes_nothing(zone: DropZone, taker: Taker) -> None:
    taker.lock = Lock(LockReason.STOP_WORD, "STOP")
    drag = over(zone, files_data([PICTURE]))
    assert not drag.enter(LEFT)
    assert zone.lanes.isVisible()
    assert "STOP" in zone.lanes.accessibleDescription()
    assert not drag.drop(LEFT)
    assert drag.actions == [Qt.DropAction.IgnoreAction] * 2
    assert taker.taken == []
    assert not zone.lanes.isVisible()


def test_text_is_not_for_the_chat(zone: DropZone) -> None:
    data = QMimeData()
    data.setText("words")
    assert not over(zone, data).enter(LEFT)
    assert not zone.lanes.isVisible()


def test_a_child_that_takes_text_lets_files_through(zone: DropZone, taker: Taker) -> None:
    window = zone.parent()
    assert isinstance(window, QWidget)
    child = QWidget(window)
    child.setGeometry(300, 100, 200, 200)
    child.show()
    drag = Drag(child, files_data([PICTURE]))
    assert drag.enter(QPoint(10, 10))
    assert drag.drop(QPoint(10, 10))
    assert taker.taken == [((PICTURE,), False)]


def test_the_lanes_can_be_drawn_in_every_state(zone: DropZone, taker: Taker) -> None:
    zone.set_theme(DARK)
    drag = over(zone, files_data([SOUND]))
    drag.enter(LEFT)
    two = zone.lanes.grab().toImage()
    taker.lock = Lock(LockReason.HEALTH)
    drag.enter(LEFT)
    assert zone.lanes.grab().toImage() != two


def test_what_lies_below_the_lanes_is_not_painted_for_them(zone: DropZone, qtbot: QtBot) -> None:
    window = zone.parent()
    assert isinstance(window, QWidget)
    child = QWidget(window)
    child.setGeometry(0, 0, 600, 400)
    below = PaintCount(child)
    child.show()
    qtbot.waitUntil(lambda: below.count > 0)
    before = below.count
    drag = over(zone, files_data([SOUND]))
    with events_painted(zone.lanes, qtbot):
        drag.enter(LEFT)
    with events_painted(zone.lanes, qtbot):
        drag.move(RIGHT)
    assert below.count == before
    drag.leave()
    qtbot.waitUntil(lambda: below.count > before)


@contextmanager
def events_painted(lanes: QWidget, qtbot: QtBot) -> Iterator[None]:
    """Wait until the lanes were painted for what is done within."""
    watch = PaintCount(lanes)
    yield
    qtbot.waitUntil(lambda: watch.count > 0)


class PaintCount(QObject):
    """Counts the paintings of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_lanes_that_are_readied_offer_nothing(zone: DropZone) -> None:
    zone.prepare()
    assert not zone.lanes.isVisible()
    assert zone.lanes.lanes == ()


def test_lanes_under_a_drag_are_left_alone(zone: DropZone) -> None:
    over(zone, files_data([PICTURE])).enter(LEFT)
    zone.prepare()
    assert [lane.title for lane in zone.lanes.lanes] == ["Add this file"]
    assert zone.lanes.width() == 600


def test_lanes_say_how_many_and_what_stays_a_file() -> None:
    memo, files = lanes_for(DropOffer(5, 2))
    assert memo.title == "2 voice memos"
    assert memo.detail.endswith("Other files stay files.")
    assert files.title == "5 files"
    assert "10 MB" in memo.detail
    assert "100 MB" in files.detail
    assert lanes_for(DropOffer(3))[0].title == "Add these 3 files"
