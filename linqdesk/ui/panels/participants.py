"""The people of a chat as a list."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.store.view import CacheView
from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.names import format_handle, person_name
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme, font
from linqdesk.ui.tooltips import plain_tip
from linqdesk.ui.wording import SERVICE_NAMES

_ROW_PX, _AVATAR_PX = 52, 36
_NOWHERE = QModelIndex()
_MEMBER = int(Qt.ItemDataRole.UserRole) + 1

_GONE = {MemberStatus.LEFT: "left", MemberStatus.REMOVED: "removed"}


class ParticipantModel(QAbstractListModel):
    """The members of one chat, those who left at the end."""

    def __init__(self, cache: CacheView, parent: QObject) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._members: list[ChatHandle] = []

    def show_chat(self, chat: Chat) -> None:
        """Hold the members of a chat."""
        members = sorted(chat.handles, key=lambda each: (each.status in _GONE, not each.is_me))
        if members != self._members:
            self.beginResetModel()
            self._members = members
            self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of members."""
        return 0 if parent.isValid() else len(self._members)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row holds for a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._members):
            return None
        member = self._members[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name(member)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._name(member)}, {second_line(member)}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{self._name(member)}, {second_line(member)}")
            case _ if role == _MEMBER:
                return member
            case _:
                return None

    def _name(self, member: ChatHandle) -> str:
        return "This desk" if member.is_me else person_name(member.handle, self._cache)


def second_line(member: ChatHandle) -> str:
    """Return a member's number, service, and whether he has gone."""
    words = [format_handle(member.handle), SERVICE_NAMES[member.service]]
    if member.status in _GONE:
        words.append(_GONE[member.status])
    return " · ".join(words)


class _ParticipantDelegate(QStyledItemDelegate):
    """Paints one member."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW_PX)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        member, rect = index.data(_MEMBER), option.rect
        if not isinstance(member, ChatHandle):
            return
        theme, name = self.theme, str(index.data())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 8, 8)
        if member.status in _GONE:
            painter.setOpacity(0.65)
        avatar = QRectF(rect.left(), rect.top() + (_ROW_PX - _AVATAR_PX) / 2, _AVATAR_PX, _AVATAR_PX)
        paint_avatar(painter, avatar, name, member.handle, theme)
        left = rect.left() + _AVATAR_PX + 12
        first = QRect(left, rect.top() + 7, rect.right() - left, 20)
        second = QRect(left, rect.top() + 26, rect.right() - left, 18)
        bold = font(FontSize.BODY, QFont.Weight.DemiBold)
        for room, words, each, colour in (
            (first, name, bold, theme.text),
            (second, second_line(member), font(FontSize.META), theme.text_secondary),
        ):
            _draw(painter, room, words, each, colour)
        painter.restore()


def _draw(painter: QPainter, room: QRect, words: str, text_font: QFont, colour: QColor) -> None:
    painter.setFont(text_font)
    painter.setPen(colour)
    shown = QFontMetrics(text_font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, left, shown)


class ParticipantList(QListView):
    """The members of the open chat; as high as they are many."""

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._people = ParticipantModel(cache, self)
        self._delegate = _ParticipantDelegate(theme, self)
        self.setObjectName("participants")
        self.setAccessibleName("Participants")
        self.setModel(self._people)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_chat(self, chat: Chat) -> None:
        """Show the members of a chat."""
        self._people.show_chat(chat)
        self.setFixedHeight(self._people.rowCount() * _ROW_PX)
