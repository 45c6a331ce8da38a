"""Opens the sign-in dialog over the window, and tells it how signing in goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.errors import SignInRejectedError
from linqdesk.ui.wording import fault_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.chat import Line
    from linqdesk.domain.errors import LinqDeskError
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.sign_in_dialog import SignInDialog

_UNTRIED = "The token could not be tried; it stays here until you try again."
_REFUSED = "Linq does not accept this token. Paste it again as a whole, or ask for a new one at Linq."


class SignInDesk(QObject):
    """Everything that it is told of is shown only while the dialog is open."""

    token_given = Signal(str)
    demo_wanted = Signal()
    given_up = Signal()
    other_accepted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Start closed."""
        super().__init__(window)
        self._window = window
        self._dialog: SignInDialog | None = None
        self.theme = theme

    @property
    def dialog(self) -> SignInDialog | None:
        """The dialog while it is open."""
        return self._dialog if self._dialog is not None and self._dialog.isVisible() else None

    @property
    def is_untouched(self) -> bool:
        """Whether no token is being typed or tried."""
        return self.dialog is None or self.dialog.is_untouched

    def ask(self, fault: str | None = None) -> None:
        """Ask for a token, unless one is being tried already."""
        if self._dialog is None:
            from linqdesk.ui.windows.sign_in_dialog import SignInDialog

            self._dialog = SignInDialog(self.theme, self._window)
            self._dialog.token_given.connect(self.token_given)
            self._dialog.demo_wanted.connect(self.demo_wanted)
            self._dialog.given_up.connect(self.given_up)
            self._dialog.other_accepted.connect(self.other_accepted)
        if not self._dialog.isVisible():
            self._dialog.theme = self.theme
            self._dialog.ask(fault)
            self._dialog.open()

    def refuse(self, error: LinqDeskError) -> None:
        """Say why signing in did not go well; a token that Linq did not see may be tried again."""
        if self.dialog is not None:
            is_refused = isinstance(error, SignInRejectedError)
            words = _REFUSED if is_refused else f"{fault_sentence(error)} {_UNTRIED}"
            self.dialog.ask(words, keeps_token=not is_refused)

    def warn(self, lines: Sequence[Line], words: str) -> None:
        """Ask before another account takes the place of this one."""
        if self.dialog is not None:
            self.dialog.warn(lines, words)

    def welcome(self, lines: Sequence[Line], kept: str) -> None:
        """Show what the token opens and where it is kept."""
        if self.dialog is not None:
            self.dialog.welcome(lines, kept)

    def close(self) -> None:
        """Go on without a word."""
        if self.dialog is not None:
            self.dialog.accept()
