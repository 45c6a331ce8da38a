"""The line that says how long a text is, what is wrong with it, and why one cannot write."""

from PySide6.QtWidgets import QWidget

from linqdesk.domain.rules import Violation
from linqdesk.domain.rules.content import MAX_TEXT
from linqdesk.domain.send_gate import Lock
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.accessibility import announce
from linqdesk.ui.wording import lock_sentence

_COUNTED_FROM = 9_000


class SaysLine(PlainLabel):
    """Hidden while there is nothing to say; what was told once stays until one writes on."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent, FontSize.META)
        self.setObjectName("composer_says")
        self.setWordWrap(True)
        self._is_told = False
        self._state: tuple[Lock | None, int, Violation | None] | None = None
        self.hide()

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Say something, in red where it is bad."""
        self.setText(words)
        restyle(self, danger=is_bad, secondary=not is_bad)
        self.show()

    def tell(self, words: str) -> None:
        """Say something aloud too."""
        self.say(words)
        self._is_told = True
        announce(self, words)

    def forget(self) -> None:
        """Take back what was told: another chat is open."""
        self._is_told = False
        self.hide()

    def say_state(self, lock: Lock | None, count: int, broken: Violation | None) -> None:
        """Say the first that holds: the chat is locked, the text too long or nearly, a rule is broken.

        Args:
            lock: why nobody may write to the chat.
            count: the length of the text in UTF-16 code units.
            broken: what Linq would refuse.
        """
        state = (lock, count, broken)
        if self._is_told and state == self._state:
            return
        self._is_told, self._state = False, state
        if lock is not None:
            self.say(lock_sentence(lock))
        elif count > MAX_TEXT:
            over = count - MAX_TEXT
            self.say(f"{over:,} characters too many: a message has at most {MAX_TEXT:,}.", is_bad=True)
        elif count >= _COUNTED_FROM:
            self.say(f"{count:,} of {MAX_TEXT:,} characters")
        elif broken is not None:
            self.say(broken.words, is_bad=True)
        else:
            self.hide()
