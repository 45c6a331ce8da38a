"""A laid-out text to animate."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout

from linqdesk.ui.theme import FontSize, font


def laid_out(text: str, width_px: float = 400) -> QTextLayout:
    layout = QTextLayout(text, font(FontSize.BODY))
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout
