import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.ui.media.picture_canvas import MAX_ZOOM, PictureCanvas
from linqdesk.ui.theme import LIGHT

UPRIGHT = False
RED = QColor("#FF0000")


class Stage:
    """A canvas of 400 by 300 and the sizes at which it asked for pixels."""

    def __init__(self, qtbot: QtBot) -> None:
        self.asked: list[QSizeF] = []
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.canvas = PictureCanvas(LIGHT, self.look, self.parent)
        self.canvas.resize(400, 300)
        self.steps: list[int] = []
        self.canvas.step_wished.connect(self.steps.append)
        self.parent.show()

    def look(self, size: QSizeF) -> QPixmap | None:
        self.asked.append(size)
        pixmap = QPixmap(40, 30)
        pixmap.fill(RED)
        return pixmap

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.canvas, key)

    def box(self) -> tuple[int, int, int, int]:
        box = self.canvas.picture_box().toRect()
        return box.x(), box.y(), box.width(), box.height()

    def turn_wheel(self, notches: float, x: int, y: int) -> None:
        at = QPointF(x, y)
        event = QWheelEvent(
            at,
            self.canvas.mapToGlobal(at),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            UPRIGHT,
        )
        QApplication.sendEvent(self.canvas, event)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_a_large_picture_is_fitted_in_and_a_small_one_keeps_its_size(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 2_000), "")
    assert stage.box() == (0, 50, 400, 200)
    stage.canvas.show_picture((40, 30), "")
    assert stage.box() == (180, 135, 40, 30)


def test_pixels_are_asked_for_at_the_size_of_the_picture(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    stage.canvas.grab()
    assert stage.asked[-1] == QSizeF(400, 300)
    stage.canvas.zoom_by(2.0)
    stage.canvas.grab()
    assert stage.asked[-1] == QSizeF(800, 600)


def test_the_picture_is_painted_where_its_box_is(stage: Stage) -> None:
    stage.canvas.show_picture((40, 30), "")
    image = stage.canvas.grab().toImage()
    assert image.pixelColor(200, 150) == RED
    assert image.pixelColor(20, 20) == LIGHT.panel


def test_the_wheel_comes_nearer_to_what_lies_under_the_pointer(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    stage.turn_wheel(4, 100, 75)
    box = stage.canvas.picture_box()
    assert box.width() > 900
    assert (100 - box.left()) / box.width() == pytest.approx(0.25)
    assert (75 - box.top()) / box.height() == pytest.approx(0.25)


def test_zoom_ends_where_single_pixels_are_seen_and_where_all_is_seen(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    stage.canvas.zoom_by(10_000)
    assert stage.canvas.scale == MAX_ZOOM
    stage.canvas.zoom_by(1 / 10_000)
    assert stage.canvas.is_fitted
    assert stage.box() == (0, 0, 400, 300)


def test_a_small_picture_can_be_made_small_no_further(stage: Stage) -> None:
    stage.canvas.show_picture((40, 30), "")
    stage.canvas.zoom_by(0.1)
    assert stage.canvas.scale == pytest.approx(1.0)


def test_arrows_move_a_picture_that_is_larger_than_its_frame_but_not_out_of_it(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    stage.canvas.zoom_by(2.0)
    x, y, width, height = stage.box()
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_Down)
    assert stage.box() == (x - 80, y - 80, width, height)
    for _ in range(20):
        stage.press(Qt.Key.Key_Right)
        stage.press(Qt.Key.Key_Down)
    assert stage.box() == (400 - width, 300 - height, width, height)
    assert stage.steps == []


def test_arrows_go_to_the_neighbours_where_there_is_nothing_to_move(stage: Stage) -> None:
    stage.canvas.show_picture((40, 30), "")
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_Left)
    assert stage.steps == [1, -1]


def test_the_pointer_drags_the_picture(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    stage.canvas.zoom_by(2.0)
    x, y, _, _ = stage.box()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(stage.canvas, left, pos=QPoint(200, 150))
    QTest.mouseMove(stage.canvas, QPoint(230, 160))
    QTest.mouseRelease(stage.canvas, left, pos=QPoint(230, 160))
    assert stage.box()[:2] == (x + 30, y + 10)
    QTest.mouseMove(stage.canvas, QPoint(10, 10))
    assert stage.box()[:2] == (x + 30, y + 10)


def test_a_double_click_goes_to_single_pixels_and_back(stage: Stage) -> None:
    stage.canvas.show_picture((4_000, 3_000), "")
    QTest.mouseDClick(stage.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert stage.canvas.scale == pytest.approx(1.0)
    QTest.mouseDClick(stage.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert stage.canvas.is_fitted


def test_without_a_picture_there_is_nothing_to_zoom_and_its_words_are_drawn(stage: Stage) -> None:
    stage.canvas.show_picture(None, "")
    before = stage.canvas.grab().toImage()
    stage.canvas.zoom_by(2.0)
    assert stage.canvas.is_fitted
    stage.canvas.show_picture(None, "No longer available")
    assert stage.canvas.grab().toImage() != before
