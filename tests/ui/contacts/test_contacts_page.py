from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.contacts import Contact
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import Handle
from linqdesk.services.address_book import ImportReport
from linqdesk.ui.contacts.contacts_page import ContactsPage, report_words
from tests.ui.conftest import Wishes


def said(page: ContactsPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text() if label.isVisibleTo(page) else ""


def test_an_import_says_what_came_of_it(qtbot: QtBot, wishes: Wishes) -> None:
    window = QWidget()
    page = ContactsPage(wishes.people, window)
    qtbot.addWidget(window)
    window.show()
    assert said(page, "contacts_count").startswith("Nobody has a name")
    page.take_file("people.vcf")
    assert not page.import_file.isEnabled()
    file, done = wishes.people.imports.pop()
    assert file == Path("people.vcf")
    wishes.people.keep_contact(Handle("+14155550134"), Contact("Ana"))
    done(ImportReport(1, 2, 0))
    assert page.import_file.isEnabled()
    assert said(page, "import_report") == (
        "1 number or address got a name. 2 kept the name that this desk gave."
    )
    assert said(page, "contacts_count").startswith("One person has a name")
    page.take_file("people.vcf")
    wishes.people.imports.pop()[1](LocalFaultError("people.vcf holds no contacts: it is no vCard file."))
    assert said(page, "import_report") == "People.vcf holds no contacts: it is no vCard file."


def test_a_fault_of_the_disk_is_said(qtbot: QtBot, wishes: Wishes) -> None:
    wishes.people.contacts_fault = LocalFaultError("Names and notes could not be saved.")
    window = QWidget()
    page = ContactsPage(wishes.people, window)
    qtbot.addWidget(window)
    window.show()
    assert said(page, "contacts_fault") == "Names and notes could not be saved."


def test_cards_without_use_are_counted() -> None:
    assert report_words(ImportReport(1_200, 0, 3)) == (
        "1,200 numbers and addresses got a name. 3 cards without a name, or without a number or address"
        " that can be read."
    )
