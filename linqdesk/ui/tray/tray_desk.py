"""What the composer does with files: shows them, puts them in order, drops them, holds a message for them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile, DraftText, FileSource, OutgoingFile
from linqdesk.domain.tray import entries_of, moved, with_file_replaced
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.theme import Theme
from linqdesk.ui.tray.intake import Intakes, Remark, Subject, memo_of
from linqdesk.ui.tray.making import Making
from linqdesk.ui.tray.open_draft import OpenDraft
from linqdesk.ui.tray.removing import Removing
from linqdesk.ui.tray.taking import Taking
from linqdesk.ui.tray.thumbnails import Thumbnails
from linqdesk.ui.tray.tile_menu import TileMenu
from linqdesk.ui.tray.tile_painting import THUMB_PX
from linqdesk.ui.tray.tray_panel import TrayPanel
from linqdesk.ui.tray.tray_words import count_words

# As high as the field and the button that sends.
_BUTTON_PX = 36


class TrayDesk(QObject):
    """The tray of the open chat; `said` tells what holds a message back, or what cannot be done."""

    said = Signal(str)
    editor_wanted = Signal()

    def __init__(self, sheet: OpenDraft, commands: ComposerCommands, theme: Theme, parent: QWidget) -> None:
        """Serve the open sheet."""
        super().__init__(parent)
        self._open = sheet
        self._commands = commands
        self._held: Draft | None = None
        self._intakes = Intakes(self)
        self.taking = Taking(sheet, commands, self._intakes, parent)
        self._making = Making(sheet, commands, self._intakes, self)
        self._removing = Removing(sheet, commands, self._intakes, self)
        self.panel = TrayPanel(Thumbnails(commands, THUMB_PX, self), theme, parent)
        self.button = IconButton("paperclip", "Attach", parent, _BUTTON_PX)
        self.button.setToolTip("Attach files, up to 100 MB each (Ctrl+Shift+A)")
        self.button.wear(theme)
        self._connect(parent)

    def _connect(self, parent: QWidget) -> None:
        self.button.clicked.connect(self.attach)
        QShortcut(QKeySequence("Ctrl+Shift+A"), parent).activated.connect(self.attach)
        self._making.said.connect(self.said)
        self._intakes.changed.connect(self._show)
        view, notes = self.panel.view, self.panel.notes
        view.removed.connect(self._removing.remove)
        view.undo_wished.connect(self._removing.undo)
        self._removing.emptied.connect(self.editor_wanted)
        self._removing.restored.connect(self._show_restored)
        view.moved.connect(self._move)
        view.chosen.connect(self._choose)
        view.menu_wished.connect(self._show_menu)
        self.panel.text_added.connect(self._add_text)
        self.panel.all_removed.connect(self._removing.remove_all)
        notes.acted.connect(self._act)
        notes.dropped.connect(self._drop_note)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.panel.set_theme(theme)
        self.button.wear(theme)

    def show_draft(self, draft: Draft) -> None:
        """Show the files of what stands unsent."""
        self.panel.show_draft(draft, self._intakes.of(self._open.chat_id))

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it."""
        self._intakes.adopt(local_id, chat_id)

    def attach(self) -> None:
        """Ask for files."""
        if self._open.chat_id is not None and self.button.isEnabled():
            self.taking.ask()

    def take(self, sources: Sequence[FileSource], *, as_memos: bool = False) -> None:
        """Take files into the open chat's draft; sounds `as_memos` become voice memos."""
        self.taking.take(sources, as_memos=as_memos)

    def may_send(self) -> bool:
        """Hold a message while a file of it is copied, and once where one was refused: that may be missed."""
        intake, draft = self._intakes.of(self._open.chat_id), self._open.draft()
        if intake.copying:
            self.said.emit(f"Still copying {count_words(len(intake.copying))}; send when that is done.")
            return False
        refused = intake.refused_count
        if not refused or self._held == draft:
            self._held = None
            self._removing.make_final(intake)
            intake.remarks.clear()
            self._intakes.changed.emit()
            return True
        self._held = draft
        verb = "is" if refused == 1 else "are"
        self.said.emit(f"{count_words(refused)} {verb} not among what is sent. Send again to send without.")
        return False

    def _act(self, at: int, number: int) -> None:
        remark = self._remarks()[at]
        if remark.subject is Subject.REMOVED:
            self._removing.undo()
        else:
            self._making.act(remark, number)

    def _drop_note(self, at: int) -> None:
        remark = self._remarks()[at]
        if remark.subject is Subject.REMOVED:
            self._removing.make_final(self._intakes.of(self._open.chat_id))
            self._intakes.changed.emit()
        else:
            self._making.drop(remark)
        if not self._remarks():
            self.editor_wanted.emit()

    def _remarks(self) -> Sequence[Remark]:
        return self._intakes.of(self._open.chat_id).remarks

    def _show(self) -> None:
        self.show_draft(self._open.draft())

    def _change(self, change: Callable[[Draft], Draft]) -> None:
        if self._open.chat_id is not None:
            self._open.change_draft(self._open.chat_id, change)

    def _move(self, at: int, to: int) -> None:
        self._change(lambda draft: moved(draft, at, to))

    def _show_restored(self, at: int) -> None:
        view = self.panel.view
        view.setFocus()
        view.setCurrentIndex(view.tiles.index(at))

    def _choose(self, at: int) -> None:
        """Write on in a text; show what can be done with a file."""
        match entries_of(self._open.draft())[at]:
            case DraftFile():
                view = self.panel.view
                place = view.visualRect(view.tiles.index(at)).center()
                self._show_menu(at, view.viewport().mapToGlobal(place))
            case DraftText():
                self._open.swap_text(at)
                self.editor_wanted.emit()
            case None:
                self.editor_wanted.emit()

    def _add_text(self) -> None:
        self._open.add_text()
        self.editor_wanted.emit()

    def _show_menu(self, at: int, point: QPoint) -> None:
        entries = entries_of(self._open.draft())
        entry = entries[at]
        offers = self._intakes.of(self._open.chat_id).offers
        of_file = offers.get(entry.file.key, ()) if isinstance(entry, DraftFile) else ()
        menu = TileMenu(entry, at, len(entries), of_file, self.panel)
        menu.removed.connect(partial(self._removing.remove, at))
        menu.moved.connect(partial(self._move, at))
        menu.edited.connect(partial(self._choose, at))
        if isinstance(entry, DraftFile):
            menu.memo_wished.connect(lambda is_memo: self._set_memo(entry.file, is_memo=is_memo))
            menu.change_wished.connect(partial(self._making.make, entry.file))
        menu.popup(point)

    def _set_memo(self, file: OutgoingFile, *, is_memo: bool) -> None:
        item = memo_of(file) if is_memo else DraftFile(file)
        if isinstance(item, str):
            self.said.emit(item)
        else:
            self._change(lambda draft: with_file_replaced(draft, file.key, item))
