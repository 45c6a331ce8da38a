"""Has files changed at the agent's wish: converted, made smaller, with or without their location."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing_files import DraftFile, FileChange, OutgoingFile
from linqdesk.domain.tray import with_file, with_file_replaced
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.tray.intake import Intake, Intakes, Remark, Subject
from linqdesk.ui.tray.open_draft import OpenDraft
from linqdesk.ui.wording import fault_sentence

_UNDOES = {
    FileChange.KEEP_LOCATION: FileChange.REMOVE_LOCATION,
    FileChange.REMOVE_LOCATION: FileChange.KEEP_LOCATION,
}


class Making(QObject):
    """Puts what was made of a file in its place; `said` tells what could not be made."""

    said = Signal(str)

    def __init__(
        self, sheet: OpenDraft, commands: ComposerCommands, intakes: Intakes, parent: QObject
    ) -> None:
        """Make nothing yet."""
        super().__init__(parent)
        self._open = sheet
        self._commands = commands
        self._intakes = intakes

    def make(self, file: OutgoingFile, change: FileChange) -> None:
        """Have a file changed that stands in the open chat's tray."""
        chat_id = self._open.chat_id
        if chat_id is not None:
            self._commands.files.change(file, change, partial(self._on_made, chat_id, file, change))

    def act(self, remark: Remark, number: int) -> None:
        """Do what a remark of the open chat offers; `number` is the place among its acts."""
        chat_id, file = self._open.chat_id, remark.file
        if chat_id is None or file is None or remark.is_busy:
            return
        match remark.subject:
            case Subject.NO_MEMO:
                self._intakes.of(chat_id).remarks.remove(remark)
                self._open.change_draft(chat_id, lambda draft: with_file(draft, DraftFile(file)))
            case Subject.LOCATION:
                self.make(file, remark.offers[number])
            case Subject.REFUSED:
                remark.is_busy = True
                done = partial(self._on_converted, chat_id, remark, file)
                self._commands.files.change(file, remark.offers[number], done)
            case Subject.REMOVED:
                # Nothing is made of what was removed; see `Removing`.
                return
        self._intakes.changed.emit()

    def drop(self, remark: Remark) -> None:
        """Say no more of a file; the copy of one that was not taken goes with its remark."""
        self._intakes.of(self._open.chat_id).remarks.remove(remark)
        if remark.file is not None and remark.subject is not Subject.LOCATION:
            self._commands.files.discard([remark.file])
        self._intakes.changed.emit()

    def _on_made(
        self, chat_id: ChatId, file: OutgoingFile, change: FileChange, made: OutgoingFile | LinqDeskError
    ) -> None:
        if isinstance(made, LinqDeskError):
            self.said.emit(fault_sentence(made))
            return
        intake = self._intakes.of(chat_id)
        offers = _offers_after(intake, file, change)
        intake.forget({file.key})
        intake.offers[made.key] = offers
        self._open.change_draft(chat_id, lambda draft: with_file_replaced(draft, file.key, DraftFile(made)))
        self._commands.files.discard([file])
        self._intakes.changed.emit()

    def _on_converted(
        self, chat_id: ChatId, remark: Remark, file: OutgoingFile, made: OutgoingFile | LinqDeskError
    ) -> None:
        remark.is_busy = False
        intake = self._intakes.of(chat_id)
        if isinstance(made, LinqDeskError):
            remark.words = fault_sentence(made)
        elif remark in intake.remarks:
            intake.remarks.remove(remark)
            self._open.change_draft(chat_id, lambda draft: with_file(draft, DraftFile(made)))
            self._commands.files.discard([file])
        else:
            # Dismissed while it was made.
            self._commands.files.discard([made])
        self._intakes.changed.emit()


def _offers_after(intake: Intake, file: OutgoingFile, change: FileChange) -> tuple[FileChange, ...]:
    """Return what can be made of the outcome of a change: its opposite, and whatever else could before."""
    before = intake.offers.get(file.key, ())
    others = tuple(each for each in before if each is not change and each is not _UNDOES.get(change))
    undoing = _UNDOES.get(change)
    return others if undoing is None else (*others, undoing)
