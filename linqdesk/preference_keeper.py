"""Reads what the agent prefers, keeps what changes on disk soon after, and dresses the window by it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from linqdesk.appearance import chosen_theme, follow_system
from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.settings import load_settings, save_settings
from linqdesk.ui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from linqdesk.local.settings import Settings
    from linqdesk.services.task_scope import TaskScope
    from linqdesk.store.subscription import Subscription
    from linqdesk.ui.theme import Theme

_SAVE_AFTER_S = 0.5


class PreferenceKeeper:
    """The settings of one run, between their file and the window."""

    def __init__(self, file: Path, tasks: TaskScope, application: QApplication, theme: str | None) -> None:
        """Read the file; a theme that the command line names is worn in place of the setting's."""
        self._file = file
        self._tasks = tasks
        self._application = application
        self.loaded = load_settings(file)
        self.preferences = Preferences(self.loaded.settings)
        self._theme_choice = theme or self.loaded.settings.theme
        self.theme = chosen_theme(self._theme_choice, application)
        self._wear: Callable[[Theme], None] | None = None
        self._following: Subscription | None = None
        self._is_save_due = False
        self.preferences.changed.connect(self._on_changed)

    def dress(self, wear: Callable[[Theme], None]) -> None:
        """Call `wear` with every theme that is chosen from now on, by the agent or by the system."""
        self._wear = wear
        self._following = follow_system(self._theme_choice, self._application, wear)

    def complain(self) -> None:
        """Say on stderr what was wrong with the file, if anything."""
        if self.loaded.complaint is not None:
            sys.stderr.write(f"linqdesk: {self.loaded.complaint}\n")

    async def keep_place(self, geometry: str, splitter: str) -> None:
        """Keep how the window stands, and everything else with it."""
        await self._save(replace(self.preferences.current, geometry=geometry, splitter=splitter))

    def close(self) -> None:
        """Follow the system's theme no longer."""
        if self._following is not None:
            self._following.close()

    def _on_changed(self, settings: Settings) -> None:
        """Wear what was chosen at once, and keep it soon."""
        if settings.theme != self._theme_choice:
            self._theme_choice = settings.theme
            self._change_theme()
        if not self._is_save_due:
            self._is_save_due = True
            self._tasks.start(self._save_soon(), name="save settings")

    def _change_theme(self) -> None:
        self.close()
        if self._wear is not None:
            self._wear(chosen_theme(self._theme_choice, self._application))
            self._following = follow_system(self._theme_choice, self._application, self._wear)

    async def _save_soon(self) -> None:
        await asyncio.sleep(_SAVE_AFTER_S)
        self._is_save_due = False
        await self._save(self.preferences.current)

    async def _save(self, settings: Settings) -> None:
        try:
            await asyncio.to_thread(save_settings, self._file, settings, self.loaded.unknown)
        except LocalFaultError as fault:
            sys.stderr.write(f"linqdesk: {fault.message}\n")
