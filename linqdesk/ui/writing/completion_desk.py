"""Everything that a composer completes while one types: names of emoji and canned replies."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu

from linqdesk.domain.canned import CannedReply, canned_from, fill_in
from linqdesk.store.view import CacheView
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.composer.decorated_document import format_of, plain_format
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.pickers.canned_source import CannedSource, Fields
from linqdesk.ui.pickers.emoji_names import EmojiNames
from linqdesk.ui.pickers.suggestions import Suggestions
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.thread.accessibility import announce

if TYPE_CHECKING:
    from linqdesk.services.canned_shelf import CannedShelf

_ON = True


class CompletionDesk(QObject):
    """Writes canned replies with their decorations and effect, and holds what is not filled in yet."""

    def __init__(self, cache: CacheView, composer: Composer, preferences: Preferences, theme: Theme) -> None:
        """Serve a composer; there are no canned replies before `shelf` is set."""
        super().__init__(composer)
        self._cache = cache
        self._composer = composer
        self.shelf: CannedShelf | None = None
        self._preferences = preferences
        self._held: str | None = None
        self.fields = Fields(composer.edit)
        self._names = EmojiNames(preferences)
        canned = CannedSource(self._replies, self._fault, self._write)
        self.suggestions = Suggestions(composer.edit, theme, (canned, self._names))
        self._says = PlainLabel(composer, FontSize.META, is_secondary=True)
        self._says.setObjectName("fields_left")
        self._says.setWordWrap(_ON)
        self._says.hide()
        composer.strips.addWidget(self._says)
        composer.gates.append(self._is_filled_in)
        composer.edit.textChanged.connect(self._on_text_changed)
        self.fields.changed.connect(self._say_left)
        composer.spell_marks.menu_made.connect(self._add_to_menu)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.suggestions.set_theme(theme)

    def _replies(self) -> tuple[CannedReply, ...]:
        """Return the replies as they are known, and look whether the file has others by now."""
        if self.shelf is None or self._composer.edit_mode.is_active:
            return ()
        self.shelf.look_again()
        return self.shelf.replies

    def _fault(self) -> str:
        fault = self.shelf.fault if self.shelf is not None else None
        return fault.message if fault is not None else ""

    def _add_to_menu(self, menu: QMenu) -> None:
        """Let what is written be kept for later."""
        action = QAction("Save as canned reply", menu)
        is_draft = self.shelf is not None and not self._composer.edit_mode.is_active
        action.setEnabled(is_draft and bool(self._composer.draft().text.strip()))
        action.triggered.connect(self.save_as_reply)
        menu.addSeparator()
        menu.addAction(action)

    def save_as_reply(self) -> None:
        """Keep the text that is written, with its decorations, effect and files, as a canned reply."""
        draft, shelf = self._composer.draft(), self.shelf
        reply = None
        if shelf is not None:
            reply = canned_from(draft.text, draft.decorations, draft.effect, shelf.replies)
        if shelf is None or reply is None:
            return
        words = f"Saved as /{reply.name}. Settings, Canned replies, changes it."
        files = [(self._composer.path_of(each.key), each.name) for each in draft.files]
        shelf.add(reply, files, lambda fault: self._tell(words if fault is None else fault.message))

    def _tell(self, words: str) -> None:
        self._says.setText(words)
        self._says.show()
        announce(self._says, words)

    def _write(self, reply: CannedReply, replaced: QTextCursor) -> None:
        """Write a reply as one step of undoing, then go to its first field."""
        filled = fill_in(reply, self._values())
        start = replaced.selectionStart()
        replaced.beginEditBlock()
        replaced.insertText(filled.text, plain_format())
        for each in filled.decorations:
            replaced.setPosition(start + each.start)
            replaced.setPosition(start + each.end, QTextCursor.MoveMode.KeepAnchor)
            replaced.mergeCharFormat(format_of(each))
        replaced.endEditBlock()
        if reply.effect is not None:
            self._composer.set_effect(reply.effect)
        if reply.files and self.shelf is not None:
            self._composer.take_files([self.shelf.path_of(each) for each in reply.files])
        if filled.fields:
            self.fields.expect(filled.fields, start)

    def _values(self) -> dict[str, str]:
        """Return what the variables stand for in the open chat; a group has no one name."""
        chat_id = self._composer.chat_id
        summary = self._cache.summary(chat_id) if chat_id is not None else None
        values = {"agent": self._preferences.current.agent_name.strip()}
        if summary is not None:
            chat = summary.chat
            title = chat_title(chat, self._cache)
            has_name = not chat.is_group and not title.startswith("+")
            values["name"] = title.split()[0] if has_name else ""
            values["line"] = format_handle(chat.line) if chat.line is not None else ""
        return values

    def _is_filled_in(self) -> bool:
        """Hold a message back once while a field is left; the second wish to send it is meant."""
        left, text = self.fields.left(), self._composer.edit.toPlainText()
        if not left or self._held == text:
            self._held = None
            return True
        self._held = text
        self._says.setText(f"Still to fill in: {', '.join(left)}. Send again to send it as it is.")
        return False

    def _on_text_changed(self) -> None:
        """Turn a whole name between colons into its emoji."""
        self._held = None
        edit = self._composer.edit
        cursor = edit.textCursor()
        if cursor.hasSelection() or not edit.hasFocus():
            return
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()]
        named = self._names.named(before.decode("utf-16-le", "ignore")[-50:])
        if named is not None:
            length, emoji = named
            end = cursor.position()
            cursor.setPosition(end - length)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(emoji)

    def _say_left(self) -> None:
        left = self.fields.left()
        self._says.setVisible(bool(left))
        self._says.setText(f"To fill in, by Tab: {', '.join(left)}")
