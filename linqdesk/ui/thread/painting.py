"""Draws one row from its geometry."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from linqdesk.domain.message import Message
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.effects.pose import take
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.media.recordings import Recordings
from linqdesk.ui.models.effect_words import effect_badge, is_known_effect
from linqdesk.ui.models.grouping import said_at
from linqdesk.ui.models.ladder import needs_decision
from linqdesk.ui.models.message_words import effect_of
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.models.quotes import Quote
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUBBLE_PX, Fill, FontSize, Theme, font
from linqdesk.ui.thread.badge_painting import paint_badge
from linqdesk.ui.thread.bubble_layout import EDITED_WORDS, MORE_WORDS, NOTE_ICON_PX, NOTE_PAD_PX
from linqdesk.ui.thread.ink_painting import InkWell, paint_ink
from linqdesk.ui.thread.lettering import CENTRE, RIGHT, Ink, draw_icon, draw_words
from linqdesk.ui.thread.moving_rows import STILL, RowMotion
from linqdesk.ui.thread.name_painting import Who, paint_name
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.piece_painting import paint_piece
from linqdesk.ui.thread.row_layout import RowLayout
from linqdesk.ui.thread.targets import Place
from linqdesk.ui.thread.upload_painting import paint_uploads
from linqdesk.ui.wording import clock_time, time_heading

_TIME_GAP_PX = 8
_FAILED_MARK_PX = 16
_BAR_PX, _BAR_GAP_PX = 2, 8
_RING_GAP_PX = FOCUS_RING_PX + 1
_TARGET_RADIUS_PX = 6
_PIVOT_INSET_PX = 12


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row is drawn this time; `focused_place` is what the keyboard has reached within it."""

    theme: Theme
    zoom: float
    now: datetime
    chat_service: Service | None
    unread_words: str = ""
    selected: tuple[int, int] | None = None
    is_focused: bool = False
    focused_place: Place | None = None
    shows_time: bool = False
    pictures: Pictures | None = None
    recordings: Recordings | None = None
    motion: RowMotion = STILL


