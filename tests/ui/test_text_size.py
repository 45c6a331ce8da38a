from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.store.cache import Cache
from linqdesk.ui.chat_list.chat_delegate import ChatDelegate
from linqdesk.ui.chat_list.chat_look import ROW_PX, ChatLook
from linqdesk.ui.composer.message_edit import MIN_PX, MessageEdit
from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle, wear
from linqdesk.ui.text_size import note_system_size, wear_height, wear_zoom
from linqdesk.ui.theme import DARK, LIGHT, FontSize, font, text_scale


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    sheet = qapp.styleSheet()
    install_fonts(qapp)
    wear(qapp, LIGHT)
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    qapp.setStyleSheet(sheet)


def test_zoom_enlarges_labels_and_they_stay_so_whatever_dresses_them_anew(
    desk: QWidget, qapp: QApplication
) -> None:
    label = PlainLabel(desk, FontSize.META, QFont.Weight.DemiBold)
    desk.show()
    wear_zoom(LIGHT, 1.5)
    assert label.font().pixelSize() == 18
    assert label.font().weight() is QFont.Weight.DemiBold
    # Qt has its own memory of the fonts of widgets that a style sheet dresses.
    restyle(label, danger=True)
    wear(qapp, DARK)
    label.setParent(QWidget(desk))
    assert label.font().pixelSize() == 18
    wear_zoom(DARK, 1.0)
    assert label.font().pixelSize() == 12


def test_zoom_enlarges_the_field_and_what_was_put_aside_while_text_was_small(desk: QWidget) -> None:
    edit = MessageEdit(LIGHT, desk)
    aside = edit.document()
    edit.show_document(edit.new_document())
    desk.show()
    wear_zoom(LIGHT, 2.0)
    assert edit.document().defaultFont().pixelSize() == 28
    assert edit.viewport().font().pixelSize() == 28
    assert edit.height() == 2 * MIN_PX
    edit.show_document(aside)
    assert edit.document().defaultFont().pixelSize() == 28


def test_zoom_makes_room_for_the_words_of_chats_and_less_zoom_takes_none(desk: QWidget) -> None:
    rows = ChatDelegate(Cache(), ChatLook(LIGHT), desk)
    for zoom, height in ((1.5, 96), (0.8, ROW_PX)):
        wear_zoom(LIGHT, zoom)
        assert rows.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() == height


def test_a_fixed_height_grows_by_its_words_alone(desk: QWidget) -> None:
    strip = QWidget(desk)
    wear_height(strip, 56, 34)
    wear_zoom(LIGHT, 2.0)
    assert strip.height() == 90
    wear_zoom(LIGHT, 1.0)
    assert strip.height() == 56


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("system_px", "scale"), [(12, 1.0), (15, 1.0), (30, 2.0)])
def test_larger_text_of_the_system_is_taken_over_and_zoom_comes_on_top(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system_px: int, scale: float
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    asked_for = QFont()
    asked_for.setPixelSize(system_px)
    qapp.setFont(asked_for)
    note_system_size(qapp)
    try:
        wear_zoom(LIGHT, 1.0)
        assert text_scale() == scale
        assert font(FontSize.META).pixelSize() == round(12 * scale)
        wear_zoom(LIGHT, 2.0)
        assert text_scale() == min(2.5, 2 * scale)
    finally:
        wear_zoom(LIGHT, 1.0)
        note_system_size(qapp)
