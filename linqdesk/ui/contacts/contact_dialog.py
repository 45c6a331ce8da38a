"""Asks what the desk calls somebody and what it notes down."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from linqdesk.domain.contacts import MAX_NAME, MAX_NOTE, Contact
from linqdesk.ui.contacts.form_dialog import FormDialog
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize

_NOTE_PX = 120
_ON = True


class NoteField(QFrame):
    """Some lines of plain text in a frame."""

    def __init__(self, note: str, parent: QWidget) -> None:
        """Hold a note."""
        super().__init__(parent)
        self.setObjectName("recipient_field")
        self.edit = QPlainTextEdit(self)
        self.edit.setObjectName("note_edit")
        self.edit.setAccessibleName("Notes")
        wear_font(self.edit, FontSize.PREVIEW)
        self.edit.setTabChangesFocus(_ON)
        self.edit.setPlainText(note)
        self.edit.setFixedHeight(_NOTE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.edit)

    @property
    def note(self) -> str:
        """What stands in it."""
        return self.edit.toPlainText()[:MAX_NOTE]


class ContactDialog(FormDialog):
    """Name and note of one handle, which stands in the title line; `kept` carries both."""

    kept = Signal(object)

    def __init__(self, number: str, contact: Contact, other_name: str, parent: QWidget) -> None:
        """Show what is known.

        Args:
            number: the handle as it is read.
            contact: what the desk knows.
            other_name: what Linq calls the person, shown where the desk gives no name.
            parent: over which it opens.
        """
        words = (number, "Only this desk sees names and notes; they are kept on this computer.")
        super().__init__("Name and notes", words, "Save", parent)
        self.name = QLineEdit(contact.name, self)
        self.name.setObjectName("contact_name")
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText(other_name or "Name")
        self.note = NoteField(contact.note, self)
        self.label("Name")
        self.fields.addWidget(self.name)
        self.label("Notes")
        self.fields.addWidget(self.note)
        self.name.returnPressed.connect(self.agreed)
        self.agreed.connect(self._on_agreed)
        self.name.setFocus()

    def _on_agreed(self) -> None:
        self.accept()
        self.kept.emit(Contact(self.name.text(), self.note.note))


class GroupNoteDialog(FormDialog):
    """The note about a group; `kept` carries it."""

    kept = Signal(str)

    def __init__(self, title: str, note: str, parent: QWidget) -> None:
        """Show the note about a group of that title."""
        super().__init__("Group notes", (title, "Only this desk sees notes."), "Save", parent)
        self.note = NoteField(note, self)
        self.fields.addWidget(self.note)
        self.agreed.connect(self._on_agreed)
        self.note.edit.setFocus()

    def _on_agreed(self) -> None:
        self.accept()
        self.kept.emit(self.note.note)
