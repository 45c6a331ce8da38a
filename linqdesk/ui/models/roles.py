"""The roles of the models, each with what it holds."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt

_FIRST = int(Qt.ItemDataRole.UserRole) + 1


class MessageRole(IntEnum):
    """Roles of the message list."""

    ROW = _FIRST
    """The ThreadRow itself."""


class ChatRole(IntEnum):
    """Roles of the chat list."""

    SUMMARY = _FIRST
    """The ChatSummary itself."""

    TITLE = _FIRST + 1
    """What the chat is called."""
