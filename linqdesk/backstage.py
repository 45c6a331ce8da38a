"""What a run consists of besides its window, which was seen before this is made."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linqdesk.account import Door
from linqdesk.domain.seen import ReadPolicy
from linqdesk.entrance import Entrance, Rooms
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.seen_file import SeenFile
from linqdesk.services.session import Session
from linqdesk.settings_desk import SettingsDesk
from linqdesk.unsent import Unsent

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.arguments import WindowOptions
    from linqdesk.entrance import Ways
    from linqdesk.local.environment import Environment
    from linqdesk.local.paths import Paths
    from linqdesk.local.settings import Settings
    from linqdesk.services.task_scope import TaskScope
    from linqdesk.store.cache import Cache
    from linqdesk.ui.preferences import Preferences
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.main_window import MainWindow

# What is unsent is on the disk, so the end waits for no server.
_SESSION_WITHIN_S = 1.4


@dataclass(frozen=True, slots=True)
class Stage:
    """What is there with the window's first picture."""

    window: MainWindow
    cache: Cache
    preferences: Preferences
    theme: Theme
    tasks: TaskScope
    paths: Paths
    options: WindowOptions
    environment: Environment


class Backstage:
    """The session of one run, its files, its settings and its account."""

    def __init__(self, stage: Stage, ways: Ways, on_failure: Callable[[Exception], None]) -> None:
        """Make it all; nothing is read or asked for yet."""
        self.door = Door(stage.environment, stage.options)
        self._files = MediaCache(stage.paths.media_dir)
        self._unsent = Unsent(stage.paths, stage.options)
        self.session = Session(
            stage.cache, files=self._files, keeping=self._unsent.keeping, on_failure=on_failure
        )
        self.settings = SettingsDesk(
            stage.preferences, stage.window, stage.paths.data_dir, stage.tasks, stage.theme
        )
        self.settings.token_place = lambda: self.door.token_place.words
        self._on_preferences_changed(stage.preferences.current)
        stage.preferences.changed.connect(self._on_preferences_changed)
        self.settings.watch_zoom()
        self.entrance = Entrance(self.door, self._rooms(stage), stage.tasks, ways)

    def _rooms(self, stage: Stage) -> Rooms:
        return Rooms(
            cache=stage.cache,
            session=self.session,
            files=self._files,
            unsent=self._unsent,
            seen=SeenFile(stage.paths.seen_file),
            contacts=stage.paths.contacts_file,
            window=stage.window,
        )

    def _on_preferences_changed(self, settings: Settings) -> None:
        self.session.sending.enable_typing(is_enabled=settings.typing_indicator)
        self.session.reading.set_policy(ReadPolicy(settings.read_when))
        self.session.set_request_rate(settings.requests_per_s)

    async def close(self) -> str | None:
        """End in the order in which nothing is lost; returns what could not be deleted on signing out."""
        try:
            async with asyncio.timeout(_SESSION_WITHIN_S):
                await self.session.close()
        except TimeoutError:
            sys.stderr.write("linqdesk: the server did not answer in time; what is unsent is kept\n")
        complaint = await self.entrance.wipe()
        await self._unsent.close()
        await self.door.close()
        return complaint
