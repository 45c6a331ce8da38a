"""Saves and opens files of messages at the agent's wish, and says what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import MediaPart, Message
from linqdesk.local.file_names import safe_name
from linqdesk.ui.commands import Commands
from linqdesk.ui.system_opener import open_copy
from linqdesk.ui.wording import fault_sentence


@dataclass(frozen=True, slots=True)
class MediaItem:
    """A file part of a message."""

    message: Message
    part_index: int

    @property
    def part(self) -> MediaPart:
        """The part itself.

        Raises:
            TypeError: it is no file.
        """
        part = self.message.parts[self.part_index]
        if not isinstance(part, MediaPart):
            raise TypeError("not a file")
        return part

    @property
    def name(self) -> str:
        """A name for it that is harmless to show and to save under."""
        return safe_name(
            self.part.filename, "picture" if self.part.mime_type.startswith("image/") else "file"
        )


class Saver(QObject):
    """Asks where to, and has the file fetched and copied there."""

    said = Signal(str)
    """A sentence about what became of a wish."""

    def __init__(
        self, commands: Commands, window: QWidget, opens: Callable[[Path], bool] = open_copy
    ) -> None:
        """Ask in dialogs of a window; `opens` lets the system open a file."""
        super().__init__(window)
        self._commands = commands.media
        self._window = window
        self._opens = opens
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation) or Path.home()
        )

    def ask_and_save(self, item: MediaItem) -> QFileDialog:
        """Ask under which name to save a file, and do it; returns the dialog, which is open."""
        dialog = QFileDialog(self._window, "Save file", str(self._folder))
        dialog.setObjectName("save_file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Nothing is overwritten: a name that is taken gets a number.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(item.name)
        dialog.fileSelected.connect(partial(self._on_file_selected, item))
        return self._opened(dialog)

    def ask_and_save_all(self, items: Sequence[MediaItem]) -> QFileDialog:
        """Ask in which folder to save files, and do it; returns the dialog, which is open."""
        dialog = QFileDialog(self._window, "Save all", str(self._folder))
        dialog.setObjectName("save_all_files")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(partial(self._on_folder_selected, tuple(items)))
        return self._opened(dialog)

    def open_elsewhere(self, item: MediaItem) -> None:
        """Open a file in the system's own program, if it is of a harmless kind."""
        self._commands.prepare_to_open(item.message, item.part_index, self._on_prepared)

    def _opened(self, dialog: QFileDialog) -> QFileDialog:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _on_file_selected(self, item: MediaItem, target: str) -> None:
        self._folder = Path(target).parent
        self._commands.save(item.message, item.part_index, Path(target), self._on_saved)

    def _on_folder_selected(self, items: tuple[MediaItem, ...], folder: str) -> None:
        self._folder = Path(folder)
        tally = _Tally(len(items), self.said.emit)
        for item in items:
            self._commands.save(item.message, item.part_index, self._folder / item.name, tally.count)

    def _on_saved(self, outcome: Path | LinqDeskError) -> None:
        self.said.emit(
            fault_sentence(outcome)
            if isinstance(outcome, LinqDeskError)
            else f"Saved as {outcome.name} in {outcome.parent.name or outcome.parent}."
        )

    def _on_prepared(self, outcome: Path | LinqDeskError) -> None:
        if isinstance(outcome, LinqDeskError):
            self.said.emit(fault_sentence(outcome))
        elif not self._opens(outcome):
            self.said.emit("There is no program on this computer that opens this file.")


@dataclass(slots=True)
class _Tally:
    """Counts what became of several files and speaks once, when the last is done."""

    total: int
    say: Callable[[str], None]
    saved: int = 0
    failed: int = 0

    def count(self, outcome: Path | LinqDeskError) -> None:
        """Take what became of one."""
        if isinstance(outcome, Path):
            self.saved += 1
        else:
            self.failed += 1
        if self.saved + self.failed == self.total:
            words = f"Saved {self.saved} of {self.total} files."
            self.say(f"{words} The others are not available." if self.failed else words)
