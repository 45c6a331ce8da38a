from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPointF, QRectF

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Effect, LinkPart, MediaPart, ReplyTo, TextPart, UnknownPart
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.quotes import Quote
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.thread.bubble_layout import lay_out
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.pieces import (
    AppPiece,
    AudioPiece,
    FilePiece,
    LinkPiece,
    NotePiece,
    PicturesPiece,
    TextPiece,
    VideoPiece,
)
from linqdesk.ui.thread.row_layout import RowLayout
from linqdesk.ui.thread.targets import (
    AudioTarget,
    EffectTarget,
    FileTarget,
    LinkTarget,
    MoreTarget,
    PictureTarget,
    QuoteTarget,
    ReactionTarget,
    VideoTarget,
)
from tests.ui.thread.rows import STYLE, a_file, a_message_of, a_photo, a_reaction, laid_out

pytestmark = pytest.mark.usefixtures("qapp")
LEFT, RIGHT = STYLE.column
GAP = 2


def _always(size: tuple[int, int], _part: MediaPart) -> tuple[int, int]:
    return size


def test_every_kind_of_part_becomes_its_kind_of_piece_one_below_the_other() -> None:
    parts = (
        TextPart("text"),
        a_photo(),
        a_file("clip.mov", "video/quicktime"),
        a_file("memo.m4a", "audio/x-m4a"),
        a_file("bill.pdf", "application/pdf"),
        LinkPart("https://example.com/x"),
        UnknownPart("hologram", "{}"),
    )
    layout = laid_out(a_message_of(*parts))
    kinds = (TextPiece, PicturesPiece, VideoPiece, AudioPiece, FilePiece, LinkPiece, AppPiece)
    assert [type(piece) for piece in layout.pieces] == list(kinds)
    assert [piece.extent.part_index for piece in layout.pieces] == list(range(7))
    for above, below in zip(layout.pieces, layout.pieces[1:], strict=False):
        assert below.box.top() == above.box.bottom() + GAP
    assert layout.bubble.bottom() == layout.pieces[-1].box.bottom()
    assert layout.bubble.top() == layout.pieces[0].box.top()


def test_own_pieces_end_at_the_right_edge_and_others_begin_at_the_left() -> None:
    parts = (TextPart("text"), a_photo(), a_file("bill.pdf", "application/pdf"))
    assert {piece.box.left() for piece in laid_out(a_message_of(*parts)).pieces} == {LEFT}
    own = laid_out(a_message_of(*parts, is_mine=True))
    assert {piece.box.right() for piece in own.pieces} == {RIGHT}


def test_a_bubble_has_its_padding_its_least_height_and_its_largest_width() -> None:
    short = laid_out(a_message_of(TextPart("Ok"))).pieces[0]
    assert isinstance(short, TextPiece)
    assert short.box.height() == 36
    assert short.text_at.x() - short.box.left() == pytest.approx(12, abs=1)
    assert short.box.width() == pytest.approx(short.block.width_px + 24)
    long = laid_out(a_message_of(TextPart("word " * 100))).pieces[0]
    assert 480 < long.box.width() <= 520
    narrow = laid_out(a_message_of(TextPart("word " * 100)), style=Style(width_px=400)).pieces[0]
    assert narrow.box.width() <= (400 - 32) * 0.75


def test_emoji_alone_are_large_and_have_no_bubble() -> None:
    piece = laid_out(a_message_of(TextPart("👍🏽❤️"))).pieces[0]
    assert isinstance(piece, TextPiece)
    assert piece.is_large
    assert piece.box.height() >= 36


def test_neighbouring_pictures_share_one_grid_and_others_part_them() -> None:
    parts = (a_photo("1"), a_photo("2"), TextPart("and"), a_photo("3"))
    layout = laid_out(a_message_of(*parts))
    assert [type(piece) for piece in layout.pieces] == [PicturesPiece, TextPiece, PicturesPiece]
    grid = layout.pieces[0]
    assert isinstance(grid, PicturesPiece)
    assert [cell.extent.part_index for cell in grid.cells] == [0, 1]
    assert all(grid.box.contains(cell.box) for cell in grid.cells)


def test_a_picture_gets_its_own_shape_once_its_size_is_known() -> None:
    message = a_message_of(a_photo())
    waiting = laid_out(message).bubble
    assert waiting.width() / waiting.height() == pytest.approx(4 / 3)
    for size, shape in (((4_000, 3_000), 4 / 3), ((900, 1_600), 9 / 16), ((1_600, 900), 16 / 9)):
        box = laid_out(message, size_of=partial(_always, size)).bubble
        assert box.width() / box.height() == pytest.approx(shape, rel=0.01)
        assert box.width() <= 380
        assert box.height() <= 420


