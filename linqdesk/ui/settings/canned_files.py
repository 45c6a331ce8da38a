"""The files that go with a canned reply: named with their sizes, added and removed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.canned_file import KeptFile
from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.ui.theme import FOCUS_RING_PX
from linqdesk.ui.wording import size_words

_MOST_LINES = 3
_ON = True


class CannedFiles(QWidget):
    """Lists the files of one reply at a time; new ones are copied beside the shared file of replies.

    Removing a file takes it from the reply; its copy stays, since another reply may send it too.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, shelf: CannedShelf, parent: QWidget) -> None:
        """Show no file yet."""
        super().__init__(parent)
        self._shelf = shelf
        self._folder = str(Path.home())
        self._shown = 0
        self.files: tuple[str, ...] = ()
        self.list = QListWidget(self)
        self.list.setObjectName("canned_files")
        self.list.setAccessibleName("Files of the reply")
        self.add = self._button("canned_add_files", "Add files…", "Add files to the reply")
        self.remove = self._button("canned_remove_file", "Remove file", "Remove the file from the reply")
        self._lay_out()
        self.add.clicked.connect(self.ask)
        self.remove.clicked.connect(self._on_remove)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_remove)

    def _button(self, name: str, words: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoDefault(not _ON)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addLayout(buttons)

    def show_files(self, files: tuple[str, ...]) -> None:
        """Show the files of another reply."""
        self._shown += 1
        self._hold(files)

    def _hold(self, files: tuple[str, ...]) -> None:
        self.files = files
        self._list([KeptFile(each, 0) for each in files], is_known=False)
        self._shelf.look_at(files, lambda found: self._on_looked(files, found))

    def ask(self) -> QFileDialog:
        """Ask for files; returns the dialog, which is open."""
        dialog = QFileDialog(self, "Add files to the reply", self._folder)
        dialog.setObjectName("canned_choose_files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take(self, names: Sequence[str]) -> None:
        """Copy files beside the replies and add them to the reply."""
        paths = [Path(each) for each in names]
        if paths:
            self._folder = str(paths[0].parent)
            generation = self._shown
            self._shelf.copy(
                [(each, each.name) for each in paths],
                lambda kept, fault: self._on_copied(generation, kept, fault),
            )

    def _on_copied(self, generation: int, kept: tuple[str, ...], fault: LocalFaultError | None) -> None:
        if fault is not None:
            self.refused.emit(fault.message)
        elif generation != self._shown:
            self.refused.emit("The files were not added: another reply was chosen meanwhile. Add them again.")
        else:
            self._hold(tuple(dict.fromkeys((*self.files, *kept))))
            self.changed.emit()

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.files):
            self._hold(self.files[:row] + self.files[row + 1 :])
            self.list.setCurrentRow(min(row, len(self.files) - 1))
            (self.list if self.files else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def _on_looked(self, files: tuple[str, ...], found: tuple[KeptFile, ...]) -> None:
        if files == self.files:
            self._list(found, is_known=True)

    def _list(self, files: Sequence[KeptFile], *, is_known: bool) -> None:
        row = self.list.currentRow()
        self.list.clear()
        self.list.addItems([_words(each) if is_known else each.name for each in files])
        self.list.setCurrentRow(max(0, min(row, len(files) - 1)))
        self.list.setVisible(bool(files))
        line_px = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(line_px * max(1, min(len(files), _MOST_LINES)) + 2 * FOCUS_RING_PX)
        self.remove.setVisible(bool(files))
        self.remove.setEnabled(self.list.currentRow() >= 0)


def _words(file: KeptFile) -> str:
    if file.size_bytes is None:
        return f"{file.name} · missing: it is not where the replies are, and will not be sent"
    return f"{file.name} · {size_words(file.size_bytes)}"
