from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import AttachmentId, MessageId, RowKey
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.store.cache import Cache
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.media.flipbook import Movement
from linqdesk.ui.media.saver import MediaItem
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.windows.media_desk import MediaDesk
from tests.domain.files import a_file
from tests.store.messages import ANA, a_message, a_send
from tests.ui.conftest import Wishes


def album(name: str, minute: int, *types: str) -> Message:
    files = tuple(
        MediaPart(AttachmentId(f"{name} {each}"), each, each, 10, "https://cdn/x") for each in types
    )
    return replace(a_message(name, minute), parts=(TextPart("look"), *files))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def desk(window: QWidget, cache: Cache, wishes: Wishes) -> MediaDesk:
    messages = [
        album("first", 1, "image/png", "application/pdf"),
        album("second", 2, "image/jpeg", "image/svg+xml", "image/heic"),
    ]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    return MediaDesk(cache, wishes, Movement(FrameClock(window), lambda: False), LIGHT, window)


def message(cache: Cache, name: str) -> Message:
    found = cache.message(ANA, MessageId(name))
    assert found is not None
    return found


def test_a_picture_opens_among_its_chat_s_pictures(desk: MediaDesk, cache: Cache) -> None:
    desk.open_picture(message(cache, "second"), 1)
    assert desk.viewer is not None
    assert desk.viewer.isVisible()
    item = desk.viewer.item
    assert item is not None
    assert item.part.mime_type == "image/jpeg"
    names = [each.part.mime_type for each in desk.viewer_items(ANA)]
    assert names == ["image/png", "image/jpeg", "image/heic"]


def test_what_is_no_picture_opens_no_viewer(desk: MediaDesk, cache: Cache) -> None:
    desk.open_picture(message(cache, "first"), 2)
    desk.open_picture(message(cache, "first"), 0)
    desk.open_picture(a_message("nobody", 9), 0)
    assert desk.viewer is None


def test_files_are_saved(desk: MediaDesk, window: QWidget, cache: Cache) -> None:
    desk.save(message(cache, "first"), 2)
    dialog = window.findChild(QDialog, "save_file")
    assert dialog is not None
    dialog.reject()


def test_a_file_is_opened_elsewhere(desk: MediaDesk, cache: Cache, wishes: Wishes) -> None:
    desk.open_elsewhere(message(cache, "first"), 2)
    desk.open_elsewhere(message(cache, "first"), 0)
    assert [(name, index) for name, index, _done in wishes.media.opening] == [("first", 2)]


def test_what_is_no_file_is_left_alone(desk: MediaDesk, window: QWidget, cache: Cache) -> None:
    desk.save(message(cache, "first"), 0)
    assert window.findChild(QDialog, "save_file") is None


def test_the_viewer_wears_what_the_window_wears(desk: MediaDesk, cache: Cache) -> None:
    desk.set_theme(DARK)
    desk.open_picture(message(cache, "second"), 1)
    desk.set_theme(LIGHT)
    assert desk.viewer is not None
    assert desk.viewer.canvas.grab().toImage().pixelColor(3, 3) == LIGHT.panel


def test_what_came_of_a_wish_is_said(desk: MediaDesk, cache: Cache, wishes: Wishes) -> None:
    said: list[str] = []
    desk.said.connect(said.append)
    desk.saver.open_elsewhere(MediaItem(message(cache, "first"), 2))
    wishes.media.opening[0][2](LocalFaultError("Not opened."))
    assert said == ["Not opened."]


def test_a_picture_of_ours_opens_before_linq_has_it(desk: MediaDesk, cache: Cache) -> None:
    cache.add_outgoing(replace(a_send("local"), content=Content((OutgoingText("look"), a_file("cat.jpg")))))
    row = cache.row(ANA, RowKey("local"))
    assert row is not None
    waiting = media_message(row.content)
    assert waiting is not None
    desk.open_picture(waiting, 1)
    assert desk.viewer is not None
    assert desk.viewer.item is not None
    assert desk.viewer.item.name == "cat.jpg"
    assert len(desk.viewer_items(ANA)) == 4
