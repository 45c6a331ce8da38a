"""Which line a new chat runs over: the healthiest is suggested until the agent chooses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.chat import Line, Reputation
from linqdesk.domain.ids import Handle
from linqdesk.domain.line_choice import suggested_line
from linqdesk.domain.service import Service
from linqdesk.ui.drop_down import DropDown
from linqdesk.ui.names import format_handle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize

_WORDS = {
    Reputation.HEALTHY: "healthy",
    Reputation.AT_RISK: "at risk",
    Reputation.CRITICAL: "critical: avoid new chats",
    Reputation.UNKNOWN: "",
}


class LineChoice(DropDown):
    """Our lines with their health."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start without lines."""
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._is_chosen = False
        self.setObjectName("from_line")
        self.setAccessibleName("From")
        wear_font(self, FontSize.PREVIEW)
        self.activated.connect(self._on_activated)
        self.currentIndexChanged.connect(self.changed)

    @property
    def line(self) -> Handle | None:
        """The line that is chosen or suggested, None while none is known."""
        at = self.currentIndex()
        return self._lines[at].phone_number if 0 <= at < len(self._lines) else None

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Offer these lines."""
        if lines == self._lines:
            return
        self._lines = lines
        self.clear()
        for each in lines:
            facts = [format_handle(each.phone_number), _WORDS[each.reputation]]
            facts += ["no iMessage"] if each.line_type is Service.RCS else []
            self.addItem(" · ".join(fact for fact in facts if fact))
        self.setEnabled(len(lines) > 1)

    def suggest(self, usual: Handle | None) -> None:
        """Choose the healthiest line, and among equals the usual one; not after the agent has chosen."""
        wanted = suggested_line(self._lines, usual)
        if not self._is_chosen and wanted is not None:
            self.setCurrentIndex([each.phone_number for each in self._lines].index(wanted))

    def choose(self, line: Handle) -> None:
        """Choose a line as the agent would, if it is one of ours."""
        numbers = [each.phone_number for each in self._lines]
        if line in numbers:
            self._is_chosen = True
            self.setCurrentIndex(numbers.index(line))

    def forget(self) -> None:
        """Suggest again."""
        self._is_chosen = False

    def _on_activated(self) -> None:
        self._is_chosen = True