def test_reactions_stand_on_the_part_that_they_belong_to_away_from_the_tail() -> None:
    parts = (TextPart("first"), TextPart("second", (), (a_reaction(),)))
    layout = laid_out(a_message_of(*parts))
    first, second = layout.pieces
    (badge,) = layout.badges
    assert badge.part_index == 1
    assert badge.box.size().toTuple() == (24, 24)
    assert badge.box.right() == second.box.right() + 10
    assert badge.box.bottom() == second.box.top() + 10
    assert badge.box.top() >= first.box.bottom()
    own = laid_out(a_message_of(*parts, is_mine=True))
    assert own.badges[0].box.left() == own.pieces[1].box.left() - 10


def test_more_than_three_kinds_of_reactions_are_counted() -> None:
    kinds = ("love", "love", "like", "laugh", "question", "emphasize")
    reactions = tuple(a_reaction(kind, is_me=kind == "like") for kind in kinds)
    badges = laid_out(a_message_of(TextPart("a longer text", (), reactions))).badges
    groups = [badge.group for badge in badges if badge.group is not None]
    assert [(group.kind, group.count, group.is_mine) for group in groups] == [
        ("love", 2, False),
        ("like", 1, True),
        ("laugh", 1, False),
    ]
    assert [badge.hidden for badge in badges] == [0, 0, 0, 2]
    assert badges[0].box.width() > badges[1].box.width() == 24


def test_badges_of_a_narrow_bubble_stay_within_the_column() -> None:
    reactions = tuple(a_reaction(kind) for kind in ("love", "like", "laugh", "question"))
    for is_mine in (False, True):
        layout = laid_out(a_message_of(TextPart("k", (), reactions), is_mine=is_mine))
        assert all(badge.box.left() >= LEFT - 10 for badge in layout.badges)
        assert all(badge.box.right() <= RIGHT + 10 for badge in layout.badges)


def test_a_reply_has_its_quote_above_the_bubble() -> None:
    reply_to = ReplyTo(MessageId("a"))
    quote = Quote(reply_to, "Ana Ruiz", "Is the bike still there? " * 20)
    layout = laid_out(a_message_of(TextPart("Yes")), RowContext(quote=quote))
    assert layout.quote is not None
    assert layout.quote.height() == 16
    assert layout.quote.bottom() <= layout.bubble.top()
    assert layout.quote.width() <= 520
    assert layout.hit(layout.quote.center()) == QuoteTarget(reply_to)


def test_an_effect_has_a_badge_under_the_bubble() -> None:
    message = replace(a_message_of(TextPart("Hooray")), effect=Effect("screen", "confetti"))
    layout = laid_out(message)
    assert layout.effect is not None
    assert layout.effect.top() >= layout.bubble.bottom()
    assert layout.effect.bottom() <= layout.height_px
    assert layout.hit(layout.effect.center()) == EffectTarget()


def test_an_edited_message_says_so_beside_its_effect() -> None:
    message = replace(a_message_of(TextPart("Hooray"), is_mine=True), effect=Effect("bubble", "slam"))
    layout = lay_out(ThreadRow(RowKey("m"), message, is_edited=True), RowContext(), STYLE)
    assert layout.edited is not None
    assert layout.effect is not None
    assert not layout.edited.intersects(layout.effect)
    assert layout.edited.right() <= layout.bubble.right()


@pytest.mark.parametrize("parts", [(), (TextPart(""),)])
def test_a_message_that_says_nothing_is_a_note(parts: tuple[TextPart, ...]) -> None:
    (piece,) = laid_out(a_message_of(*parts)).pieces
    assert isinstance(piece, NotePiece)
    assert piece.words == "Empty message"


def test_a_deleted_message_is_a_note_without_its_text_and_reactions() -> None:
    message = a_message_of(TextPart("secret", (), (a_reaction(),)), is_mine=True)
    layout = lay_out(ThreadRow(RowKey("m"), message, is_deleted=True), RowContext(), STYLE)
    (piece,) = layout.pieces
    assert isinstance(piece, NotePiece)
    assert piece.words == "Deleted from Linq's records"
    assert layout.badges == ()
    assert layout.places == ()


def test_what_is_at_a_point_is_found_badges_first() -> None:
    parts = (
        TextPart("See example.com now"),
        a_photo("cat.jpg", (a_reaction(),)),
        a_file("clip.mov", "video/quicktime"),
        a_file("memo.m4a", "audio/x-m4a"),
        a_file("bill.pdf", "application/pdf"),
        LinkPart("https://example.org/x"),
    )
    layout = laid_out(a_message_of(*parts))
    targets = [place.target for place in layout.places]
    assert targets == [
        LinkTarget("http://example.com", 0),
        PictureTarget(1),
        VideoTarget(2),
        AudioTarget(3),
        FileTarget(4),
        LinkTarget("https://example.org/x", 5),
        ReactionTarget(1, "love"),
    ]
    assert [layout.hit(place.boxes[0].center()) for place in layout.places] == targets
    assert layout.hit(QPointF(RIGHT, layout.bubble.center().y())) is None
    badge = layout.badges[0].box
    assert layout.hit(badge.bottomLeft() + QPointF(4, -4)) == ReactionTarget(1, "love")


