"""Labels that show plain text and nothing else, cut where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from linqdesk.ui.elided_text import elided
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize
from linqdesk.ui.tooltips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget


class PlainLabel(QLabel):
    """A label whose text is never markup."""

    def __init__(
        self,
        parent: QWidget,
        size: FontSize = FontSize.BODY,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        is_secondary: bool = False,
    ) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        wear_font(self, size, weight)
        self.setProperty("secondary", is_secondary)


class ElidedLabel(PlainLabel):
    """A label of one line that ends in "…" where there is no room for all of it."""

    @override
    def minimumSizeHint(self) -> QSize:
        """Return a size that any layout can give."""
        return QSize(24, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        shown = elided(self.text(), self.font(), self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
            painter.drawText(self.rect(), left | Qt.AlignmentFlag.AlignVCenter, shown)
