"""Where everything of one row stands: geometry without painting."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from linqdesk.domain.decorations import Decoration, clip, utf16_length
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingText
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.grouping import RowContext, is_own
from linqdesk.ui.models.message_words import part_words, whole_text
from linqdesk.ui.theme import GUTTER_PX, FontSize, font
from linqdesk.ui.thread.text_block import TextBlock, is_emoji_only

COLUMN_MAX_PX = 920
BUBBLE_MAX_PX, BUBBLE_SHARE = 520, 0.75
PAD_X_PX, PAD_Y_PX, BUBBLE_MIN_HEIGHT_PX = 12, 8, 36
AVATAR_PX, AVATAR_GAP_PX = 28, 8
GROUP_GAP_PX, SENDER_GAP_PX, HEADING_GAP_PX = 2, 10, 16
LARGE_EMOJI_PX = 36
UNREAD_BAR_PX = 28
BUTTON_HEIGHT_PX = 28
META_LINE_PX = 16
TEXT_LIMIT = 10_000


class Kind(Enum):
    """How a row's content is drawn."""

    BUBBLE = auto()
    LARGE_EMOJI = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """What the geometry depends on besides the row: width, zoom, and whether names are shown."""

    width_px: int
    zoom: float = 1.0
    is_group: bool = False

    @property
    def column(self) -> tuple[float, float]:
        """The left and right edge of the centred column."""
        width = min(self.width_px - 2 * GUTTER_PX, COLUMN_MAX_PX)
        left = (self.width_px - width) / 2
        return left, left + width


@dataclass(slots=True)
class RowLayout:
    """The places within one row, relative to its top left corner."""

    height_px: float
    is_own: bool
    kind: Kind
    context: RowContext
    bubble: QRectF
    block: TextBlock
    text_at: QPointF
    heading: QRectF | None = None
    unread_bar: QRectF | None = None
    name: QRectF | None = None
    avatar: QRectF | None = None
    status: QRectF | None = None
    buttons: QRectF | None = None
    has_more: bool = False
    more: QRectF | None = None


def lay_out(row: ThreadRow, context: RowContext, style: Style, *, is_whole: bool = False) -> RowLayout:
    """Return the geometry of a row.

    Args:
        row: what is drawn.
        context: what its neighbours make of it.
        style: the view's width and zoom.
        is_whole: draw a text of any length; else it is cut at 10,000 characters.
    """
    own = is_own(row)
    text, decorations = _text_of(row.content)
    has_more = not is_whole and len(text) > TEXT_LIMIT
    if has_more:
        text = text[:TEXT_LIMIT]
        decorations = clip(decorations, text)
    kind = Kind.LARGE_EMOJI if is_emoji_only(text) else Kind.BUBBLE
    left, right = style.column
    indent = AVATAR_PX + AVATAR_GAP_PX if style.is_group and not own else 0
    block = TextBlock(text, _font(kind, style.zoom), _text_width(right - left - indent), decorations)
    layout = RowLayout(
        height_px=0,
        is_own=own,
        kind=kind,
        context=context,
        bubble=QRectF(),
        block=block,
        text_at=QPointF(),
        has_more=has_more,
    )
    y = _lay_above(layout, style, left + indent, right)
    y = _lay_bubble(layout, style, y, (left + indent, right))
    if style.is_group and not own and context.is_group_last:
        layout.avatar = QRectF(left, y - AVATAR_PX, AVATAR_PX, AVATAR_PX)
    layout.height_px = _lay_below(layout, row, style, y, right)
    return layout


def _lay_above(layout: RowLayout, style: Style, left: float, right: float) -> float:
    """Place heading, unread bar and name; returns where the bubble begins."""
    context = layout.context
    meta = round(META_LINE_PX * style.zoom)
    y = 0.0
    if context.has_unread_bar:
        y += SENDER_GAP_PX
        layout.unread_bar = QRectF(0, y, style.width_px, UNREAD_BAR_PX)
        y += UNREAD_BAR_PX
    if context.heading_at is not None:
        y += HEADING_GAP_PX
        layout.heading = QRectF(0, y, style.width_px, meta)
        y += meta + SENDER_GAP_PX
    else:
        y += SENDER_GAP_PX if context.is_group_first else GROUP_GAP_PX
    if style.is_group and not layout.is_own and context.is_group_first:
        layout.name = QRectF(left + PAD_X_PX, y, right - left - PAD_X_PX, meta)
        y += meta + GROUP_GAP_PX
    return y


def _lay_bubble(layout: RowLayout, style: Style, y: float, edges: tuple[float, float]) -> float:
    """Place the bubble with its text; returns where it ends."""
    block = layout.block
    pad_x, pad_y = (PAD_X_PX, PAD_Y_PX) if layout.kind is Kind.BUBBLE else (0, 0)
    width = max(block.width_px + 2 * pad_x, BUBBLE_MIN_HEIGHT_PX)
    more = round(META_LINE_PX * style.zoom) + PAD_Y_PX if layout.has_more else 0
    height = max(block.height_px + 2 * pad_y, BUBBLE_MIN_HEIGHT_PX) + more
    left = edges[1] - width if layout.is_own else edges[0]
    layout.bubble = QRectF(left, y, width, height)
    layout.text_at = QPointF(left + (width - block.width_px) / 2, y + (height - more - block.height_px) / 2)
    if more:
        layout.more = QRectF(left + pad_x, layout.bubble.bottom() - more, width - 2 * pad_x, more)
    return y + height


def _lay_below(layout: RowLayout, row: ThreadRow, style: Style, y: float, right: float) -> float:
    """Place status and buttons; returns the row's height."""
    if layout.context.status is None:
        return y
    meta = round(META_LINE_PX * style.zoom)
    y += GROUP_GAP_PX + 2
    layout.status = QRectF(style.column[0], y, right - style.column[0], meta)
    y += meta
    content = row.content
    if isinstance(content, OutgoingMessage) and content.failure is not None:
        y += GROUP_GAP_PX + 2
        layout.buttons = QRectF(style.column[0], y, right - style.column[0], BUTTON_HEIGHT_PX)
        y += BUTTON_HEIGHT_PX
    return y + GROUP_GAP_PX


def _text_of(content: Message | OutgoingMessage) -> tuple[str, tuple[Decoration, ...]]:
    """Return all parts as one text, with the decorations moved to where their parts stand in it."""
    parts = content.parts if isinstance(content, Message) else content.content.parts
    decorations: list[Decoration] = []
    offset = 0
    for part in parts:
        if isinstance(part, TextPart | OutgoingText):
            decorations += [
                replace(each, start=each.start + offset, end=each.end + offset) for each in part.decorations
            ]
        offset += utf16_length(part_words(part)) + 1
    return whole_text(content), tuple(decorations)


def _text_width(room_px: float) -> float:
    return max(40.0, min(room_px * BUBBLE_SHARE, BUBBLE_MAX_PX) - 2 * PAD_X_PX)


def _font(kind: Kind, zoom: float) -> QFont:
    made = font(FontSize.BODY, zoom=zoom)
    if kind is Kind.LARGE_EMOJI:
        made.setPixelSize(round(LARGE_EMOJI_PX * zoom))
    return made
