"""Settings: the names that this desk gave, and where more come from."""

from pathlib import Path

from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError
from linqdesk.services.address_book import ImportReport
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.people_commands import PeopleCommands
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize
from linqdesk.ui.wording import fault_sentence

_ON = True


class ContactsPage(QWidget):
    """Imports vCard files and says what came of it."""

    def __init__(self, people: PeopleCommands, parent: QWidget) -> None:
        """Show how many names there are."""
        super().__init__(parent)
        self._people = people
        title = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText("Names and notes")
        self._count = self._paragraph("contacts_count")
        self._fault = self._paragraph("contacts_fault")
        restyle(self._fault, danger=_ON, secondary=not _ON)
        self.import_file = QPushButton("Import a vCard file…", self)
        self.import_file.setObjectName("import_contacts")
        self.import_file.setAccessibleName("Import a vCard file")
        self.import_file.setAutoDefault(not _ON)
        self.import_file.clicked.connect(self._on_import_clicked)
        self._report = self._paragraph("import_report")
        row = QHBoxLayout()
        row.addWidget(self.import_file)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for each in (title, self._count, self._fault):
            column.addWidget(each)
        column.addSpacing(4)
        column.addLayout(row)
        column.addWidget(self._report)
        column.addStretch()

    def _paragraph(self, name: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.BODY, is_secondary=True)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Say how many names there are now."""
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        count = self._people.named_count
        known = "Nobody has" if not count else "One person has" if count == 1 else f"{count:,} people have"
        self._count.setText(
            f"{known} a name that this desk gave. They are kept on this computer, for your eyes only; the"
            " details of a chat change them."
        )
        fault = self._people.contacts_fault
        self._fault.setText(fault.message if fault is not None else "")
        self._fault.setVisible(fault is not None)

    def _on_import_clicked(self) -> None:
        dialog = QFileDialog(self, "Import a vCard file", str(Path.home()))
        dialog.setNameFilters(["Contacts (*.vcf *.vcard)", "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Import a file."""
        self.import_file.setEnabled(not _ON)
        self._report.setText("Reading…")
        self._people.import_contacts(Path(path), self._on_imported)

    def _on_imported(self, outcome: ImportReport | LinqDeskError) -> None:
        self.import_file.setEnabled(_ON)
        is_fault = isinstance(outcome, LinqDeskError)
        words = fault_sentence(outcome) if isinstance(outcome, LinqDeskError) else report_words(outcome)
        self._report.setText(words)
        restyle(self._report, danger=is_fault, secondary=not is_fault)
        self._refresh()


def report_words(report: ImportReport) -> str:
    """Return what came of an import."""
    words = [f"{_count(report.named_count, 'number or address', 'numbers and addresses')} got a name."]
    if report.kept_count:
        words.append(f"{report.kept_count:,} kept the name that this desk gave.")
    if report.useless_count:
        cards = _count(report.useless_count, "card", "cards")
        words.append(f"{cards} without a name, or without a number or address that can be read.")
    return " ".join(words)


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