def test_a_link_that_runs_over_lines_is_hit_on_each() -> None:
    url = "https://example.com/" + "a" * 200
    layout = laid_out(a_message_of(TextPart(f"See {url} now")), style=Style(width_px=400))
    (place,) = layout.places
    assert len(place.boxes) > 2
    assert all(layout.hit(box.center()) == LinkTarget(url, 0) for box in place.boxes)


def _covers(layout: RowLayout) -> list[tuple[int, int]]:
    return [(piece.extent.start, piece.extent.end) for piece in layout.pieces]


def test_all_pieces_share_one_text_of_the_row() -> None:
    layout = laid_out(a_message_of(TextPart("a👍b"), a_photo(), TextPart("end")))
    # "a👍b", "Photo cat.jpg", "end": one a line, in UTF-16 code units.
    assert _covers(layout) == [(0, 4), (5, 18), (19, 22)]
    text, photo, end = layout.pieces
    assert layout.position_at(text.box.topLeft()) == 0
    assert layout.position_at(photo.box.center() - QPointF(9, 0)) == 5
    assert layout.position_at(photo.box.center() + QPointF(9, 0)) == 18
    assert layout.position_at(end.box.bottomRight()) == 22
    assert layout.word_at(7) == (5, 18)
    assert layout.word_at(20) == (19, 22)


def test_a_hundred_parts_come_in_pages() -> None:
    message = a_message_of(*(TextPart(f"part {number}") for number in range(100)))
    first = laid_out(message)
    assert len(first.pieces) == 24
    assert MoreTarget() in [place.target for place in first.places]
    everything = laid_out(message, pages=5)
    assert len(everything.pieces) == 100
    assert everything.more is None


def test_a_long_text_is_cut_over_all_parts_together() -> None:
    message = a_message_of(TextPart("a " * 4_000), TextPart("b " * 4_000), TextPart("c"))
    layout = laid_out(message)
    texts = [piece.block.text for piece in layout.pieces if isinstance(piece, TextPiece)]
    assert [len(text) for text in texts] == [8_000, 2_000]
    assert layout.more is not None
    assert laid_out(message, pages=2).more is None


def test_ten_thousand_reactions_make_a_handful_of_badges() -> None:
    reactions = tuple(a_reaction("custom", emoji=chr(0x1F600 + number % 50)) for number in range(10_000))
    badges = laid_out(a_message_of(TextPart("popular", (), reactions))).badges
    assert len(badges) == 4
    assert badges[-1].hidden == 47


def test_bad_ranges_are_clipped() -> None:
    ranges = ((5, 2), (-1, 3), (0, 10**9), (1, 2), (90, 95))
    marks = tuple(Decoration(start, end, "bold") for start, end in ranges)
    piece = laid_out(a_message_of(TextPart("a👍🏽b", marks))).pieces[0]
    assert isinstance(piece, TextPiece)
    assert piece.box.height() == 36


def test_larger_type_makes_everything_of_words_larger() -> None:
    message = a_message_of(TextPart("text", (), (a_reaction(),)), a_file("bill.pdf", "application/pdf"))
    usual, large = laid_out(message), laid_out(message, style=Style(width_px=760, zoom=2.0))
    assert large.badges[0].box.height() == 48
    for before, after in zip(usual.pieces, large.pieces, strict=True):
        assert after.box.height() > before.box.height()
    file = large.pieces[1]
    assert isinstance(file, FilePiece)
    assert file.box.contains(file.places.title)
    assert file.box.contains(file.places.detail)
    assert file.places.title.bottom() <= file.places.detail.top()


def test_nothing_reaches_beyond_its_row() -> None:
    message = replace(
        a_message_of(TextPart("text", (), (a_reaction(),)), a_photo(), is_mine=True),
        effect=Effect("bubble", "slam"),
    )
    context = RowContext(heading_at=message.created_at, has_unread_bar=True, status="✓ Sent")
    layout = laid_out(message, context)
    whole = QRectF(0, 0, 760, layout.height_px)
    boxes = [layout.bubble, layout.heading, layout.unread_bar, layout.effect, layout.status]
    assert all(box is not None and whole.contains(box) for box in boxes)
    assert all(whole.contains(badge.box) for badge in layout.badges)


def test_small_targets_reach_further_than_they_look_but_not_into_their_neighbours() -> None:
    quote = Quote(ReplyTo(MessageId("a")), "Ana", "Is it free?")
    text = TextPart("See example.com and more", (), (a_reaction(),))
    layout = laid_out(replace(a_message_of(text), effect=Effect("bubble", "slam")), RowContext(quote=quote))
    assert layout.quote is not None
    assert layout.effect is not None
    badge = layout.badges[0].box
    assert layout.hit(layout.quote.center() - QPointF(0, 13.9)) == QuoteTarget(quote.reply_to)
    assert layout.hit(layout.effect.center() + QPointF(0, 13.9)) == EffectTarget()
    assert layout.hit(badge.center() + QPointF(13.9, 0)) == ReactionTarget(0, "love")
    link = layout.place_of(LinkTarget("http://example.com", 0))
    assert link is not None
    assert layout.hit(link.boxes[0].bottomLeft() + QPointF(2, 3)) is None
