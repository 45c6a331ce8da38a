"""The report of unexpected failures, to read and to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize, font

_WIDTH_PX, _HEIGHT_PX = 620, 360
_WORDS = "Kinds of errors and places in the program; no message, name, number or token."


class CrashReport(QDialog):
    """Shows a report as plain text; gone when it is closed."""

    def __init__(self, report: str, parent: QWidget) -> None:
        """Get ready to be opened."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("crash_report")
        self.setAccessibleName("Report of what went wrong")
        self.setWindowTitle("What went wrong")
        self.resize(_WIDTH_PX, _HEIGHT_PX)
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText("What went wrong")
        words = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        words.setText(_WORDS)
        words.setWordWrap(True)
        frame = QFrame(self)
        frame.setObjectName("editor_frame")
        self.text = QPlainTextEdit(report, frame)
        self.text.setObjectName("crash_report_text")
        self.text.setAccessibleName("Report")
        self.text.setReadOnly(True)
        family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        mono = font(FontSize.META)
        mono.setFamily(family)
        self.text.setFont(mono)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 6, 8, 6)
        inside.addWidget(self.text)
        copy, close = self._button("Copy"), self._button("Close")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close.clicked.connect(self.reject)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        for each in (heading, words, frame):
            column.addWidget(each)
        column.setStretch(2, 1)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"crash_report_{words.lower()}")
        button.setAccessibleName(f"{words} the report")
        button.setAutoDefault(False)
        return button
