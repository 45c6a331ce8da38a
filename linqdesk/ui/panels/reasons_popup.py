"""A small card over the window that says at length what a line says in short."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import GUTTER_PX, FontSize

_WIDTH_PX, _GAP_PX = 380, 8


class ReasonsPopup(QDialog):
    """Says a heading and some sentences, goes with Esc or a click elsewhere."""

    def __init__(self, parent: QWidget, heading: str, reasons: Sequence[str], details: str = "") -> None:
        """Get ready to be shown over `parent`.

        Args:
            parent: what it explains.
            heading: what the reasons are of.
            reasons: a sentence each.
            details: technical words that can be copied, such as a trace id; empty for none.
        """
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("reasons")
        self.setAccessibleName(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER_PX, 12, GUTTER_PX, 14)
        column.setSpacing(_GAP_PX)
        title = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText(heading)
        column.addWidget(title)
        for reason in reasons:
            column.addWidget(self._sentence(reason))
        if details:
            technical = self._sentence(details, is_secondary=True)
            technical.setObjectName("reasons_details")
            column.addWidget(technical)
            column.addWidget(self._copy_button(details), 0, Qt.AlignmentFlag.AlignRight)

    def show_over(self, widget: QWidget) -> None:
        """Show it above a widget, inside of the window where there is room."""
        self.resize(_WIDTH_PX, self.heightForWidth(_WIDTH_PX))
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), -self.height() - _GAP_PX))
        first = widget.window().mapToGlobal(QPoint(_GAP_PX, _GAP_PX))
        self.move(max(first.x(), corner.x()), max(first.y(), corner.y()))
        self.show()

    @override
    def event(self, event: QEvent) -> bool:
        """Go when the agent turns to something else."""
        if event.type() is QEvent.Type.WindowDeactivate:
            self.reject()
        return super().event(event)

    def _sentence(self, words: str, *, is_secondary: bool = False) -> PlainLabel:
        label = PlainLabel(self, FontSize.PREVIEW, is_secondary=is_secondary)
        label.setText(words)
        label.setWordWrap(True)
        return label

    def _copy_button(self, words: str) -> QPushButton:
        copy = QPushButton("Copy", self)
        copy.setObjectName("copy_details")
        copy.setAccessibleName("Copy details")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words))
        return copy
