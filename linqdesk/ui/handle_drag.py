"""Handles that are dragged within the window: written into what is dragged, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from linqdesk.domain.ids import Handle
from linqdesk.domain.rules.addresses import is_handle

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMAT = "application/x-linqdesk-handles"
_MAX_BYTES = 4_096


def handle_data(handles: Sequence[Handle]) -> QMimeData:
    """Return what is dragged for some handles; other programs get them as text, a line each."""
    data = QMimeData()
    data.setData(_FORMAT, "\n".join(handles).encode())
    data.setText("\n".join(handles))
    return data


def dragged_handles(data: QMimeData) -> tuple[Handle, ...]:
    """Return the handles that are dragged, none where it is something else; cheap enough for each move."""
    packed = bytes(data.data(_FORMAT).data())[:_MAX_BYTES]
    lines = packed.decode("utf-8", "replace").splitlines()
    return tuple(Handle(line) for line in lines if is_handle(line))
