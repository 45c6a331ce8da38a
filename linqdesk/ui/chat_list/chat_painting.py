"""Draws one row of the chat list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from linqdesk.domain.message import Message
from linqdesk.ui.avatars import avatar_fill, paint_avatar, paint_group_avatar, paint_icon
from linqdesk.ui.chat_list.chat_look import AVATAR_PX
from linqdesk.ui.elided_text import elided
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.models.chat_words import draft_words, has_several_lines, last_words
from linqdesk.ui.names import number_beside, person_name
from linqdesk.ui.theme import FOCUS_RING_PX, LIST_GUTTER_PX, FontSize, font, mixed, scaled
from linqdesk.ui.wording import list_time, waiting_words

if TYPE_CHECKING:
    from linqdesk.store.view import CacheView, ChatSummary
    from linqdesk.ui.chat_list.chat_look import ChatLook
    from linqdesk.ui.theme import Theme

# Heights and tops of what holds text are those at 100 %.
_GAP_PX, _LINE_1_PX, _LINE_2_PX, _LINE_PX, _TAG_HEIGHT_PX = 12, 12, 35, 20, 16
_BADGE_PX, _BAR_PX, _ICON_PX, _TAG_PX = 20, 3, 14, 24
_MAX_COUNTED = 99
_NUMBER_END = 4


@dataclass(slots=True)
class _Row:
    """What is drawn, and how much of the second line's room is left from the right."""

    summary: ChatSummary
    title: str
    rect: QRect
    ground: QColor
    right: int


