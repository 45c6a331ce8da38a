"""Asks who is to join a group; who cannot is told at once, with what can be done instead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import Handle
from linqdesk.domain.rules import Violation, check_add_participant
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.contacts.form_dialog import FormDialog
from linqdesk.ui.names import chat_title, person_name
from linqdesk.ui.new_chat.people import Person
from linqdesk.ui.new_chat.recipients import Recipients
from linqdesk.ui.theme import Theme

_ON = True


class AddDialog(FormDialog):
    """The recipient field of New chat over one group; `chosen` and `new_group_wanted` carry handles."""

    chosen = Signal(object)
    new_group_wanted = Signal(object)

    def __init__(
        self, chat: Chat, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget
    ) -> None:
        """Ask whom to add.

        Args:
            chat: the group as it is once all that is under way has come about.
            cache: knows people.
            commands: finds out how people are reached.
            theme: what the field wears.
            parent: over which it opens.
        """
        words = ("Everybody in the group sees who joins. They see nothing of what was said before.",)
        super().__init__("Add participant", words, "Add", parent)
        self._chat = chat
        self._cache = cache
        self.to = Recipients(cache, commands, theme, self)
        self.to.learn_people()
        self.to.set_line(chat.line)
        self.instead = QPushButton("Start a new group instead…", self)
        self.instead.setObjectName("new_group_instead")
        self.instead.setAccessibleName("Start a new group instead")
        self.instead.setAutoDefault(not _ON)
        self.instead.hide()
        self.label(f"To {chat_title(chat, cache)}")
        self.fields.addWidget(self.to)
        self.below.addWidget(self.instead)
        self.below.addStretch()
        self.to.changed.connect(self._judge)
        self.to.left.connect(self._on_agreed)
        self.agreed.connect(self._on_agreed)
        self.instead.clicked.connect(self._on_instead_clicked)
        self._judge()
        self.to.setFocus()

    def put(self, handle: Handle) -> None:
        """Choose somebody."""
        self.to.put(Person(handle, person_name(handle, self._cache)))

    def _judge(self) -> None:
        found = self._found()
        cannot_join = next((each for each in found if each.rule == "participant_service"), None)
        self.say((cannot_join or found[0]).words if found else "")
        self.instead.setVisible(cannot_join is not None)
        self.agree.setEnabled(bool(self.to.handles) and not found and not self.to.has_rest)

    def _found(self) -> list[Violation]:
        """Return what is against those who are chosen; only iMessage is known to be lacking for sure."""
        services = self.to.services
        return [
            violation
            for handle in self.to.handles
            for violation in check_add_participant(
                self._chat, handle, handle_service=services.get(handle) or Service.UNKNOWN
            )
        ]

    def _on_agreed(self) -> None:
        if self.to.commit() and self.agree.isEnabled():
            self.accept()
            self.chosen.emit(self.to.handles)

    def _on_instead_clicked(self) -> None:
        others = [each.handle for each in self._chat.others if each.left_at is None]
        self.accept()
        self.new_group_wanted.emit(tuple(dict.fromkeys([*others, *self.to.handles])))
