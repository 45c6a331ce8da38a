"""The sheet of keys: everything that can be done by keyboard, by area of the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Anywhere",
        (
            ("F1, Ctrl+/", "this sheet"),
            ("F6, Shift+F6", "next, previous area: lines, chats, thread, composer, details"),
            ("Tab, Shift+Tab", "next, previous control"),
            ("Ctrl+N", "begin a chat"),
            ("Ctrl+,", "settings"),
            ("Ctrl+Shift+U", "everything that is not sent yet"),
            ("Ctrl++, Ctrl+-, Ctrl+0", "larger, smaller, usual text"),
            ("Esc", "close what lies on top"),
        ),
    ),
    (
        "Chats and lines",
        (
            ("Ctrl+K", "go to a chat by its name, number or words"),
            ("Alt+Down, Alt+Up", "open the next, the previous chat"),
            ("Ctrl+1 to Ctrl+9", "show the chats of one line; again: of all"),
            ("Space, Ctrl+click", "in the rail: show a line besides the others"),
            ("Ctrl+Shift+M", "let the open chat count as unread"),
        ),
    ),
    (
        "Thread",
        (
            ("Ctrl+F", "find in the chat"),
            ("Ctrl+G", "go to a day"),
            ("Ctrl+J", "go to the newest message"),
            ("Alt+Left", "back from the original of a reply"),
            ("Up, Down, Home, End, Page Up, Page Down", "move between messages; with Shift select them"),
            ("Right, Left", "go through the parts of a message"),
            ("Enter", "open what has the focus: a link, a file, a reaction, the quote"),
            ("R", "answer the message"),
            ("E, 1 to 6", "react to it, with a tapback"),
            ("V", "see its picture or video large"),
            ("Space", "play or pause; play effects again; reveal invisible ink"),
            ("C, Ctrl+C, Ctrl+A", "copy, select all"),
            ("Menu, Shift+F10", "everything that can be done with the message"),
        ),
    ),
    (
        "Composer",
        (
            ("Enter, Ctrl+Enter", "send; Settings says which"),
            ("Shift+Enter", "break the line"),
            ("Up", "in an empty field: change the last message"),
            ("Ctrl+B, Ctrl+I, Ctrl+U, Ctrl+Shift+X", "bold, italic, underline, strike through"),
            ("Ctrl+Shift+T", "the bar of text styles and text effects"),
            ("Ctrl+Shift+E", "message effects"),
            ("Ctrl+.", "emoji"),
            ("/ , :name", "a canned reply, an emoji by its name"),
            ("Ctrl+Shift+A", "attach files"),
            ("Ctrl+Shift+R", "record a voice memo"),
        ),
    ),
)
_SIZE_PX, _KEYS_PX = (600, 640), 190
_ON = True


class KeySheet(QDialog):
    """A list to read; opened with `open()`."""

    def __init__(self, parent: QWidget) -> None:
        """Show all keys."""
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setAccessibleName("Keyboard")
        self.setWindowTitle("Keyboard")
        self.resize(*_SIZE_PX)
        self.setMinimumSize(420, 320)
        close = QPushButton("Close", self)
        close.setObjectName("close_key_sheet")
        close.setAccessibleName("Close")
        restyle(close, primary=_ON)
        close.setDefault(_ON)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        title = PlainLabel(self, FontSize.TITLE, QFont.Weight.DemiBold)
        title.setText("Keyboard")
        title.setContentsMargins(FOCUS_RING_PX, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self._list(), 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _list(self) -> QScrollArea:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for heading, keys in KEYS:
            self._add_heading(grid, heading)
            for pressed, does in keys:
                self._add(grid, pressed, does)
        area = QScrollArea(self)
        area.setObjectName("keys")
        # It has the keyboard, so that arrows and Page Down scroll it.
        area.setAccessibleName("Keys")
        area.setWidgetResizable(_ON)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _add_heading(self, grid: QGridLayout, words: str) -> None:
        label = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        label.setText(words)
        label.setContentsMargins(0, 10 if grid.count() else 0, 0, 2)
        grid.addWidget(label, grid.rowCount(), 0, 1, 2)

    def _add(self, grid: QGridLayout, pressed: str, does: str) -> None:
        row = grid.rowCount()
        keys = PlainLabel(self, FontSize.PREVIEW, QFont.Weight.DemiBold)
        keys.setText(pressed)
        keys.setWordWrap(_ON)
        keys.setFixedWidth(_KEYS_PX)
        words = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        words.setText(does)
        words.setAccessibleName(f"{pressed}: {does}")
        words.setWordWrap(_ON)
        grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
