"""A sentence in a box over the window, for what must not pass by unread."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def open_notice(title: str, sentence: str, parent: QWidget) -> None:
    """Show a sentence over the window without holding anything up; it goes when it was read."""
    box = QMessageBox(parent)
    box.setObjectName("unsent_notice")
    box.setAccessibleName(title)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
