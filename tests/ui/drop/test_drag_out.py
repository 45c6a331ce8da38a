"""When a pressed file becomes a drag, and when it does not; a journey drags real files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import NotFoundError
from linqdesk.store.cache import Cache
from linqdesk.ui.drop.drag_out import DragOut
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message
from tests.ui.conftest import Wishes
from tests.ui.thread.rows import a_photo

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)
COPY = Path("/nowhere/cat.jpg")
FAR = QPointF(40, 10)


class Desk:
    """A thread with one photo, and a pointer over it."""

    def __init__(self, cache: Cache, wishes: Wishes, qtbot: QtBot) -> None:
        self.wishes, self.qtbot = wishes, qtbot
        self.view = ThreadView(cache, LIGHT)
        pictures = Pictures(cache, wishes, self.view)
        self.view.see_through(pictures)
        self.out = DragOut(self.view, pictures, wishes.media)
        self.begun: list[list[str]] = []
        self.out.start = self._begin
        self.said: list[str] = []
        self.out.said.connect(self.said.append)
        qtbot.addWidget(self.view)
        self.view.resize(700, 500)
        with qtbot.waitExposed(self.view):
            self.view.show()
        cache.merge_messages(
            ANA, [replace(a_message("m", 0), parts=(a_photo("cat.jpg"),))], cache.next_sequence()
        )
        self.view.show_chat(ANA)
        top_px = self.view.arrangement.place_of(0)
        assert top_px is not None
        self.photo = self.view.arrangement.layout_of(0).bubble.center() + QPointF(0, top_px)

    def _begin(self, drag: QDrag) -> None:
        self.begun.append([url.toLocalFile() for url in drag.mimeData().urls()])

    def point(self, kind: QEvent.Type, at: QPointF, *, is_held: bool = True) -> None:
        button = NONE if kind is MOVE else LEFT
        held = LEFT if is_held and kind is not RELEASE else NONE
        event = QMouseEvent(kind, at, at, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.view.viewport(), event)

    def pull(self) -> None:
        self.point(PRESS, self.photo)
        self.point(MOVE, self.photo + FAR)

    def copy(self) -> None:
        """Let the oldest copy be there, and whatever follows from that happen."""
        self.wishes.media.dragging.pop(0)[2](COPY)
        QApplication.processEvents()


@pytest.fixture
def desk(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(cache, wishes, qtbot)
    yield made
    made.view.close()


def test_a_drag_begins_once_the_copy_is_there(desk: Desk) -> None:
    desk.pull()
    assert desk.begun == []
    desk.copy()
    assert desk.begun == [[str(COPY)]]


def test_a_press_that_hardly_moves_copies_nothing(desk: Desk) -> None:
    desk.point(PRESS, desk.photo)
    desk.point(MOVE, desk.photo + QPointF(1, 1))
    assert desk.wishes.media.dragging == []


def test_nothing_is_dragged_once_the_button_was_let_go(desk: Desk) -> None:
    desk.pull()
    desk.point(RELEASE, desk.photo + FAR)
    desk.copy()
    assert desk.begun == []


def test_a_copy_that_comes_late_is_not_dragged_in_place_of_what_is_pressed_now(desk: Desk) -> None:
    desk.pull()
    desk.point(RELEASE, desk.photo + FAR)
    desk.pull()
    desk.copy()
    assert desk.begun == []
    desk.copy()
    assert len(desk.begun) == 1


def test_a_button_that_was_let_go_unseen_drags_nothing(desk: Desk) -> None:
    desk.pull()
    desk.point(MOVE, desk.photo + FAR * 2, is_held=False)
    desk.copy()
    assert desk.begun == []


def test_what_cannot_be_dragged_says_why(desk: Desk) -> None:
    desk.pull()
    desk.wishes.media.dragging.pop()[2](NotFoundError("No longer available"))
    assert desk.said == ["Linq no longer has this."]
    assert desk.begun == []