class RowPainter:
    """Draws rows of one thread in one look; the painter's origin is the row's top left corner."""

    def __init__(self, painter: QPainter, look: RowLook, inks: InkWell) -> None:
        """Draw with a painter that somebody else begins and ends."""
        self._painter = painter
        self._inks = inks
        self._look = look
        self._theme = look.theme

    def paint(self, row: ThreadRow, layout: RowLayout, who: Who) -> None:
        """Draw a row; `who` wrote it."""
        self._paint_above(row, layout, who)
        self._painter.save()
        if self._look.motion.is_moving:
            take(self._painter, self._look.motion.pose, _pivot(layout, self._look.motion.pivot_share))
        self.paint_pieces(row, layout)
        self._painter.restore()
        self._paint_notes(row, layout)
        if self._look.is_focused:
            self._paint_focus(layout)
        if self._look.shows_time:
            self._paint_time(row, layout)
        if layout.status is not None:
            self._paint_status(row, layout, layout.status)

    def paint_pieces(self, row: ThreadRow, layout: RowLayout) -> None:
        """Draw what was said with the reactions to it, and nothing around it."""
        look, ink = self._piece_look(row, layout), self._look.motion.ink
        last = len(layout.pieces) - 1
        for number, piece in enumerate(layout.pieces):
            placed = look.placed(is_first=number == 0, is_last=number == last)
            paint_piece(self._painter, piece, placed)
            paint_uploads(self._painter, piece, placed)
            if ink is not None:
                paint_ink(self._painter, piece, placed, self._inks, ink)
        for badge in reversed(layout.badges):
            paint_badge(self._painter, badge, look)

    def _piece_look(self, row: ThreadRow, layout: RowLayout) -> PieceLook:
        return PieceLook(
            theme=self._theme,
            zoom=self._look.zoom,
            fill=_fill(row, self._look),
            is_own=layout.is_own,
            is_first=layout.context.is_group_first,
            is_last=layout.context.is_group_last,
            selected=self._look.selected,
            pictures=self._look.pictures,
            recordings=self._look.recordings,
            message=media_message(row.content),
            text_s=self._look.motion.text_s,
        )

    def _paint_above(self, row: ThreadRow, layout: RowLayout, who: Who) -> None:
        theme = self._theme
        if layout.unread_bar is not None:
            strip = QColor(theme.accent)
            strip.setAlphaF(0.10)
            self._painter.fillRect(layout.unread_bar, strip)
            self._small(layout.unread_bar, self._look.unread_words, theme.accent, CENTRE, is_strong=True)
        if layout.heading is not None:
            words = time_heading(said_at(row), self._look.now)
            self._small(layout.heading, words, theme.text_secondary, CENTRE)
        if layout.name is not None:
            paint_name(self._painter, layout.name, who, theme.text_secondary, self._look.zoom)
        if layout.avatar is not None:
            key = row.content.sender if isinstance(row.content, Message) else None
            paint_avatar(self._painter, layout.avatar, who.name, key or "", theme)
        if layout.quote is not None and layout.context.quote is not None:
            self._paint_quote(layout.quote, layout.context.quote)

    def _paint_quote(self, place: QRectF, quote: Quote) -> None:
        colour = self._theme.text_secondary
        bar = QRectF(place.left(), place.top(), _BAR_PX, place.height())
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.accent)
        self._painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
        words = place.adjusted(_BAR_PX + _BAR_GAP_PX, 0, 0, 0)
        if quote.sender:
            strong = self._font(is_strong=True)
            width = min(QFontMetricsF(strong).horizontalAdvance(quote.sender) + 1, words.width() / 2)
            sender = QRectF(words.left(), words.top(), width, words.height())
            draw_words(self._painter, sender, quote.sender, Ink(strong, colour))
            words.setLeft(sender.right() + _BAR_GAP_PX)
        draw_words(self._painter, words, quote.words, Ink(self._font(), colour))

    def _paint_notes(self, row: ThreadRow, layout: RowLayout) -> None:
        if layout.more is not None:
            self._small(layout.more, MORE_WORDS, self._theme.accent, CENTRE, is_strong=True)
        if layout.edited is not None:
            self._small(layout.edited, EDITED_WORDS, self._theme.text_secondary, CENTRE)
        effect = effect_of(row.content)
        if layout.effect is None or effect is None:
            return
        can_play = is_known_effect(effect)
        colour = self._theme.accent if can_play else self._theme.text_secondary
        inner = layout.effect.adjusted(NOTE_PAD_PX, 0, -NOTE_PAD_PX, 0)
        size = round(NOTE_ICON_PX * self._look.zoom)
        icon = QRectF(inner.left(), inner.top(), size, inner.height())
        draw_icon(self._painter, icon, "rotate-cw" if can_play else "info", colour, size)
        self._small(inner, effect_badge(effect), colour, RIGHT, is_strong=True)

    def _paint_focus(self, layout: RowLayout) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.accent, FOCUS_RING_PX))
        place = self._look.focused_place
        if place is None:
            radius = min(RADIUS_BUBBLE_PX, layout.bubble.height() / 2) + _RING_GAP_PX
            self._ring(layout.bubble, radius)
            return
        for box in place.boxes:
            if box.height() >= 2 * RADIUS_BUBBLE_PX:
                self._ring(box, RADIUS_BUBBLE_PX + _RING_GAP_PX)
            else:
                # Between words there is no room for more.
                self._ring(box, _TARGET_RADIUS_PX, gap=1)

    def _ring(self, box: QRectF, radius: float, gap: int = _RING_GAP_PX) -> None:
        self._painter.drawRoundedRect(box.adjusted(-gap, -gap, gap, gap), radius, radius)

    def _paint_time(self, row: ThreadRow, layout: RowLayout) -> None:
        words = clock_time(said_at(row))
        small = self._font()
        metrics = QFontMetricsF(small)
        width = metrics.horizontalAdvance(words)
        bubble = layout.bubble
        left = bubble.left() - _TIME_GAP_PX - width if layout.is_own else bubble.right() + _TIME_GAP_PX + 4
        place = QRectF(left, bubble.center().y() - metrics.height() / 2, width + 1, metrics.height())
        draw_words(self._painter, place, words, Ink(small, self._theme.text_secondary, CENTRE))

    def _paint_status(self, row: ThreadRow, layout: RowLayout, place: QRectF) -> None:
        words = layout.context.status or ""
        is_bad = needs_decision(row) or words.startswith("Not ")
        colour = self._theme.danger if is_bad else self._theme.text_secondary
        self._small(place, words, colour, RIGHT)
        if is_bad:
            self._paint_failed_mark(layout.bubble)

    def _paint_failed_mark(self, bubble: QRectF) -> None:
        size = _FAILED_MARK_PX
        disc = QRectF(bubble.left() - size - _TIME_GAP_PX, bubble.center().y() - size / 2, size, size)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.danger)
        self._painter.drawEllipse(disc)
        self._small(disc, "!", self._theme.window, CENTRE, is_strong=True)

    def _font(self, *, is_strong: bool = False) -> QFont:
        weight = QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal
        return font(FontSize.META, weight, self._look.zoom)

    def _small(
        self,
        place: QRectF,
        words: str,
        colour: QColor,
        alignment: Qt.AlignmentFlag,
        *,
        is_strong: bool = False,
    ) -> None:
        draw_words(self._painter, place, words, Ink(self._font(is_strong=is_strong), colour, alignment))


def _pivot(layout: RowLayout, down: float) -> QPointF:
    """Return the point around which a bubble swells: at its sender's side, some share down."""
    bubble = layout.bubble
    x = bubble.right() - _PIVOT_INSET_PX if layout.is_own else bubble.left() + _PIVOT_INSET_PX
    return QPointF(x, bubble.top() + bubble.height() * down)


def _fill(row: ThreadRow, look: RowLook) -> Fill:
    content = row.content
    if isinstance(content, Message) and not content.is_from_me:
        return look.theme.incoming
    service = content.service if isinstance(content, Message) else None
    return look.theme.bubble(service or look.chat_service)
