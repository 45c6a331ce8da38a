"""How large text is all over the window: the agent's zoom, on top of the size that the system asks for."""

import sys

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.ui.style import style_sheet
from linqdesk.ui.theme import FontSize, Theme, font, grown

_MIN_SCALE, _MAX_SCALE = 0.8, 2.5
_SYSTEM, _SIZE, _WEIGHT, _HEIGHT = "system_text_scale", "type_size", "type_weight", "height_at_100"
# What systems write in where nobody asked for larger text; on Linux up to 11 points at 96 dots an inch.
_USUAL_PX = {"win32": 12, "darwin": 13}
_USUAL_ELSEWHERE_PX = 15


def note_system_size(application: QApplication) -> None:
    """Keep by how much the system's own text is larger than usual; to be asked before a font is set."""
    usual_px = _USUAL_PX.get(sys.platform, _USUAL_ELSEWHERE_PX)
    application.setProperty(_SYSTEM, max(1.0, QFontInfo(application.font()).pixelSize() / usual_px))


def wear_font(widget: QWidget, size: FontSize, weight: QFont.Weight = QFont.Weight.Normal) -> None:
    """Let a widget write in a size that goes with the window's text.

    The style sheet says the size too: Qt gives a widget that it styles anew the font of before.
    """
    widget.setProperty(_SIZE, size.name)
    widget.setProperty(_WEIGHT, weight.value)
    widget.setFont(font(size, weight))


def wear_height(widget: QWidget, height_px: int, words_px: int | None = None) -> None:
    """Fix a height, that at 100 %, of which `words_px` are lines of text; None means all of it."""
    widget.setProperty(_HEIGHT, (height_px, height_px if words_px is None else words_px))
    widget.setFixedHeight(grown(*widget.property(_HEIGHT)))


def wear_zoom(theme: Theme, zoom: float) -> None:
    """Write everything in 0.8 to 2.0 times its size, and larger where the system wishes that."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    scale = max(_MIN_SCALE, min(_MAX_SCALE, zoom * float(application.property(_SYSTEM) or 1.0)))
    usual = application.font()
    size_px = round(FontSize.BODY.value * scale)
    if usual.pixelSize() == size_px:
        return
    usual.setPixelSize(size_px)
    application.setFont(usual)
    if application.styleSheet():
        application.setStyleSheet(style_sheet(theme))
    for each in application.allWidgets():
        _write_anew(each)


def _write_anew(widget: QWidget) -> None:
    name, height = widget.property(_SIZE), widget.property(_HEIGHT)
    if name is not None:
        widget.setFont(font(FontSize[name], QFont.Weight(widget.property(_WEIGHT))))
    if height is not None:
        widget.setFixedHeight(grown(*height))
