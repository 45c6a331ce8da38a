"""Changes a message that was sent, in the field where it was written."""

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.rules import check_editable
from linqdesk.domain.wishes import EditWish
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.composer.decorated_document import fill
from linqdesk.ui.composer.edit_strip import EditStrip
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.sheets import Editing, Sheet
from linqdesk.ui.composer_commands import ComposerCommands
from linqdesk.ui.wording import fault_sentence


class EditMode(QObject):
    """Puts a sent text into the editor in place of the unsent one, which stays as it is until then.

    `changed` tells that the editor shows another text or that something else stands against saving.
    `refused` says why a message cannot be edited.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self, cache: CacheView, commands: ComposerCommands, edit: MessageEdit, strip: EditStrip
    ) -> None:
        """Edit nothing yet."""
        super().__init__(edit)
        self._cache = cache
        self._commands = commands
        self._edit = edit
        self._strip = strip
        self._sheet: Sheet | None = None
        edit.textChanged.connect(strip.refresh)
        strip.dropped.connect(self.leave)

    @property
    def is_active(self) -> bool:
        """Whether the editor holds a text that was sent."""
        return self._sheet is not None and self._sheet.editing is not None

    @property
    def is_saving(self) -> bool:
        """Whether Linq has been asked for the change."""
        return self._sheet is not None and self._sheet.editing is not None and self._sheet.editing.is_saving

    @property
    def can_save(self) -> bool:
        """Whether what stands in the editor can be saved."""
        editing = self._sheet.editing if self._sheet is not None else None
        if editing is None or editing.is_saving:
            return False
        text = editing.text().strip()
        return text != editing.was and not self._strip.obstacles(text)

    def show(self, sheet: Sheet | None) -> None:
        """Show what stands in a chat: the text that is being edited, else the unsent one."""
        self._sheet = sheet
        editing = sheet.editing if sheet is not None else None
        self._strip.show_editing(editing)
        if sheet is not None:
            self._edit.show_document(
                editing.document if editing is not None else sheet.document, _cursor_of(sheet)
            )

    def begin_last(self, chat_id: ChatId) -> None:
        """Edit the newest text of ours in a chat."""
        for row in reversed(self._cache.rows(chat_id)):
            message = row.content
            if isinstance(message, Message) and message.is_from_me and not row.is_deleted:
                texts = [at for at, part in enumerate(message.parts) if isinstance(part, TextPart)]
                if texts:
                    self.begin(row, texts[-1])
                    return

    def begin(self, row: ThreadRow, part_index: int) -> None:
        """Edit a text of a message, or say why that cannot be; an edit under way goes on."""
        message, sheet = row.content, self._sheet
        if sheet is None or sheet.editing is not None or not isinstance(message, Message):
            return
        found = check_editable(message, part_index, now=self._strip.now(), edit_count=row.edit_count)
        part = message.parts[part_index] if not found else None
        if not isinstance(part, TextPart):
            self.refused.emit(found[0].words if found else "Only texts can be edited.")
            return
        sheet.cursor = self._edit.textCursor().position()
        document = self._edit.new_document()
        fill(document, part.value, ())
        sheet.editing = Editing(message, part_index, row.edit_count, document, part.value)
        self.show(sheet)
        self.changed.emit()

    def leave(self) -> None:
        """Put the unsent text back; what was changed is gone."""
        sheet = self._sheet
        if sheet is not None and sheet.editing is not None and not sheet.editing.is_saving:
            self._end(sheet)

    def save(self) -> None:
        """Ask Linq for the change; the text stays until it is so."""
        sheet = self._sheet
        editing = sheet.editing if sheet is not None else None
        if sheet is None or editing is None or not self.can_save:
            return
        editing.is_saving, editing.complaint = True, ""
        wish = EditWish(editing.part_index, editing.text().strip())
        self._strip.refresh()
        self.changed.emit()
        message = editing.message
        self._commands.acts.change(
            message.chat_id, message.id, wish, lambda error: self._on_saved(sheet, editing, error)
        )

    def _on_saved(self, sheet: Sheet, editing: Editing, error: LinqDeskError | None) -> None:
        editing.is_saving = False
        if error is None:
            self._end(sheet)
        else:
            editing.complaint = f"The message was not changed. {fault_sentence(error)}"
            self._strip.refresh()
            self.changed.emit()

    def _end(self, sheet: Sheet) -> None:
        editing, sheet.editing = sheet.editing, None
        if sheet is self._sheet:
            self.show(sheet)
            self.changed.emit()
        if editing is not None:
            editing.document.deleteLater()


def _cursor_of(sheet: Sheet) -> int:
    editing = sheet.editing
    return editing.document.characterCount() - 1 if editing is not None else sheet.cursor
