"""Opens links in the system's browser: the only module that may, and only after a look at the address."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from linqdesk.ui.names import plain_name
from linqdesk.ui.web_address import Verdict, WebAddress, read_address

_MAX_SHOWN = 300

Opener = Callable[[QUrl], bool]


class LinkOpener(QObject):
    """Opens what is plainly a web address, asks about what is odd, and refuses everything else."""

    def __init__(self, parent: QWidget, opener: Opener = QDesktopServices.openUrl) -> None:
        """Ask over a window; `opener` is replaced in tests."""
        super().__init__(parent)
        self._window = parent
        self._opener = opener

    def open(self, text: str) -> None:
        """Open a link that somebody else wrote, or ask first, or say why not."""
        address = read_address(text)
        match address.verdict:
            case Verdict.OPEN:
                self._opener(address.url)
            case Verdict.ASK:
                self._ask(text, address)
            case Verdict.REFUSE:
                self._refuse(text, address)

    def _ask(self, text: str, address: WebAddress) -> None:
        where = f"It leads to {address.host}.\n\n" if address.host else ""
        box = self._box("Open this address?", f"{where}{_reason_lines(address)}\n\n{_shown(text)}")
        box.setObjectName("link_question")
        go = box.addButton("Open", QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton("Copy address", QMessageBox.ButtonRole.ActionRole)
        stay = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda: self._opener(address.url))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        box.open()

    def _refuse(self, text: str, address: WebAddress) -> None:
        box = self._box("This address does not open from here", f"{_reason_lines(address)}\n\n{_shown(text)}")
        box.setObjectName("link_refusal")
        box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
        box.open()

    def _box(self, title: str, words: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        box.setAccessibleName(title)
        box.setText(title)
        box.setInformativeText(words)
        return box


def _reason_lines(address: WebAddress) -> str:
    return "\n".join(f"This address {reason}." for reason in address.reasons)


def _shown(text: str) -> str:
    return plain_name(text) if len(text) <= _MAX_SHOWN else f"{plain_name(text[:_MAX_SHOWN])}…"
