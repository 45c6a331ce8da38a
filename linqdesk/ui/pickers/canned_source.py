"""Completes "/name" to a canned reply, and leads the agent through what is left to fill in."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from linqdesk.domain.canned import CannedReply, find_canned
from linqdesk.domain.decorations import utf16_length
from linqdesk.ui.pickers.suggestions import Suggestion

# A slash that begins a word, so that "and/or" and web addresses stay what they are.
_BEGUN = re.compile(r"(?:^|(?<=\s))(/([^\s/]*(?: [^\s/]+)?))$")
_MOST = 30
# No reply is called so: names have no line breaks.
_FAULT = "\n"


class CannedSource:
    """The replies of a shelf; `write` puts one into the field in the place of what was typed."""

    heading = "Canned replies"

    def __init__(
        self,
        replies: Callable[[], tuple[CannedReply, ...]],
        fault: Callable[[], str],
        write: Callable[[CannedReply, QTextCursor], None],
    ) -> None:
        """Ask for the replies each time, as a team may change them; `fault` says why there are none new."""
        self._replies = replies
        self._fault = fault
        self._write = write

    def find(self, before: str) -> tuple[int, Sequence[Suggestion]]:
        """Return the replies that fit what follows a slash."""
        begun = _BEGUN.search(before)
        if begun is None:
            return 0, ()
        found = find_canned(self._replies(), begun[2])[:_MOST]
        lines = [Suggestion(each.name, f"/{each.name}", _preview(each)) for each in found]
        fault = self._fault()
        if fault and not begun[2]:
            lines.insert(0, Suggestion(_FAULT, "Canned replies", fault))
        return utf16_length(begun[1]), lines

    def take(self, suggestion: Suggestion, replaced: QTextCursor) -> None:
        """Write the reply."""
        for reply in self._replies():
            if reply.name == suggestion.key:
                self._write(reply, replaced)
                return


def _preview(reply: CannedReply) -> str:
    """Return a reply in one line, with how many files go with it first."""
    files = {0: "", 1: "1 file · "}.get(len(reply.files), f"{len(reply.files)} files · ")
    return files + " ".join(reply.text.split())


class Fields(QObject):
    """The places of inserted replies that are still to be filled in: Tab goes from one to the next."""

    changed = Signal()

    def __init__(self, edit: QPlainTextEdit) -> None:
        """Watch a field; there is nothing to fill in yet."""
        super().__init__(edit)
        self._edit = edit
        self._known: set[str] = set()
        edit.installEventFilter(self)
        edit.textChanged.connect(self.changed)

    def expect(self, fields: Sequence[str], start: int) -> None:
        """Remember the places of a reply and go to the first one from `start`, in code units."""
        self._known |= set(fields)
        cursor = self._edit.textCursor()
        cursor.setPosition(start)
        self._edit.setTextCursor(cursor)
        self._go(backwards=False)
        self.changed.emit()

    def left(self) -> list[str]:
        """Return the places that still stand in the text."""
        text = self._edit.toPlainText() if self._known else ""
        return sorted((each for each in self._known if each in text), key=text.index)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Tab and Shift+Tab while there is something to fill in."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_tab = event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return is_tab and self._go(backwards=event.key() == Qt.Key.Key_Backtab)

    def _go(self, *, backwards: bool) -> bool:
        """Select the next place, from the beginning again after the last; tells whether there is one."""
        fields = self.left()
        if not fields:
            return False
        found = [place for each in fields for place in self._places(each)]
        cursor = self._edit.textCursor()
        if backwards:
            before = [place for place in found if place[1] <= cursor.selectionStart()]
            start, end = max(before or found)
        else:
            after = [place for place in found if place[0] >= cursor.selectionEnd()]
            start, end = min(after or found)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(cursor)
        return True

    def _places(self, field: str) -> list[tuple[int, int]]:
        document = self._edit.document()
        places: list[tuple[int, int]] = []
        found = document.find(field)
        while not found.isNull():
            places.append((found.selectionStart(), found.selectionEnd()))
            found = document.find(field, found)
        return places
