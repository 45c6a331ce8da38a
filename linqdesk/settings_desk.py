"""Lets what the agent prefers hold in the window at once, and opens the dialog that changes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.motion import is_reduced

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.local.settings import Settings
    from linqdesk.services.task_scope import TaskScope
    from linqdesk.ui.preferences import Preferences
    from linqdesk.ui.settings.settings_dialog import SettingsDialog
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.main_window import MainWindow


class SettingsDesk:
    """Serves one window; themes and the disk are the program's."""

    def __init__(
        self, preferences: Preferences, window: MainWindow, data_dir: Path, tasks: TaskScope, theme: Theme
    ) -> None:
        """Let the preferences hold; `data_dir` is where canned replies are unless a file is named."""
        self.token_place: Callable[[], str] = str
        self.theme = theme
        self._preferences = preferences
        self._window = window
        self._data_dir = data_dir
        self._dialog: SettingsDialog | None = None
        self.canned = CannedShelf(self._canned_file(), tasks)
        window.area.set_canned(self.canned)
        self._obey(preferences.current)
        preferences.changed.connect(self._on_changed)
        window.area.microphone_wanted.connect(lambda: self.open("Sound"))

    def open(self, page: str = "") -> None:
        """Show the settings, turned to a page where one is named."""
        if self._dialog is None:
            from linqdesk.ui.contacts.contacts_page import ContactsPage
            from linqdesk.ui.settings.account_page import AccountPage
            from linqdesk.ui.settings.canned_page import CannedPage
            from linqdesk.ui.settings.lines_page import LinesPage
            from linqdesk.ui.settings.settings_dialog import SettingsDialog
            from linqdesk.ui.settings.sound_page import SoundPage

            self._dialog = SettingsDialog(self._preferences, self._window)
            self._dialog.add_page("Contacts", ContactsPage(self._window.people, self._dialog))
            replies = CannedPage(self.canned, self._preferences, self.theme, self._dialog)
            self._dialog.add_page("Sound", SoundPage(self._preferences, self.theme, self._dialog))
            self._dialog.add_page("Canned replies", replies)
            self.canned.tell(replies.show_shelf)
            window = self._window
            faces = window.area.icons
            lines = LinesPage(window.cache, window.commands.account, faces, self.theme, self._dialog)
            self._dialog.add_page("Lines", lines)
            account = AccountPage(self._window.cache, self.token_place, self._dialog)
            account.sign_out_wanted.connect(self._dialog.accept)
            account.sign_out_wanted.connect(self._window.sign_out_requested)
            self._dialog.add_page("Account", account)
        self.canned.look_again()
        # Signing out, which one of the pages offers, counts what it would delete.
        self._window.keep_drafts()
        if page:
            self._dialog.show_page(page)
        self._dialog.open()

    def watch_zoom(self) -> None:
        """Keep the size that the window's keys set; called once the window stands as it stood before."""
        self._window.zoom_changed.connect(self._on_zoom_changed)

    def _on_changed(self, settings: Settings) -> None:
        self._obey(settings)
        self.canned.turn_to(self._canned_file())
        self._window.set_zoom(settings.zoom)

    def _obey(self, settings: Settings) -> None:
        area = self._window.area
        area.set_effects(Autoplay(settings.autoplay), lambda: is_reduced(self._preferences.current))
        area.set_writing(enter_sends=settings.send_key == "enter", checks_spelling=settings.spelling == "on")

    def _canned_file(self) -> Path:
        chosen = self._preferences.current.canned_file
        return Path(chosen).expanduser() if chosen else self._data_dir / "canned-replies.toml"

    def _on_zoom_changed(self, zoom: float) -> None:
        self._preferences.set(replace(self._preferences.current, zoom=zoom))
