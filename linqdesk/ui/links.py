"""Opens links in the system's browser, and only after a look at the address."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from linqdesk.ui.names import plain_name
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.system_opener import open_web
from linqdesk.ui.web_address import Verdict, WebAddress, read_address

_MAX_SHOWN = 160
# A break where a line may end, for an address has no blanks.
_BREAK = "\u200b"

Opener = Callable[[QUrl], bool]


class LinkOpener(QObject):
    """Opens what is plainly a web address, asks about what is odd, and refuses everything else."""

    def __init__(self, parent: QWidget, opener: Opener = open_web) -> None:
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
        where = [f"It leads to {address.host}."] if address.host else []
        answers = [
            ("Copy address", lambda: QGuiApplication.clipboard().setText(text)),
            ("Open", lambda: self._opener(address.url)),
        ]
        words = [*where, *_reasons(address), _shown(text)]
        dialog = QuestionDialog(self._window, "Open this address?", words, answers)
        dialog.setObjectName("link_question")
        dialog.open()

    def _refuse(self, text: str, address: WebAddress) -> None:
        words = [*_reasons(address), _shown(text)]
        dialog = QuestionDialog(self._window, "This address does not open from here", words, (), "Close")
        dialog.setObjectName("link_refusal")
        dialog.open()


def _reasons(address: WebAddress) -> list[str]:
    return [f"This address {reason}." for reason in address.reasons]


def _shown(text: str) -> str:
    """Return an address on as many lines as it takes, cut where it is very long."""
    cut = plain_name(text[:_MAX_SHOWN])
    broken = "".join(f"{each}{_BREAK}" if each in "/?&=.-_@" else each for each in cut)
    return broken if len(text) <= _MAX_SHOWN else f"{broken}…"
