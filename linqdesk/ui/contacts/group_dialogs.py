"""Ask how a group is to be called, and which picture it is to have."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from linqdesk.domain.rules import check_group_icon
from linqdesk.ui.contacts.form_dialog import FormDialog
from linqdesk.ui.names import plain_name

# Linq names no limit for a group's name.
MAX_NAME = 100

_ON = True


class RenameDialog(FormDialog):
    """`named` carries a name that is not empty and not the one that the group has."""

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        """Begin with the name that the group has."""
        super().__init__("Rename group", ("Everybody in the group sees the new name.",), "Rename", parent)
        self._was = name
        self.name = QLineEdit(name, self)
        self.name.setObjectName("new_group_name")
        self.name.setAccessibleName("Group name")
        self.name.setMaxLength(MAX_NAME)
        self.name.selectAll()
        self.fields.addWidget(self.name)
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self._on_agreed)
        self.agreed.connect(self._on_agreed)
        self._judge()
        self.name.setFocus()

    def _judge(self) -> None:
        name = plain_name(self.name.text())
        self.agree.setEnabled(bool(name) and name != self._was)
        self.say("" if name else "A name cannot be empty.", is_bad=bool(self.name.text()))

    def _on_agreed(self) -> None:
        if self.agree.isEnabled():
            self.accept()
            self.named.emit(plain_name(self.name.text()))


class IconDialog(FormDialog):
    """`file_chosen` carries the path of a picture here, `address_given` an https address."""

    file_chosen = Signal(object)
    address_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Ask."""
        words = ("Everybody in the group sees the new icon. A picture from this computer is uploaded first.",)
        super().__init__("Change group icon", words, "Use address", parent)
        self.choose = QPushButton("Choose a picture…", self)
        self.choose.setObjectName("choose_icon")
        self.choose.setAccessibleName("Choose a picture")
        self.choose.setAutoDefault(not _ON)
        self.address = QLineEdit(self)
        self.address.setObjectName("icon_address")
        self.address.setAccessibleName("Web address of a picture")
        self.address.setPlaceholderText("or its web address: https://…")
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch()
        self.fields.addLayout(row)
        self.fields.addWidget(self.address)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.address.textChanged.connect(self._judge)
        self.address.returnPressed.connect(self._on_agreed)
        self.agreed.connect(self._on_agreed)
        self._judge()
        self.choose.setFocus()

    def _judge(self) -> None:
        typed = self.address.text().strip()
        found = check_group_icon(typed)
        self.agree.setEnabled(not found)
        # What is only begun is not called wrong yet.
        is_begun = "https://".startswith(typed[:8]) and len(typed) <= len("https://")
        self.say("" if not found or is_begun else found[0].words)

    def _on_agreed(self) -> None:
        if self.agree.isEnabled():
            self.accept()
            self.address_given.emit(self.address.text().strip())

    def _on_choose_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, "Choose a picture", folder)
        dialog.setNameFilter("Pictures (*.jpg *.jpeg *.png *.gif *.heic)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Use a picture of this computer."""
        self.accept()
        self.file_chosen.emit(Path(path))
