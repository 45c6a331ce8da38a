"""The Settings dialog: pages beside their names; what is changed holds at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.effects_page import EffectsPage
from linqdesk.ui.settings.general_page import GeneralPage
from linqdesk.ui.settings.writing_page import WritingPage
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize

_SIZE_PX = (720, 640)
_NAMES_PX = 168
_ON = True


class SettingsDialog(QDialog):
    """Shows one page at a time; opened with `open()`, never with a loop of its own."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        """Start with the pages that every window has."""
        super().__init__(parent)
        self.setObjectName("settings")
        self.setAccessibleName("Settings")
        self.setWindowTitle("Settings")
        self.resize(*_SIZE_PX)
        self.setMinimumSize(520, 400)
        self._names = QListWidget(self)
        self._names.setObjectName("settings_pages")
        self._names.setAccessibleName("Pages of settings")
        wear_font(self._names, FontSize.BODY)
        self._names.setFrameShape(QFrame.Shape.NoFrame)
        self._pages = QStackedWidget(self)
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.general = GeneralPage(preferences, self)
        self.add_page("General", self.general)
        self.add_page("Writing", WritingPage(preferences, self))
        self.add_page("Effects", EffectsPage(preferences, self))
        self._names.setCurrentRow(0)
        self._lay_out()

    def add_page(self, name: str, page: QWidget) -> None:
        """Add a page behind the others."""
        whole = QWidget(self)
        title = PlainLabel(whole, FontSize.TITLE, QFont.Weight.DemiBold)
        title.setText(name)
        column = QVBoxLayout(whole)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(page, 1)
        around = QScrollArea(self)
        around.setWidgetResizable(_ON)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(whole)
        self._names.addItem(name)
        self._pages.addWidget(around)

    def show_page(self, name: str) -> None:
        """Turn to a page; nothing happens where there is none of that name."""
        for item in self._names.findItems(name, Qt.MatchFlag.MatchExactly):
            self._names.setCurrentItem(item)

    def _lay_out(self) -> None:
        done = QPushButton("Done", self)
        done.setObjectName("settings_done")
        done.setAccessibleName("Close settings")
        done.setDefault(_ON)
        done.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addStretch()
        foot.addWidget(done)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addLayout(right, 1)

    def _left(self) -> QWidget:
        left = QFrame(self)
        left.setObjectName("settings_names")
        left.setFixedWidth(_NAMES_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 16, 8, 16)
        column.addWidget(self._names)
        return left
