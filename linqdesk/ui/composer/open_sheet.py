"""The sheet that lies open: what stands unsent in the open chat, and its keeping for later."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from linqdesk.domain.composing import content_of
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.store.view import CacheView
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.sheets import NOTHING, Sheet, Sheets
from linqdesk.ui.composer_commands import ComposerCommands

_DRAFT_AFTER_MS = 700


class OpenSheet(QObject):
    """Knows which chat is written to; reckons its draft once a change and keeps it within 0.7 s.

    `changed` tells that something beside the text was chosen or dropped.
    """

    changed = Signal()

    def __init__(self, cache: CacheView, commands: ComposerCommands, edit: MessageEdit) -> None:
        """Start without a chat."""
        super().__init__(edit)
        self._cache = cache
        self._commands = commands
        self.sheets = Sheets(edit.new_document)
        self.chat_id: ChatId | None = None
        self.sheet: Sheet | None = None
        self._draft: Draft | None = None
        self._content: Content | None = None
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_DRAFT_AFTER_MS)
        self._saving.timeout.connect(self.keep)

    def open(self, chat_id: ChatId | None) -> None:
        """Turn to another chat; what was being written stays with its own."""
        self.keep()
        self.chat_id, self.sheet = chat_id, None
        self._draft = self._content = None
        if chat_id is not None:
            summary = self._cache.summary(chat_id)
            self.sheet = self.sheets.open(chat_id, summary.draft if summary is not None else None)

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it; what is being written stays."""
        self.sheets.rename(local_id, chat_id)
        if self.chat_id == local_id:
            self.chat_id = chat_id

    def draft(self) -> Draft:
        """Return all that stands unsent, whether or not a sent message is edited meanwhile."""
        if self.sheet is None:
            return NOTHING
        if self._draft is None:
            self._draft = self.sheet.draft()
        return replace(self._draft, cursor=self.sheet.cursor)

    def content(self) -> Content:
        """Return what would be sent now; cheap to ask again."""
        if self._content is None:
            self._content = content_of(self.draft())
        return self._content

    def rest(self) -> Draft:
        """Return all of the draft but its text."""
        return self.sheet.rest if self.sheet is not None else NOTHING

    def change_rest(self, rest: Draft) -> None:
        """Choose or drop what goes with the text."""
        if self.sheet is not None and rest != self.sheet.rest:
            self.sheet.rest = rest
            self.changed.emit()

    def change_draft(self, chat_id: ChatId, change: Callable[[Draft], Draft]) -> None:
        """Change what goes with the text of a chat, whether or not it is the one that is open."""
        sheet = self.sheets.find(chat_id)
        if sheet is not None and sheet is self.sheet:
            self.change_rest(change(sheet.rest))
        elif sheet is not None:
            sheet.rest = change(sheet.rest)
            self.keep_draft(chat_id, sheet.draft())
        else:
            summary = self._cache.summary(chat_id)
            self.keep_draft(chat_id, change((summary.draft if summary is not None else None) or NOTHING))

    def swap_text(self, at: int) -> None:
        """Write on in the text at a place of the tray; what was being written stands there as a text."""
        if self.sheet is not None:
            self.sheet.swap_text(at)
            self.changed.emit()

    def add_text(self) -> None:
        """Begin another text after all that stands in the tray; the one that was being written joins it."""
        if self.sheet is not None:
            self.sheet.add_text()
            self.changed.emit()

    def note_change(self) -> None:
        """Reckon anew, and keep what stands here soon."""
        self._draft = self._content = None
        # Begun anew at each key, it would never end under somebody who types on.
        if not self._saving.isActive():
            self._saving.start()

    def keep(self) -> None:
        """Keep what stands here, unless it is on its way out."""
        self._saving.stop()
        if self.chat_id is not None and self.sheet is not None and not self.sheet.is_sending:
            self.keep_draft(self.chat_id, self.draft())

    def keep_draft(self, chat_id: ChatId, draft: Draft) -> None:
        """Keep a chat's draft, or that it has none."""
        self._commands.sending.keep_draft(chat_id, None if draft.is_empty else draft)
