"""A framed part of the details with a heading."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize

_INSET_PX, _GAP_PX = 12, 6


class Card(QFrame):
    """What belongs together, one below the other."""

    def __init__(self, title: str, parent: QWidget) -> None:
        """Start with the heading alone."""
        super().__init__(parent)
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_INSET_PX, 10, _INSET_PX, _INSET_PX)
        self._column.setSpacing(_GAP_PX)
        self._heading = PlainLabel(self, FontSize.META, QFont.Weight.DemiBold, is_secondary=True)
        self._heading.setText(title)
        self._top = QHBoxLayout()
        self._top.setSpacing(8)
        self._top.addWidget(self._heading, 1)
        self._column.addLayout(self._top)

    def say_title(self, title: str) -> None:
        """Have another heading."""
        self._heading.setText(title)

    def add(self, *contents: QWidget) -> None:
        """Put something below what is there; labels wrap."""
        for each in contents:
            if isinstance(each, PlainLabel):
                each.setWordWrap(True)
            self._column.addWidget(each)

    def add_beside_title(self, button: QWidget) -> None:
        """Put a button at the right of the heading."""
        self._top.addWidget(button)
