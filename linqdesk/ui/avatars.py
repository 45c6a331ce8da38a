"""Draws who somebody is: initials on a tinted disc."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from linqdesk.ui.names import initials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap

    from linqdesk.ui.theme import Fill, Theme

_TEXT_SHARE = 0.36


@lru_cache(maxsize=4_096)
def _hash_of(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=4).digest(), "big")


def avatar_fill(key: str, theme: Theme) -> Fill:
    """Return the pair of colours that belongs to a key, the same in every run."""
    return theme.avatars[_hash_of(key) % len(theme.avatars)]


def paint_avatar(painter: QPainter, rect: QRectF, label: str, key: str, theme: Theme) -> None:
    """Draw a disc with the initials of `label`, or a person's outline where it is a number."""
    fill = avatar_fill(key, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill.surface)
    painter.drawEllipse(rect)
    letters = initials(label)
    if letters:
        font = QFont()
        font.setPixelSize(max(8, round(rect.height() * _TEXT_SHARE)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(fill.text)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    else:
        _paint_person(painter, rect, fill)
    painter.restore()


def paint_icon(painter: QPainter, rect: QRectF, icon: QPixmap, theme: Theme) -> None:
    """Draw a picture that is a disc already in the place of initials."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(rect, icon, QRectF(icon.rect()))
    # A picture as light as the ground, or as dark, has an edge all the same.
    painter.setPen(QPen(theme.hairline, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def paint_group_avatar(
    painter: QPainter, rect: QRectF, people: Sequence[tuple[str, str]], theme: Theme, ground: QPen
) -> None:
    """Draw two people one over the other; `people` are labels with their keys, `ground` rings the front."""
    size = rect.width() * 0.68
    back = QRectF(rect.right() - size, rect.top(), size, size)
    front = QRectF(rect.left(), rect.bottom() - size, size, size)
    for place, (label, key) in zip((back, front), people[:2], strict=False):
        paint_avatar(painter, place, label, key, theme)
        if place is back:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(ground)
            painter.setBrush(ground.color())
            painter.drawEllipse(front)
            painter.restore()


def _paint_person(painter: QPainter, rect: QRectF, fill: Fill) -> None:
    disc = QPainterPath()
    disc.addEllipse(rect)
    painter.setClipPath(disc)
    painter.setBrush(fill.text)
    unit = rect.width() / 20
    painter.drawEllipse(QPointF(rect.center().x(), rect.top() + 8 * unit), 3.4 * unit, 3.6 * unit)
    painter.drawEllipse(QPointF(rect.center().x(), rect.top() + 18.5 * unit), 6.4 * unit, 5.6 * unit)
