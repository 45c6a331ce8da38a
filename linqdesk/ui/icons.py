"""The shipped line icons in any colour."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from linqdesk.local.resource_files import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QColor


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def icon_pixmap(name: str, colour: str, size_px: int, ratio: float) -> QPixmap:
    """Return an icon as `size_px` device-independent pixels; `colour` is #RRGGBB."""
    # No icon is needed for the first picture of the window.
    from PySide6.QtSvg import QSvgRenderer

    # Our own files, never a customer's: the strokes are drawn in "currentColor".
    svg = _source(name).replace("currentColor", colour)
    pixmap = QPixmap(round(size_px * ratio), round(size_px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size_px, size_px))
    return pixmap


def themed_icon(name: str, colour: QColor, size_px: int = 20) -> QIcon:
    """Return an icon for a button, sharp at 100 and at 200 %."""
    icon = QIcon()
    for ratio in (1.0, 2.0):
        icon.addPixmap(icon_pixmap(name, colour.name(), size_px, ratio))
    return icon
