"""A list that drops down, with its arrow in the theme's colour."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QComboBox
from typing_extensions import override


class DropDown(QComboBox):
    """Draws its own arrow, which the style sheet cannot colour; none while there is nothing to choose."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow."""
        super().paintEvent(event)
        if not self.isEnabled():
            return
        tip = QPointF(self.width() - 18, self.height() / 2 + 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])
