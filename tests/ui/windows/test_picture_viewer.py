import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import AttachmentId
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.pictures import Pictures, Pool
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.media.recordings import Recordings
from linqdesk.ui.media.saver import MediaItem, Saver
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.windows.picture_viewer import VIEWER_POOL_BYTES, MediaSources, PictureViewer
from tests.ui.conftest import Wishes
from tests.ui.media.desk import Desk, photo, pixels


class Stage:
    """A viewer with three pictures."""

    def __init__(self, qtbot: QtBot, cache: Cache, wishes: Wishes) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(1_000, 800)
        qtbot.addWidget(self.window)
        self.window.show()
        self.desk = Desk(cache, wishes, Pool(VIEWER_POOL_BYTES, VIEWER_POOL_BYTES))
        self.thumbnails = Pictures(cache, wishes, self.window)
        saver = Saver(wishes, self.window)
        self.recordings = Recordings(cache, wishes, Playback(self.window), self.window)
        sources = MediaSources(self.desk.pictures, self.thumbnails, self.recordings)
        self.viewer = PictureViewer(sources, saver, LIGHT, self.window)
        for name in ("cat", "dog", "owl"):
            self.desk.arrive(name)
        self.items = [MediaItem(photo(name), 0) for name in ("cat", "dog", "owl")]

    def show(self, at: int = 0) -> None:
        self.viewer.show_items(self.items, at)
        # Shortcuts belong to the active window.
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.viewer)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.viewer.canvas, key, modifiers)

    def name(self) -> str:
        item = self.viewer.item
        return "" if item is None else item.name

    def words(self, object_name: str) -> str:
        label = self.viewer.findChild(QLabel, object_name)
        assert label is not None
        return label.text()

    def button(self, object_name: str) -> QAbstractButton:
        button = self.viewer.findChild(QAbstractButton, object_name)
        assert button is not None
        return button


@pytest.fixture
def stage(qtbot: QtBot, cache: Cache, wishes: Wishes) -> Stage:
    return Stage(qtbot, cache, wishes)


def test_a_picture_is_decoded_for_the_window_and_shown_with_its_facts(stage: Stage) -> None:
    stage.show(1)
    stage.desk.decoded(pixels(400, 300))
    assert stage.name() == "dog.jpg"
    assert stage.words("picture_name") == "dog.jpg"
    assert stage.words("picture_facts").startswith("2 of 3 · 4000 × 3000 · 1 KB · ")
    assert stage.viewer.canvas.accessibleName() == "Picture dog.jpg, 2 of 3"
    assert stage.viewer.canvas.hasFocus()


def test_keys_go_through_the_pictures_and_stop_at_the_ends(stage: Stage) -> None:
    stage.show()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Home):
        stage.press(key)
        seen.append(stage.name())
    assert seen == ["dog.jpg", "owl.jpg", "owl.jpg", "dog.jpg", "cat.jpg"]
    assert not stage.button("previous_picture").isEnabled()
    stage.press(Qt.Key.Key_End)
    assert stage.name() == "owl.jpg"
    assert not stage.button("next_picture").isEnabled()


def test_keys_zoom_and_fit(stage: Stage) -> None:
    stage.show()
    stage.desk.decoded(pixels(400, 300))
    whole = stage.viewer.canvas.scale
    stage.press(Qt.Key.Key_Plus)
    stage.press(Qt.Key.Key_Plus)
    assert stage.viewer.canvas.scale == pytest.approx(whole * 1.25**2)
    stage.press(Qt.Key.Key_Minus)
    assert stage.viewer.canvas.scale == pytest.approx(whole * 1.25)
    stage.press(Qt.Key.Key_0)
    assert stage.viewer.canvas.is_fitted


def test_what_comes_nearer_is_decoded_anew(stage: Stage) -> None:
    stage.show()
    stage.desk.decoded(pixels(1_000, 750))
    stage.viewer.canvas.grab()
    assert stage.desk.wishes.media.decoding == []
    stage.viewer.canvas.zoom_by(3.0)
    stage.viewer.canvas.grab()
    assert stage.desk.order()[0] > 1_000


def test_the_thread_s_pixels_are_shown_until_better_ones_come(stage: Stage) -> None:
    stage.thumbnails.look_at(photo("cat"), 0, 100, 75, 1.0)
    stage.desk.decoded(pixels(100, 75))
    stage.show()
    image = stage.viewer.canvas.grab().toImage()
    assert image.pixelColor(image.rect().center()).getRgb() == (0x30, 0x20, 0x10, 0xFF)


def test_copying_puts_the_picture_on_the_clipboard(stage: Stage) -> None:
    stage.show()
    QGuiApplication.clipboard().clear()
    stage.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().pixmap().isNull()
    stage.desk.decoded(pixels(400, 300))
    stage.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().pixmap().width() == 400
    assert stage.words("picture_said") == "Copied."
    stage.viewer.step(1)
    assert stage.words("picture_said") == ""


def test_escape_closes_and_gives_the_pixels_back(stage: Stage) -> None:
    stage.show()
    stage.desk.decoded(pixels(400, 300))
    assert stage.desk.pictures.held_bytes > 0
    stage.press(Qt.Key.Key_Escape)
    assert not stage.viewer.isVisible()
    assert stage.desk.pictures.held_bytes == 0


def test_what_cannot_be_shown_says_why_and_can_be_asked_for(stage: Stage, cache: Cache) -> None:
    cache.set_media(AttachmentId("cat"), MediaFile(MediaState.TOO_LARGE, size_bytes=34_000_000))
    stage.show()
    retry = stage.button("retry_picture")
    assert (retry.isVisible(), retry.text()) == (True, "Load it")
    assert stage.viewer.canvas.accessibleDescription() == "Large file, 34 MB"
    retry.click()
    assert stage.desk.wishes.media.retried == [("cat", 0)]
    cache.set_media(AttachmentId("cat"), MediaFile(MediaState.GONE))
    assert not retry.isVisible()
    assert stage.viewer.canvas.accessibleDescription() == "No longer available"


def test_saving_one_and_all_asks_where_to(stage: Stage) -> None:
    stage.show()
    for keys, dialog_name in (
        (Qt.KeyboardModifier.ControlModifier, "save_file"),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "save_all_files"),
    ):
        stage.press(Qt.Key.Key_S, keys)
        dialog = stage.window.findChild(QWidget, dialog_name)
        assert dialog is not None
        assert dialog.isVisible()
        dialog.close()


def test_every_control_has_a_name_and_takes_the_focus(stage: Stage) -> None:
    stage.show()
    buttons = stage.viewer.findChildren(QToolButton)
    assert {each.accessibleName() for each in buttons} >= {
        "Zoom in",
        "Zoom out",
        "Save picture",
        "Close pictures",
    }
    for each in buttons:
        assert each.accessibleName()
        assert each.objectName()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert min(each.width(), each.height()) >= 28


def test_one_picture_alone_needs_no_saving_of_all(stage: Stage) -> None:
    stage.viewer.show_items(stage.items[:1], 0)
    assert stage.button("save_all_pictures").isHidden()
    assert stage.words("picture_facts") == "1 KB"


def test_another_theme_is_worn_at_once(stage: Stage) -> None:
    stage.show()
    stage.viewer.set_theme(DARK)
    assert stage.viewer.canvas.grab().toImage().pixelColor(3, 3) == DARK.panel


def test_another_program_can_be_asked_to_open_it(stage: Stage) -> None:
    stage.show(2)
    stage.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert [(each[0], each[1]) for each in stage.desk.wishes.media.opening] == [("owl", 0)]
