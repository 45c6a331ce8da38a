"""Selecting and copying over the parts of one message, files and pictures among them."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from linqdesk.domain.message import LinkPart, TextPart, UnknownPart
from linqdesk.store.cache import Cache
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message
from tests.ui.thread.rows import a_file, a_message_of, a_photo, a_reaction

MIXED = a_message_of(
    TextPart("Look at these"),
    a_photo(),
    a_file("clip.mov", "video/quicktime"),
    a_file("bill.pdf", "application/pdf"),
    LinkPart("https://example.org/x"),
    UnknownPart("hologram", "{}"),
    TextPart("and answer"),
)
LINES = [
    "Look at these",
    "Photo cat.jpg",
    "Video clip.mov",
    "File bill.pdf",
    "https://example.org/x",
    "Unknown content (This version cannot show “hologram”)",
    "and answer",
]


def _show(cache: Cache, view: ThreadView) -> None:
    view.resize(700, 1_200)
    cache.merge_messages(ANA, [MIXED], cache.next_sequence())
    view.show_chat(ANA)


def _spot(view: ThreadView, part: int, share: float) -> QPoint:
    top = view.arrangement.place_of(0)
    assert top is not None
    box = view.arrangement.layout_of(0).pieces[part].box
    return QPointF(box.left() + box.width() * share, box.center().y() + top).toPoint()


def test_a_message_is_copied_with_all_its_parts(cache: Cache, view: ThreadView) -> None:
    _show(cache, view)
    plain = view.viewport().grab().toImage()
    view.text_selection.select_all()
    assert view.text_selection.text().split("\n") == LINES
    assert view.viewport().grab().toImage() != plain


def test_dragging_takes_parts_up_whole(cache: Cache, view: ThreadView) -> None:
    _show(cache, view)
    viewport, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=_spot(view, 1, 0.2))
    QTest.mouseMove(viewport, _spot(view, 3, 0.8))
    QTest.mouseRelease(viewport, left, pos=_spot(view, 3, 0.8))
    assert view.text_selection.text().split("\n") == LINES[1:4]


def test_a_double_click_takes_a_part_up_whole(cache: Cache, view: ThreadView) -> None:
    _show(cache, view)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_spot(view, 4, 0.3))
    assert view.text_selection.text() == LINES[4]


def test_pictures_without_a_cell_are_counted_over_the_last_one(cache: Cache, view: ThreadView) -> None:
    photos = [a_photo(f"{number}.jpg", (a_reaction(),)) for number in range(12)]
    cache.merge_messages(ANA, [a_message_of(*photos)], cache.next_sequence())
    view.show_chat(ANA)
    twelve = view.viewport().grab().toImage()
    cache.merge_messages(ANA, [a_message_of(*photos[:9])], cache.next_sequence())
    assert view.viewport().grab().toImage() != twelve
    assert len(view.arrangement.layout_of(0).badges) == 9


def test_a_message_without_parts_selects_its_note(cache: Cache, view: ThreadView) -> None:
    cache.merge_messages(ANA, [a_message_of(), a_message("n", 2)], cache.next_sequence())
    view.show_chat(ANA)
    view.text_selection.select_row(0)
    assert view.text_selection.text() == "Empty message"
