"""Lets each row of the chat list be drawn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyledItemDelegate
from typing_extensions import override

from linqdesk.ui.chat_list.chat_look import ROW_PX
from linqdesk.ui.models.roles import ChatRole
from linqdesk.ui.theme import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from linqdesk.store.view import CacheView
    from linqdesk.ui.chat_list.chat_look import ChatLook
    from linqdesk.ui.chat_list.chat_painting import ChatPainting


class ChatDelegate(QStyledItemDelegate):
    """Knows the size of rows; what draws them is made for the first of them."""

    def __init__(self, cache: CacheView, look: ChatLook, parent: QWidget) -> None:
        """Paint for a list."""
        super().__init__(parent)
        self._cache = cache
        self._look = look

    @cached_property
    def _painting(self) -> ChatPainting:
        from linqdesk.ui.chat_list.chat_painting import ChatPainting

        return ChatPainting(self._cache, self._look)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row."""
        return QSize(0, scaled(ROW_PX))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        summary = index.data(ChatRole.SUMMARY)
        if summary is not None:
            self._painting.paint(painter, option.rect, option.state, summary, index.data(ChatRole.TITLE))