class ChatPainting:
    """Paints chats as they look now; not imported before the first of them is there."""

    def __init__(self, cache: CacheView, look: ChatLook) -> None:
        """Paint for a list."""
        self._cache = cache
        self._look = look

    @property
    def _theme(self) -> Theme:
        return self._look.theme

    def paint(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, summary: ChatSummary, title: str
    ) -> None:
        """Draw a row."""
        row = _Row(summary, title, rect, self._theme.panel, rect.right() - LIST_GUTTER_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, row, state)
        self._paint_avatar(painter, row)
        now = datetime.now(UTC)
        self._paint_first_line(painter, row, now)
        self._paint_marks(painter, row, now)
        self._paint_last_words(painter, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: _Row, state: QStyle.StateFlag) -> None:
        theme = self._theme
        if row.summary.chat.id == self._look.open_chat:
            painter.fillRect(row.rect, theme.selected)
            painter.fillRect(row.rect.left(), row.rect.top(), 3, row.rect.height(), theme.accent)
            row.ground = mixed(theme.panel, theme.accent, theme.selected.alphaF())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row.rect, theme.hover)
            row.ground = mixed(theme.panel, theme.text, theme.hover.alphaF())
        is_target = row.summary.chat.id == self._look.drop_chat
        if is_target:
            painter.fillRect(row.rect, theme.selected)
        if state & QStyle.StateFlag.State_HasFocus or is_target:
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row.rect).adjusted(2, 2, -2, -2), 8, 8)

    def _paint_avatar(self, painter: QPainter, row: _Row) -> None:
        top = row.rect.top() + (row.rect.height() - AVATAR_PX) / 2
        place = QRectF(row.rect.left() + LIST_GUTTER_PX, top, AVATAR_PX, AVATAR_PX)
        chat = row.summary.chat
        ratio = painter.device().devicePixelRatioF()
        icons = self._look.icons if chat.group_icon_url else None
        icon = icons().icon(chat, ratio) if icons is not None else None
        if icon is not None:
            paint_icon(painter, place, icon, self._theme)
        elif chat.is_group:
            people = [(person_name(each.handle, self._cache), each.handle) for each in chat.others[:2]]
            paint_group_avatar(painter, place, people, self._theme, QPen(row.ground, 3))
        else:
            key = chat.others[0].handle if chat.others else chat.id
            paint_avatar(painter, place, row.title, key, self._theme)
        if chat.service is not None:
            painter.setPen(QPen(row.ground, 2))
            painter.setBrush(self._theme.bubble(chat.service).surface)
            bar = QRectF(place.right() - _BAR_PX - 4, place.bottom() - 17, _BAR_PX + 4, 18)
            painter.drawRoundedRect(bar, 3.5, 3.5)

    def _paint_first_line(self, painter: QPainter, row: _Row, now: datetime) -> None:
        left = row.rect.left() + LIST_GUTTER_PX + AVATAR_PX + _GAP_PX
        top = row.rect.top() + scaled(_LINE_1_PX)
        newest = row.summary.newest
        when = newest.created_at if newest is not None else row.summary.chat.updated_at
        if isinstance(newest, Message) and newest.sent_at is not None:
            when = newest.sent_at
        small = font(FontSize.META)
        words = list_time(when, now)
        width = QFontMetrics(small).horizontalAdvance(words)
        line_px = scaled(_LINE_PX)
        place = QRect(row.right - width, top, width + 1, line_px)
        self._text(painter, place, words, small, self._theme.text_secondary)
        end = self._paint_line_tag(painter, row, row.right - width - 6)
        weight = QFont.Weight.Bold if row.summary.unread_count else QFont.Weight.DemiBold
        room = QRect(left, top, end - 2 - left, line_px)
        face = font(FontSize.BODY, weight)
        self._text(painter, room, row.title, face, self._theme.text)
        room.setLeft(left + QFontMetrics(face).horizontalAdvance(row.title) + 8)
        number = number_beside(row.summary.chat, row.title)
        # Where not all of it fits, its end tells people of one name apart.
        fitting = (
            each
            for each in (number, f"…{number[-_NUMBER_END:]}")
            if QFontMetrics(small).horizontalAdvance(each) <= room.width()
        )
        if number:
            self._text(painter, room, next(fitting, ""), small, self._theme.text_secondary)

    def _paint_line_tag(self, painter: QPainter, row: _Row, right: int) -> int:
        """Draw which of several lines of ours the chat is on; returns where the name must end."""
        line = row.summary.chat.line
        if line is None or not has_several_lines(self._cache):
            return right
        fill = avatar_fill(line, self._theme)
        width, height = scaled(_TAG_PX), scaled(_TAG_HEIGHT_PX)
        place = QRect(right - width, row.rect.top() + scaled(_LINE_1_PX + 2), width, height)
        painter.setPen(QPen(fill.text, 1) if self._theme.outline_px else Qt.PenStyle.NoPen)
        painter.setBrush(fill.surface)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(font(FontSize.META, QFont.Weight.DemiBold))
        painter.setPen(fill.text)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line[-2:])
        return place.left() - 4

    def _paint_marks(self, painter: QPainter, row: _Row, now: datetime) -> None:
        """Draw badge, waiting time and failure at the second line's right end."""
        theme, summary = self._theme, row.summary
        bold = font(FontSize.META, QFont.Weight.DemiBold)
        if summary.failed_count:
            self._icon(painter, row, "circle-alert", theme.danger)
        if summary.unread_count:
            words = str(summary.unread_count) if summary.unread_count <= _MAX_COUNTED else f"{_MAX_COUNTED}+"
            self._pill(painter, row, (words, bold), theme.accent, theme.on_accent)
        if summary.waiting_since is not None and not summary.failed_count:
            words = waiting_words(summary.waiting_since, now)
            fill = theme.at_risk
            self._pill(painter, row, (words, font(FontSize.META)), fill.surface, fill.text)

    def _paint_last_words(self, painter: QPainter, row: _Row) -> None:
        left = row.rect.left() + LIST_GUTTER_PX + AVATAR_PX + _GAP_PX
        room = QRect(left, row.rect.top() + scaled(_LINE_2_PX), row.right - left, scaled(_LINE_PX - 2))
        draft = draft_words(row.summary)
        small = font(FontSize.PREVIEW)
        if draft is not None and row.summary.chat.id != self._look.open_chat:
            self._text(painter, room, f"Draft: {draft}", small, self._theme.draft)
        else:
            self._text(painter, room, last_words(row.summary, self._cache), small, self._theme.text_secondary)

    def _pill(
        self, painter: QPainter, row: _Row, label: tuple[str, QFont], surface: QColor, text: QColor
    ) -> None:
        words, pill_font = label
        height = scaled(_BADGE_PX)
        width = max(height, QFontMetrics(pill_font).horizontalAdvance(words) + 12)
        place = QRect(row.right - width, row.rect.top() + scaled(_LINE_2_PX - 1), width, height)
        painter.setPen(QPen(text, 1) if self._theme.outline_px else Qt.PenStyle.NoPen)
        painter.setBrush(surface)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(pill_font)
        painter.setPen(text)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        row.right = place.left() - 6

    def _icon(self, painter: QPainter, row: _Row, name: str, colour: QColor) -> None:
        ratio = painter.device().devicePixelRatioF()
        top = row.rect.top() + scaled(_LINE_2_PX + _LINE_PX / 2 - 1) - _ICON_PX // 2
        painter.drawPixmap(row.right - _ICON_PX, top, icon_pixmap(name, colour.name(), _ICON_PX, ratio))
        row.right -= _ICON_PX + 6

    def _text(self, painter: QPainter, room: QRect, words: str, text_font: QFont, colour: QColor) -> None:
        painter.setFont(text_font)
        painter.setPen(colour)
        shown = elided(words, text_font, room.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, left, shown)
