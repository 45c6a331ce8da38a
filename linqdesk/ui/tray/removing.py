"""Takes files and texts out of a tray, and puts back what was taken out last."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import TrayItem
from linqdesk.domain.tray import entries_of, with_restored, without
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.names import isolated
from linqdesk.ui.tray.intake import Intake, Intakes, Remark, Subject
from linqdesk.ui.tray.open_draft import OpenDraft
from linqdesk.ui.tray.tray_words import count_words, title_of

_TEXT = "The text"


class Removing(QObject):
    """Keeps the copies of what was removed until something else is removed, or the message goes.

    `emptied` tells that nothing is left in the tray, `restored` at which place something is there again.
    """

    emptied = Signal()
    restored = Signal(int)

    def __init__(
        self, sheet: OpenDraft, commands: ComposerCommands, intakes: Intakes, parent: QObject
    ) -> None:
        """Remove nothing yet."""
        super().__init__(parent)
        self._open = sheet
        self._commands = commands
        self._intakes = intakes

    def remove(self, at: int) -> None:
        """Take one item out of the open chat's tray; the text in the editor is none of it."""
        item = entries_of(self._open.draft())[at]
        if item is None:
            self.emptied.emit()
        else:
            self._take_out([(at, item)], lambda draft: without(draft, at))

    def remove_all(self) -> None:
        """Take everything out of the open chat's tray but the text in the editor."""
        entries = entries_of(self._open.draft())
        removed = [(at, item) for at, item in enumerate(entries) if item is not None]
        self._take_out(removed, lambda draft: replace(draft, tray=(), text_at=None))

    def undo(self) -> None:
        """Put back what was removed last, where it stood."""
        chat_id, remark = self._open.chat_id, self._intakes.of(self._open.chat_id).removed
        if chat_id is None or remark is None:
            return
        self._intakes.of(chat_id).remarks.remove(remark)
        self._open.change_draft(chat_id, lambda draft: with_restored(draft, remark.removed))
        self._intakes.changed.emit()
        self.restored.emit(remark.removed[0][0])

    def make_final(self, intake: Intake) -> None:
        """Let what was removed last go for good."""
        remark = intake.removed
        if remark is not None:
            intake.remarks.remove(remark)
            intake.forget({each.key for each in remark.removed_files})
            self._commands.files.discard(remark.removed_files)

    def _take_out(self, removed: list[tuple[int, TrayItem]], change: Callable[[Draft], Draft]) -> None:
        chat_id = self._open.chat_id
        if chat_id is None or not removed:
            return
        intake = self._intakes.of(chat_id)
        self.make_final(intake)
        remark = Remark(Subject.REMOVED, "", _words(removed), removed=tuple(removed))
        intake.silence({each.key for each in remark.removed_files})
        intake.remarks.append(remark)
        self._open.change_draft(chat_id, change)
        self._intakes.changed.emit()
        if not self._open.draft().tray:
            self.emptied.emit()


def _words(removed: list[tuple[int, TrayItem]]) -> str:
    files = Remark(Subject.REMOVED, "", "", removed=tuple(removed)).removed_files
    if len(removed) > 1:
        return count_words(len(files)) if len(files) == len(removed) else f"{len(removed)} items"
    return isolated(title_of(removed[0][1], "")) if files else _TEXT
