"""The parts of a message as a screen reader meets them: what each is, in words, and where."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible

from linqdesk.ui.thread.targets import (
    AudioTarget,
    LinkTarget,
    PictureTarget,
    Place,
    QuoteTarget,
    Target,
    VideoTarget,
)

_Role = QAccessible.Role


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """One part; `box` is in the viewport."""

    role: QAccessible.Role
    words: str
    box: QRect
    is_reached: bool


def role_of(target: Target) -> QAccessible.Role:
    """Return what a part is to a screen reader; what can be pressed and is nothing else is a button."""
    match target:
        case LinkTarget() | QuoteTarget():
            return _Role.Link
        case PictureTarget():
            return _Role.Graphic
        case VideoTarget():
            return _Role.Animation
        case AudioTarget():
            return _Role.Sound
        case _:
            return _Role.Button


def box_of(place: Place, top_px: float) -> QRect:
    """Return all that a part covers, of a row that begins at some place of the viewport."""
    whole = QRect()
    for box in place.boxes:
        whole = whole.united(box.translated(0, top_px).toAlignedRect())
    return whole
