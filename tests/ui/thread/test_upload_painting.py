"""The ring over a file of ours tells how far it is, by its arc and by its words."""

from dataclasses import replace
from math import cos, radians, sin

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from linqdesk.domain.outgoing import Content, OutgoingPart
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.store.cache import Cache
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.ui.thread.pieces import AudioPiece, FilePiece, PicturesPiece, VideoPiece
from linqdesk.ui.thread.thread_view import ThreadView
from tests.domain.files import a_file
from tests.store.messages import ANA, a_send

WAITING, RUNNING, DONE = UploadState.WAITING, UploadState.RUNNING, UploadState.DONE
FAILED, HELD = UploadState.FAILED, UploadState.HELD
PICTURE, PAPER = a_file("cat.jpg"), a_file("bill.pdf", "application/pdf")
FILM, MEMO = a_file("film.mp4", "video/mp4"), a_file("memo.m4a", "audio/x-m4a")
# The middle of the line of each ring, from its centre: over a picture, a card, and within players' discs.
_LARGE_PX, _SMALL_PX, _FILM_PX, _SOUND_PX = 18, 13, 20, 14


def _show(cache: Cache, view: ThreadView, *parts: OutgoingPart) -> None:
    cache.add_outgoing(replace(a_send("local"), content=Content(parts)))
    view.show_chat(ANA)


def _boxes(view: ThreadView) -> list[QRectF]:
    """Where rings belong, in the viewport."""
    row = view.messages.rowCount() - 1
    top_px = view.arrangement.place_of(row)
    assert top_px is not None
    found: list[QRectF] = []
    for piece in view.arrangement.layout_of(row).pieces:
        match piece:
            case PicturesPiece():
                found += [cell.box for cell in piece.cells]
            case VideoPiece():
                found.append(piece.box)
            case AudioPiece():
                found.append(piece.player.disc)
            case FilePiece():
                found.append(piece.places.icon)
            case _:
                continue
    return [box.translated(0, top_px) for box in found]


def _image(view: ThreadView) -> QImage:
    return view.viewport().grab().toImage()


def _on_ring(view: ThreadView, box: QRectF, radius_px: int, degrees: float) -> QColor:
    """The colour on the ring so many degrees after its top, clockwise."""
    angle = radians(degrees)
    at = box.center() + QPointF(sin(angle), -cos(angle)) * radius_px
    return _image(view).pixelColor(round(at.x() - 0.5), round(at.y() - 0.5))


def _is_done(at: QColor, undone: QColor) -> bool:
    """Tell whether a place on the ring is plainly another colour than where nothing has left yet."""
    return abs(at.lightnessF() - undone.lightnessF()) > 0.15


@pytest.mark.parametrize(
    ("part", "file", "radius_px"),
    [
        (PICTURE, PICTURE, _LARGE_PX),
        (FILM, FILM, _FILM_PX),
        (PAPER, PAPER, _SMALL_PX),
        (OutgoingVoiceMemo(MEMO, 900), MEMO, _SOUND_PX),
    ],
    ids=["picture", "video", "paper", "memo"],
)
def test_the_ring_closes_clockwise_as_the_file_leaves(
    cache: Cache, view: ThreadView, part: OutgoingPart, file: OutgoingFile, radius_px: int
) -> None:
    _show(cache, view, part)
    cache.uploads.set(file.key, Upload(RUNNING, 0, 1_000))
    (box,) = _boxes(view)
    undone = _on_ring(view, box, radius_px, 45)
    for sent_bytes, done in ((0, []), (300, [45]), (600, [45, 135]), (1_000, [45, 135, 225, 315])):
        cache.uploads.set(file.key, Upload(RUNNING, sent_bytes, 1_000))
        colours = {each: _on_ring(view, box, radius_px, each) for each in (45, 135, 225, 315)}
        assert [each for each, colour in colours.items() if _is_done(colour, undone)] == done


def test_each_file_of_a_message_has_a_ring_of_its_own(cache: Cache, view: ThreadView) -> None:
    dog = a_file("dog.jpg")
    _show(cache, view, PICTURE, dog)
    cache.uploads.set(PICTURE.key, Upload(RUNNING, 1_000, 1_000))
    cache.uploads.set(dog.key, Upload(WAITING, 0, 1_000))
    first, second = _boxes(view)
    assert _is_done(_on_ring(view, first, _LARGE_PX, 225), _on_ring(view, second, _LARGE_PX, 225))


@pytest.mark.parametrize("state", [None, DONE, HELD])
def test_nothing_lies_over_a_file_that_does_not_move(
    cache: Cache, view: ThreadView, state: UploadState | None
) -> None:
    _show(cache, view, PICTURE)
    before = _image(view)
    cache.uploads.set(PICTURE.key, Upload(RUNNING, 400, 1_000))
    assert _image(view) != before
    if state is None:
        cache.uploads.forget(PICTURE.key)
    else:
        cache.uploads.set(PICTURE.key, Upload(state, 0, 1_000))
    assert _image(view) == before


def test_what_failed_is_marked_by_more_than_its_colour(cache: Cache, view: ThreadView) -> None:
    _show(cache, view, PICTURE)
    images = []
    for state in (WAITING, RUNNING, FAILED):
        cache.uploads.set(PICTURE.key, Upload(state, 0, 1_000))
        images.append(_image(view).convertToFormat(QImage.Format.Format_Grayscale8))
    assert images[0] != images[1] != images[2] != images[0]


def test_a_part_says_how_far_its_upload_is(cache: Cache, view: ThreadView) -> None:
    _show(cache, view, PICTURE, PAPER)
    cache.uploads.set(PICTURE.key, Upload(RUNNING, 410, 1_000))
    cache.uploads.set(PAPER.key, Upload(FAILED, 0, 1_000))
    words = [part.words for part in view.spoken_parts(view.messages.rowCount() - 1)]
    assert words[0].endswith(", 41% uploaded")
    assert words[1].endswith(", not uploaded")
