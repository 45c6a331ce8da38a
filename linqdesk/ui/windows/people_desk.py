"""Fulfils what the details of a chat wish for: asks where that is due, commands, and says what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.contacts import Contact
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.group_changes import (
    GONE,
    AddMember,
    ChangeIcon,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
    expected,
)
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.contacts.add_dialog import AddDialog
from linqdesk.ui.contacts.contact_dialog import ContactDialog, GroupNoteDialog
from linqdesk.ui.contacts.group_dialogs import IconDialog, RenameDialog
from linqdesk.ui.names import chat_title, format_handle, plain_name
from linqdesk.ui.panels.details_panel import DetailsPanel
from linqdesk.ui.panels.group_words import failure_reason, failure_title, full_name
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.panels.reasons_popup import ReasonsPopup
from linqdesk.ui.system_opener import open_dialler
from linqdesk.ui.theme import Theme
from linqdesk.ui.wording import fault_details, fault_reasons, fault_sentence


@dataclass(frozen=True, slots=True)
class _Failure:
    """What did not come about in a chat, and the error that says why."""

    words: str
    error: LinqDeskError


class PeopleDesk(QObject):
    """Works for one panel; what it says of failures stays with their chats."""

    said = Signal(str)
    chat_wanted = Signal(object)
    new_chat_wanted = Signal(object)

    def __init__(
        self,
        panel: DetailsPanel,
        cache: CacheView,
        commands: Commands,
        theme: Theme,
        dials: Callable[[str], bool] = open_dialler,
    ) -> None:
        """Listen to a panel; `dials` lets the system call a number."""
        super().__init__(panel)
        self._panel = panel
        self._cache = cache
        self._commands = commands
        self.theme = theme
        self._dials = dials
        self._chat_id: ChatId | None = None
        self._failures: dict[ChatId, _Failure] = {}
        wishes = panel.wishes
        wishes.add_wanted.connect(self._on_add_wanted)
        wishes.remove_wanted.connect(self._on_remove_wanted)
        wishes.rename_wanted.connect(self._on_rename_wanted)
        wishes.icon_wanted.connect(self._on_icon_wanted)
        wishes.leave_wanted.connect(self._on_leave_wanted)
        wishes.share_wanted.connect(self._on_share_wanted)
        wishes.contact_wanted.connect(self._on_contact_wanted)
        wishes.note_wanted.connect(self._on_note_wanted)
        wishes.message_wanted.connect(self._on_message_wanted)
        wishes.call_wanted.connect(self._on_call_wanted)
        wishes.copy_wanted.connect(self._on_copy_wanted)
        wishes.older_wanted.connect(self._on_older_wanted)
        panel.notice.dismissed.connect(self._on_dismissed)
        panel.notice.details_wanted.connect(self._on_details_wanted)

    @property
    def _window(self) -> QWidget:
        return self._panel.window()

    def show_chat(self, chat: Chat) -> None:
        """Fulfil wishes about this chat from now on, and say what failed in it."""
        self._chat_id = chat.id
        self._say_failure()

    def _chat(self) -> Chat | None:
        summary = self._cache.summary(self._chat_id) if self._chat_id is not None else None
        return summary.chat if summary is not None else None

    # Changes of the group.

    def change(self, chat_id: ChatId, change: GroupChange, icon: Path | None = None) -> None:
        """Ask for a change, and say so where it does not come about."""
        self._failures.pop(chat_id, None)
        self._say_failure()
        self._commands.people.change_group(
            chat_id, change, partial(self._on_changed, chat_id, change), icon=icon
        )

    def _on_changed(self, chat_id: ChatId, change: GroupChange, error: LinqDeskError | None) -> None:
        summary = self._cache.summary(chat_id)
        if error is not None:
            words = f"{failure_title(change, self._cache)} {failure_reason(error)}"
            self._failures[chat_id] = _Failure(words, error)
            self._say_failure()
            self.said.emit(words)
        elif isinstance(change, LeaveGroup) and summary is not None:
            self.said.emit(f"You have left {chat_title(summary.chat, self._cache)}.")

    def add_to(self, chat_id: ChatId, handles: tuple[Handle, ...]) -> None:
        """Ask whether these people are to be added, or whom to add where there are none."""
        summary = self._cache.summary(chat_id)
        if summary is None:
            return
        after = expected(summary.chat, tuple(each.change for each in summary.changes))
        dialog = AddDialog(after, self._cache, self._commands, self.theme, self._window)
        dialog.chosen.connect(lambda chosen: self._add_all(chat_id, chosen))
        dialog.new_group_wanted.connect(self.new_chat_wanted)
        for each in handles:
            dialog.put(each)
        dialog.open()

    def _add_all(self, chat_id: ChatId, handles: tuple[Handle, ...]) -> None:
        for each in handles:
            self.change(chat_id, AddMember(each))

    def _on_add_wanted(self, handles: tuple[Handle, ...]) -> None:
        if self._chat_id is not None:
            self.add_to(self._chat_id, handles)

    def _on_remove_wanted(self, handle: str) -> None:
        chat = self._chat()
        if chat is None:
            return
        name = full_name(handle, self._cache)
        title = chat_title(chat, self._cache)
        words = (
            f"{name} will no longer get what is written in {title}.",
            "Everybody in the group sees the removal.",
        )
        act = partial(self.change, chat.id, RemoveMember(Handle(handle)))
        QuestionDialog(self._window, f"Remove {name}?", words, [("Remove", act)]).open()

    def _on_leave_wanted(self) -> None:
        chat = self._chat()
        if chat is None:
            return
        words = (
            "Your line gets nothing more from this group and can do nothing in it, nor come back by itself.",
            "What was said so far stays here.",
        )
        act = partial(self.change, chat.id, LeaveGroup())
        title = f"Leave {chat_title(chat, self._cache)}?"
        QuestionDialog(self._window, title, words, [("Leave", act)]).open()

    def _on_rename_wanted(self) -> None:
        chat = self._chat()
        if chat is not None:
            dialog = RenameDialog(plain_name(chat.own_name or ""), self._window)
            dialog.named.connect(lambda name: self.change(chat.id, RenameGroup(name)))
            dialog.open()

    def _on_icon_wanted(self) -> None:
        chat = self._chat()
        if chat is not None:
            dialog = IconDialog(self._window)
            dialog.address_given.connect(lambda address: self.change(chat.id, ChangeIcon(address)))
            dialog.file_chosen.connect(lambda file: self.change(chat.id, ChangeIcon(file.name), file))
            dialog.open()

    # What failed.

    def _say_failure(self) -> None:
        failure = self._failures.get(self._chat_id) if self._chat_id is not None else None
        has_details = failure is not None and bool(fault_details(failure.error))
        self._panel.notice.say(failure.words if failure is not None else "", has_details=has_details)

    def _on_dismissed(self) -> None:
        if self._chat_id is not None:
            self._failures.pop(self._chat_id, None)
            self._say_failure()

    def _on_details_wanted(self, button: QWidget) -> None:
        failure = self._failures.get(self._chat_id) if self._chat_id is not None else None
        if failure is not None:
            reasons, details = fault_reasons(failure.error), fault_details(failure.error)
            ReasonsPopup(self._panel, "Why this did not come about", reasons, details).show_over(button)

    # People.

    def _on_share_wanted(self) -> None:
        chat_id = self._chat_id
        if chat_id is not None:
            self._panel.share.set_sharing(is_sharing=bool(chat_id))
            self._commands.people.share_contact_card(chat_id, self._on_shared)

    def _on_shared(self, error: LinqDeskError | None) -> None:
        self._panel.share.set_sharing(is_sharing=False)
        self.said.emit(
            "Contact card shared."
            if error is None
            else f"The contact card was not shared. {fault_sentence(error)}"
        )

    def _on_contact_wanted(self, handle: str) -> None:
        people, who = self._commands.people, Handle(handle)
        contact = people.contact(who)
        known = self._cache.name_of(who) or ""
        other = plain_name(known) if known != contact.name else ""
        dialog = ContactDialog(format_handle(handle), contact, other, self._window)
        dialog.kept.connect(partial(self._keep, who))
        dialog.open()

    def _keep(self, handle: Handle, contact: Contact) -> None:
        self._commands.people.keep_contact(handle, contact)
        self._refresh()

    def _on_note_wanted(self) -> None:
        chat = self._chat()
        if chat is not None:
            note = self._commands.people.chat_note(chat.id)
            dialog = GroupNoteDialog(chat_title(chat, self._cache), note, self._window)
            dialog.kept.connect(partial(self._keep_note, chat.id))
            dialog.open()

    def _keep_note(self, chat_id: ChatId, note: str) -> None:
        self._commands.people.keep_chat_note(chat_id, note)
        self._refresh()

    def _refresh(self) -> None:
        chat = self._chat()
        if chat is not None:
            self._panel.show_chat(chat)

    def _on_message_wanted(self, handle: str) -> None:
        """Open the direct chat with somebody over the same line, else a new one."""
        chat = self._chat()
        found = self._direct_chat(handle, chat.line if chat is not None else None)
        if found is not None:
            self.chat_wanted.emit(found)
        else:
            self.new_chat_wanted.emit((Handle(handle),))

    def _direct_chat(self, handle: str, line: Handle | None) -> ChatId | None:
        for chat_id in self._cache.chat_ids():
            summary = self._cache.summary(chat_id)
            chat = summary.chat if summary is not None else None
            if chat is None or chat.is_group or chat.line != line:
                continue
            if [each.handle for each in chat.others if each.status not in GONE] == [handle]:
                return chat_id
        return None

    def _on_call_wanted(self, handle: str) -> None:
        if not self._dials(handle):
            self.said.emit(f"No program on this computer makes calls. The number: {format_handle(handle)}")

    def _on_copy_wanted(self, handle: str) -> None:
        QGuiApplication.clipboard().setText(handle)
        self.said.emit(f"Copied {format_handle(handle)}.")

    def _on_older_wanted(self) -> None:
        if self._chat_id is not None:
            self._commands.acts.load_older(self._chat_id)
