"""The window's emoji picker: for the composer by its button, for whoever else asks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import Theme

if TYPE_CHECKING:
    from linqdesk.ui.pickers.emoji_picker import EmojiPicker


class EmojiDesk(QObject):
    """Puts the button into a composer; the picker is made when it is first needed."""

    def __init__(self, composer: Composer, preferences: Preferences, theme: Theme) -> None:
        """Serve a composer."""
        super().__init__(composer)
        self._composer = composer
        self._preferences = preferences
        self._theme = theme
        self._picker: EmojiPicker | None = None
        self._take: Callable[[str], None] = self._insert
        self.button = IconButton("smile", "Emoji", composer)
        self.button.setToolTip("Emoji (Ctrl+.)")
        self.button.wear(theme)
        composer.inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.button.clicked.connect(self.toggle_picker)
        composer.content_changed.connect(lambda: self.button.setEnabled(not composer.edit.isReadOnly()))
        QShortcut(QKeySequence("Ctrl+."), composer.window()).activated.connect(self.toggle_picker)

    @property
    def picker(self) -> "EmojiPicker":
        """The picker; it is made here if it was never opened."""
        if self._picker is None:
            from linqdesk.ui.pickers.emoji_picker import EmojiPicker

            self._picker = EmojiPicker(self._preferences, self._theme, self._composer.window())
            self._picker.chosen.connect(self._on_chosen)
        return self._picker

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.button.wear(theme)
        if self._picker is not None:
            self._picker.set_theme(theme)

    def toggle_picker(self) -> None:
        """Open the picker, or close it."""
        if self.picker.isVisible():
            self.picker.close_up()
        elif self._composer.isVisible() and not self._composer.edit.isReadOnly():
            self._take = self._insert
            self.picker.show_emoji(self.button)

    def pick(self, opener: QWidget, take: Callable[[str], None]) -> None:
        """Offer all emoji over a widget; `take` hears each that is chosen."""
        self.picker.close_up()
        self._take = take
        self.picker.show_emoji(opener)

    def _on_chosen(self, emoji: str) -> None:
        self._take(emoji)

    def _insert(self, emoji: str) -> None:
        """Insert it where the cursor is."""
        self._composer.edit.textCursor().insertText(emoji)
        if self._picker is None or self._picker.isHidden():
            self._composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)
