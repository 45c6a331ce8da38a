"""Takes in files that the agent drops, pastes or chooses: each goes to the chat to which it was given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.outgoing_files import DraftFile, FileSource, Refused, Taken
from linqdesk.domain.tray import with_file
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.drop.drop_offer import may_be_memo
from linqdesk.ui.tray.intake import Intake, Intakes, Remark, Subject, memo_of
from linqdesk.ui.tray.open_draft import OpenDraft


@dataclass(slots=True)
class _Batch:
    """Files that were given together, and which of them are taken so far."""

    sources: tuple[FileSource, ...]
    as_memos: bool
    keys: dict[int, FileKey] = field(default_factory=dict)

    def item(self, taken: Taken) -> DraftFile | str:
        """Return what a file becomes, or why it cannot become what was wished."""
        is_memo = self.as_memos and may_be_memo(self.sources[taken.index].name)
        return memo_of(taken.file) if is_memo else DraftFile(taken.file)

    def later_than(self, index: int) -> set[FileKey]:
        """Return the files that were given after one and are taken already: it comes before them."""
        return {key for at, key in self.keys.items() if at > index}


class Taking(QObject):
    """Has files checked and copied, and puts what is taken into drafts."""

    def __init__(
        self, sheet: OpenDraft, commands: ComposerCommands, intakes: Intakes, window: QWidget
    ) -> None:
        """Take into the open chat; `window` is over what the dialog opens."""
        super().__init__(window)
        self._open = sheet
        self._commands = commands
        self._intakes = intakes
        self._window = window
        self._folder = str(Path.home())

    def ask(self) -> QFileDialog:
        """Ask for files; returns the dialog, which is open."""
        dialog = QFileDialog(self._window, "Attach files", self._folder)
        dialog.setObjectName("attach_files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take(self, sources: Sequence[FileSource], *, as_memos: bool = False) -> None:
        """Take files into the open chat's draft; sounds `as_memos` become voice memos."""
        chat_id = self._open.chat_id
        if chat_id is None or not sources:
            return
        intake = self._intakes.of(chat_id)
        intake.copying += [each.name for each in sources]
        batch = _Batch(tuple(sources), as_memos)
        self._commands.files.take_in(sources, lambda told: self._on_told(chat_id, intake, batch, told))
        self._intakes.changed.emit()

    def _on_files_selected(self, names: list[str]) -> None:
        if names:
            self._folder = str(Path(names[0]).parent)
            self.take([Path(name) for name in names])

    def _on_told(self, chat_id: ChatId, intake: Intake, batch: _Batch, told: Taken | Refused) -> None:
        name = batch.sources[told.index].name
        if name in intake.copying:
            intake.copying.remove(name)
        if isinstance(told, Refused):
            intake.refuse(told)
        else:
            self._on_taken(chat_id, intake, batch, told)
        self._intakes.changed.emit()

    def _on_taken(self, chat_id: ChatId, intake: Intake, batch: _Batch, taken: Taken) -> None:
        item = batch.item(taken)
        if isinstance(item, str):
            intake.remarks.append(Remark(Subject.NO_MEMO, taken.file.name, item, taken.file))
            return
        batch.keys[taken.index] = taken.file.key
        intake.note_offers(taken.file, taken.offers)
        later = batch.later_than(taken.index)
        self._open.change_draft(chat_id, lambda draft: with_file(draft, item, later))
