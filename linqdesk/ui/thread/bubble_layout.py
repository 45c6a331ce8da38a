"""Lays one row out: geometry without painting."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.message import Message, Reaction
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.effect_words import effect_badge
from linqdesk.ui.models.grouping import is_own
from linqdesk.ui.models.message_words import effect_of, parts_of, standing_note
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.badges import badges, rise
from linqdesk.ui.thread.metrics import (
    AVATAR_GAP_PX,
    AVATAR_PX,
    GROUP_GAP_PX,
    HEADING_GAP_PX,
    PAD_X_PX,
    SENDER_GAP_PX,
    UNREAD_BAR_PX,
    Style,
    bubble_width,
)
from linqdesk.ui.thread.piece_layout import CHARACTERS_A_PAGE, PieceMaker, Pieces, SizeOf, moved, unknown_size
from linqdesk.ui.thread.pieces import EventPiece, Extent, PictureCell, PicturesPiece, Piece
from linqdesk.ui.thread.places import places_of
from linqdesk.ui.thread.row_layout import RowLayout

QUOTE_BAR_PX, QUOTE_GAP_PX = 2, 8
NOTE_ICON_PX, NOTE_GAP_PX = 12, 6
MORE_WORDS, EDITED_WORDS = "Show more", "Edited"
NOTE_PAD_PX = 4


def lay_out(
    row: ThreadRow,
    context: RowContext,
    style: Style,
    *,
    pages: int = 1,
    size_of: SizeOf = unknown_size,
) -> RowLayout:
    """Return the geometry of a row.

    Args:
        row: what is drawn.
        context: what its neighbours make of it.
        style: the view's width and zoom.
        pages: how much of a long message is shown, 1 or more.
        size_of: the size of a picture in pixels, None while it is not known.
    """
    layout = RowLayout(height_px=0, is_own=is_own(row), context=context, bubble=QRectF())
    if context.event is not None:
        return _lay_event(layout, context.event, style)
    left, right = style.column
    if style.is_group and not layout.is_own:
        left += AVATAR_PX + AVATAR_GAP_PX
    maker = PieceMaker(style, right - left, size_of, CHARACTERS_A_PAGE * pages, layout.is_own)
    made = _pieces(row, maker, pages)
    y = _lay_above(layout, style, left, right)
    y = _lay_quote(layout, style, y, (left, right))
    y = _stack(layout, row, made, style, (left, y, right))
    if style.is_group and not layout.is_own and context.is_group_last:
        layout.avatar = QRectF(style.column[0], y - AVATAR_PX, AVATAR_PX, AVATAR_PX)
    if made.has_more:
        y = _lay_more(layout, style, y)
    y = _lay_notes(layout, row, style, y)
    layout.height_px = _lay_below(layout, style, y, right)
    layout.places = places_of(layout)
    return layout


def _lay_event(layout: RowLayout, words: str, style: Style) -> RowLayout:
    """Place a system event in the middle of the column."""
    left, right = style.column
    y = _lay_above(layout, style, left, right) + (GROUP_GAP_PX if layout.context.heading_at is None else 0)
    width = QFontMetricsF(style.font(FontSize.META)).horizontalAdvance(words) + 2 * NOTE_PAD_PX
    width = min(width, right - left)
    layout.bubble = QRectF((left + right - width) / 2, y, width, style.meta_px + NOTE_PAD_PX)
    layout.pieces = (EventPiece(QRectF(layout.bubble), Extent(0, 0, utf16_length(words)), words),)
    layout.height_px = layout.bubble.bottom() + GROUP_GAP_PX
    return layout


def _pieces(row: ThreadRow, maker: PieceMaker, pages: int) -> Pieces:
    note = standing_note(row)
    if note is not None:
        return maker.note(note)
    return maker.make(parts_of(row.content), pages)


def _lay_above(layout: RowLayout, style: Style, left: float, right: float) -> float:
    """Place heading, unread bar and name; returns where the rest begins."""
    context = layout.context
    y = 0.0
    if context.has_unread_bar:
        y += SENDER_GAP_PX
        layout.unread_bar = QRectF(0, y, style.width_px, UNREAD_BAR_PX)
        y += UNREAD_BAR_PX
    if context.heading_at is not None:
        y += HEADING_GAP_PX
        layout.heading = QRectF(0, y, style.width_px, style.meta_px)
        y += style.meta_px + SENDER_GAP_PX
    else:
        y += SENDER_GAP_PX if context.is_group_first else GROUP_GAP_PX
    if style.is_group and not layout.is_own and context.is_group_first and context.event is None:
        layout.name = QRectF(left + PAD_X_PX, y, right - left - PAD_X_PX, style.meta_px)
        y += style.meta_px + GROUP_GAP_PX
    return y


def _lay_quote(layout: RowLayout, style: Style, y: float, edges: tuple[float, float]) -> float:
    """Place the quote over a reply; returns where the pieces begin."""
    quote = layout.context.quote
    if quote is None:
        return y
    words = QFontMetricsF(style.font(FontSize.META)).horizontalAdvance(quote.words)
    sender = QFontMetricsF(style.font(FontSize.META, QFont.Weight.DemiBold)).horizontalAdvance(quote.sender)
    gap = QUOTE_GAP_PX if quote.sender else 0
    width = min(QUOTE_BAR_PX + QUOTE_GAP_PX + sender + gap + words + 2, bubble_width(edges[1] - edges[0]))
    left = edges[1] - PAD_X_PX - width if layout.is_own else edges[0] + PAD_X_PX
    layout.quote = QRectF(left, y, width, style.meta_px)
    return y + style.meta_px + NOTE_GAP_PX


def _stack(
    layout: RowLayout, row: ThreadRow, made: Pieces, style: Style, corner: tuple[float, float, float]
) -> float:
    """Place the pieces one below the other with their badges; returns where the last one ends."""
    left, y, right = corner
    placed: list[Piece] = []
    for number, piece in enumerate(made.pieces):
        y += (GROUP_GAP_PX if number else 0) + max(
            (rise(_reactions(row, each.extent.part_index), style) for each in _top_of(piece)), default=0.0
        )
        x = right - piece.box.width() if layout.is_own else left
        here = moved(piece, QPointF(x, y))
        for each in here.cells if isinstance(here, PicturesPiece) else (here,):
            index = each.extent.part_index
            layout.badges += badges(_reactions(row, index), index, each.box, style, is_own=layout.is_own)
        layout.bubble = layout.bubble.united(here.box) if placed else QRectF(here.box)
        placed.append(here)
        y = here.box.bottom()
    layout.pieces = tuple(placed)
    return y


def _top_of(piece: Piece) -> tuple[Piece | PictureCell, ...]:
    """Return what has the upper edge of a piece."""
    if isinstance(piece, PicturesPiece):
        return tuple(cell for cell in piece.cells if cell.box.top() <= piece.box.top())
    return (piece,)


def _reactions(row: ThreadRow, part_index: int) -> tuple[Reaction, ...]:
    content = row.content
    if not isinstance(content, Message) or standing_note(row) is not None:
        return ()
    return content.parts[part_index].reactions


def _lay_more(layout: RowLayout, style: Style, y: float) -> float:
    """Place the way to the rest of a long message."""
    width = QFontMetricsF(style.font(FontSize.META, QFont.Weight.DemiBold)).horizontalAdvance(MORE_WORDS)
    layout.more = _under(layout, style, y, width, 0.0)
    return layout.more.bottom()


def _lay_notes(layout: RowLayout, row: ThreadRow, style: Style, y: float) -> float:
    """Place the mark of an edit and the badge of an effect side by side; returns where they end."""
    bottom, taken = y, 0.0
    if standing_note(row) is not None:
        return y
    small = QFontMetricsF(style.font(FontSize.META))
    if row.is_edited:
        layout.edited = _under(layout, style, y, small.horizontalAdvance(EDITED_WORDS), 0.0)
        bottom, taken = layout.edited.bottom(), layout.edited.width() + NOTE_GAP_PX
    effect = effect_of(row.content)
    if effect is not None:
        strong = QFontMetricsF(style.font(FontSize.META, QFont.Weight.DemiBold))
        width = NOTE_ICON_PX * style.zoom + NOTE_GAP_PX + strong.horizontalAdvance(effect_badge(effect))
        layout.effect = _under(layout, style, y, width, taken)
        bottom = layout.effect.bottom()
    # What follows in the group keeps some distance from words that belong to this bubble.
    return bottom + GROUP_GAP_PX if bottom > y else y


def _under(layout: RowLayout, style: Style, y: float, width: float, taken: float) -> QRectF:
    """Return a line's place under the bubble, on its side; `taken` pixels of it are taken already."""
    bubble, whole = layout.bubble, width + 2 * NOTE_PAD_PX
    inset = PAD_X_PX - NOTE_PAD_PX
    left = bubble.right() - inset - taken - whole if layout.is_own else bubble.left() + inset + taken
    return QRectF(left, y + GROUP_GAP_PX, whole, style.meta_px + 2 * NOTE_PAD_PX)


def _lay_below(layout: RowLayout, style: Style, y: float, right: float) -> float:
    """Place status and buttons; returns the row's height."""
    if layout.context.status is None:
        return y
    y += GROUP_GAP_PX + 2
    left = style.column[0]
    layout.status = QRectF(left, y, right - left, style.meta_px)
    y += style.meta_px
    if layout.context.remedies:
        y += GROUP_GAP_PX + 2
        layout.buttons = QRectF(left, y, right - left, style.button_px)
        # What follows in the group keeps its distance from buttons that belong to this message.
        y += style.button_px + NOTE_GAP_PX
    return y + GROUP_GAP_PX
