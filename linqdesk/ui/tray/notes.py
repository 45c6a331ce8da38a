"""What is said of single files beside the tray: why one cannot go, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from linqdesk.ui.icons import icon_pixmap, themed_icon
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.thread.accessibility import announce

_ICON_PX, _BUTTON_PX, _SHOWN = 16, 28, 4


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a file; `acts` are the labels of what can be done, told by their place."""

    words: str
    acts: tuple[str, ...] = ()
    is_bad: bool = True
    is_busy: bool = False


class Notes(QFrame):
    """A line for each note; hidden without any."""

    # The place of the note, and of the act among its acts.
    acted = Signal(int, int)
    dropped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without any."""
        super().__init__(parent)
        self._theme = theme
        self._notes: tuple[Note, ...] = ()
        self._lines: list[QWidget] = []
        self.setObjectName("file_notes")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is shown."""
        return self._notes

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._refill(self._notes)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show other notes; what is new is said aloud."""
        new = [each for each in notes if each not in self._notes]
        if tuple(notes) == self._notes:
            return
        self._refill(tuple(notes))
        if new:
            announce(self, " ".join(each.words for each in new))

    def _refill(self, notes: tuple[Note, ...]) -> None:
        """Show notes; who stood in a line that is gone stands in its neighbour then."""
        at = self._focused_line()
        before = self._notes[at] if at is not None else None
        self._notes = notes
        self._clear()
        self._fill()
        if at is not None and self._lines:
            shown = notes[: len(self._lines)]
            to = shown.index(before) if before in shown else min(at, len(shown) - 1)
            self._lines[to].setFocus()

    def _focused_line(self) -> int | None:
        focused = self.window().focusWidget()
        if focused is None:
            return None
        return next((at for at, line in enumerate(self._lines) if line.isAncestorOf(focused)), None)

    def _clear(self) -> None:
        self._lines.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _fill(self) -> None:
        for at, note in enumerate(self._notes[:_SHOWN]):
            line = self._line(at, note)
            self._lines.append(line)
            self._column.addWidget(line)
            line.show()
        more = len(self._notes) - _SHOWN
        if more > 0:
            label = PlainLabel(self, FontSize.META, is_secondary=True)
            label.setText(f"And {more} more.")
            self._column.addWidget(label)
        self.setVisible(bool(self._notes))

    def _line(self, at: int, note: Note) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        icon = PlainLabel(line)
        name, colour = (
            ("triangle-alert", self._theme.danger) if note.is_bad else ("info", self._theme.text_secondary)
        )
        icon.setPixmap(icon_pixmap(name, colour.name(), _ICON_PX, self.devicePixelRatioF()))
        words = PlainLabel(line, FontSize.META)
        words.setText(note.words)
        words.setWordWrap(True)
        restyle(words, danger=note.is_bad, secondary=not note.is_bad)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(words, 1)
        for number, label in enumerate(note.acts):
            row.addWidget(self._button(line, at, number, label, note))
        cross = self._cross(line, at, note)
        row.addWidget(cross)
        line.setFocusProxy(cross)
        return line

    def _button(self, line: QWidget, at: int, number: int, label: str, note: Note) -> QPushButton:
        button = QPushButton(label, line)
        button.setObjectName(f"file_note_{label.lower().replace(' ', '_')}")
        button.setAccessibleName(label)
        button.setAccessibleDescription(note.words)
        button.setEnabled(not note.is_busy)
        restyle(button, small=True)
        button.clicked.connect(partial(self.acted.emit, at, number))
        return button

    def _cross(self, line: QWidget, at: int, note: Note) -> QToolButton:
        cross = QToolButton(line)
        cross.setObjectName("file_note_drop")
        cross.setAccessibleName("Dismiss")
        cross.setAccessibleDescription(note.words)
        cross.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        cross.setIconSize(QSize(_ICON_PX, _ICON_PX))
        cross.setIcon(themed_icon("x", self._theme.text_secondary, _ICON_PX))
        cross.clicked.connect(partial(self.dropped.emit, at))
        return cross
