"""What is being written in each chat, with an undo history of its own."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, Draft, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, DraftText, TrayItem
from linqdesk.domain.tray import entries_of, items_of, less, with_entries
from linqdesk.ui.composer.decorated_document import decorations_of, fill, format_of, text_of

_KEPT = 40
NOTHING = Draft("")


@dataclass(slots=True)
class Editing:
    """A sent text that is being changed: what it was, and what it is to be in a document of its own."""

    message: Message
    part_index: int
    edit_count: int
    document: QTextDocument
    was: str
    is_saving: bool = False
    complaint: str = ""

    def text(self) -> str:
        """Return the text as it stands now."""
        return text_of(self.document)


@dataclass(slots=True)
class Sheet:
    """What stands unsent in one chat: its text in a document, and in `rest` all else of its draft.

    `editing` is a sent message that is being changed meanwhile.
    """

    document: QTextDocument
    rest: Draft = NOTHING
    cursor: int = 0
    is_sending: bool = False
    editing: Editing | None = None

    def draft(self) -> Draft:
        """Return all that stands unsent."""
        document = self.document
        return replace(
            self.rest, text=text_of(document), cursor=self.cursor, decorations=decorations_of(document)
        )

    def take_back(self, content: Content) -> None:
        """Put a message that was not sent before what stands here; effect and quote only where none is."""
        items = items_of(content)
        if any(isinstance(each, DraftFile) for each in items):
            self._take_back_items(items)
        else:
            self._take_back_text(content)
        self.rest = replace(
            self.rest,
            effect=self.rest.effect or content.effect,
            reply_to=self.rest.reply_to or content.reply_to,
            preferred_service=self.rest.preferred_service or content.preferred_service,
        )

    def _take_back_items(self, items: tuple[TrayItem, ...]) -> None:
        """Put files and texts into the tray; the last text goes into the editor where that is empty."""
        self.rest = with_entries(self.rest, (*items, *entries_of(self.rest)))
        texts = [at for at, each in enumerate(items) if isinstance(each, DraftText)]
        if texts and not text_of(self.document).strip():
            self.swap_text(texts[-1])

    def _take_back_text(self, content: Content) -> None:
        has_text = bool(text_of(self.document))
        cursor = QTextCursor(self.document)
        cursor.insertText(f"{content.text}\n" if has_text else content.text, QTextCharFormat())
        for part in content.parts:
            for each in part.decorations if isinstance(part, OutgoingText) else ():
                cursor.setPosition(each.start)
                cursor.setPosition(each.end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(format_of(each))

    def swap_text(self, at: int) -> None:
        """Write on in the text at a place of the tray; what was written stays at its own."""
        entries = list(entries_of(self.rest))
        slip = entries[at] if 0 <= at < len(entries) else None
        if isinstance(slip, DraftText):
            written = self._slip()
            here = entries.index(None)
            entries[at] = None
            entries[here : here + 1] = [written] if written is not None else []
            self.rest = with_entries(self.rest, entries)
            self._write(slip.text, slip.decorations)

    def add_text(self) -> None:
        """Let what is written here stand in the tray, and begin another text after all."""
        entries = list(entries_of(self.rest))
        written = self._slip()
        here = entries.index(None)
        entries[here : here + 1] = [written] if written is not None else []
        self.rest = with_entries(self.rest, (*entries, None))
        self._write("", ())

    def _slip(self) -> DraftText | None:
        text = text_of(self.document)
        return DraftText(text, decorations_of(self.document)) if text.strip() else None

    def _write(self, text: str, decorations: tuple[Decoration, ...]) -> None:
        fill(self.document, text, decorations)
        self.cursor = self.document.characterCount() - 1

    def take_away(self, sent: Draft) -> None:
        """Remove what was sent; what was written or chosen since stays."""
        if text_of(self.document).startswith(sent.text):
            length = utf16_length(sent.text)
            cursor = QTextCursor(self.document)
            cursor.setPosition(length, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            # What was sent must not come back by undoing.
            self.document.clearUndoRedoStacks()
            self.cursor = max(0, self.cursor - length)
        effect = None if self.rest.effect == sent.effect else self.rest.effect
        reply_to = None if self.rest.reply_to == sent.reply_to else self.rest.reply_to
        as_card = self.rest.as_card and not sent.as_card
        self.rest = replace(less(self.rest, sent), effect=effect, reply_to=reply_to, as_card=as_card)


class Sheets:
    """The sheets of the chats that were written in most recently."""

    def __init__(self, new_document: Callable[[], QTextDocument]) -> None:
        """Start without any."""
        self._new_document = new_document
        self._sheets: OrderedDict[ChatId, Sheet] = OrderedDict()

    def open(self, chat_id: ChatId, draft: Draft | None) -> Sheet:
        """Return a chat's sheet; one that is not there begins with the draft."""
        sheet = self._sheets.get(chat_id)
        if sheet is None:
            sheet = self._begin(draft or NOTHING)
            self._sheets[chat_id] = sheet
        self._sheets.move_to_end(chat_id)
        self._forget_oldest()
        return sheet

    def find(self, chat_id: ChatId) -> Sheet | None:
        """Return a chat's sheet if there is one."""
        return self._sheets.get(chat_id)

    def rename(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Let a sheet go on under another id; what stands on that one's sheet already is added to it."""
        sheet = self._sheets.pop(local_id, None)
        if sheet is None:
            return
        twin = self._sheets.pop(chat_id, None)
        text = text_of(twin.document).strip() if twin is not None else ""
        if text:
            cursor = QTextCursor(sheet.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(f"\n{text}" if text_of(sheet.document) else text)
        self._sheets[chat_id] = sheet

    def _begin(self, draft: Draft) -> Sheet:
        document = self._new_document()
        fill(document, draft.text, draft.decorations)
        rest = replace(draft, text="", cursor=0, decorations=())
        return Sheet(document, rest, min(draft.cursor, document.characterCount() - 1))

    def _forget_oldest(self) -> None:
        """Bound what is kept; a draft itself is never dropped, for the cache has it."""
        while len(self._sheets) > _KEPT:
            oldest = next(iter(self._sheets))
            if self._sheets[oldest].is_sending or self._sheets[oldest].editing is not None:
                return
            self._sheets.pop(oldest).document.deleteLater()
