"""What this desk noted down about a person or a group."""

from PySide6.QtWidgets import QPushButton, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.people_commands import PeopleCommands
from linqdesk.ui.theme import FontSize

_HINT = "Only this desk sees notes."


class NotesCard(Card):
    """The note as it is, with a button that opens it to write."""

    def __init__(self, people: PeopleCommands, wishes: PanelWishes, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__("Notes", parent)
        self._people = people
        self._wishes = wishes
        self._chat: Chat | None = None
        self._note = PlainLabel(self, FontSize.PREVIEW)
        self._note.setObjectName("note")
        self.edit = QPushButton(self)
        self.edit.setObjectName("edit_notes")
        self.edit.setProperty("small", "true")
        self.add(self._note)
        self.add_beside_title(self.edit)
        self.edit.clicked.connect(self._on_edit_clicked)

    def show_chat(self, chat: Chat) -> None:
        """Show the note of the person, or of the group."""
        self._chat = chat
        note = self._people.chat_note(chat.id)
        if not chat.is_group and chat.others:
            note = self._people.contact(chat.others[0].handle).note
        self._note.setText(note or _HINT)
        self._note.setProperty("secondary", str(not note).lower())
        self._note.style().polish(self._note)
        self.edit.setText("Edit…" if chat.is_group else "Name and notes…")
        self.edit.setAccessibleName("Edit notes" if chat.is_group else "Name and notes")

    def _on_edit_clicked(self) -> None:
        chat = self._chat
        if chat is not None and not chat.is_group and chat.others:
            self._wishes.contact_wanted.emit(chat.others[0].handle)
        else:
            self._wishes.note_wanted.emit()
