"""Readies what the agent soon needs, once the window was seen, in the order in which they need it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from linqdesk.first_picture import FirstPicture
from linqdesk.store.view import ConnectionState

if TYPE_CHECKING:
    from linqdesk.store.cache import Cache
    from linqdesk.ui.windows.main_window import MainWindow

_CHATS_WITHIN_S = 1.0
_HOPEFUL = (ConnectionState.CONNECTING, ConnectionState.ONLINE)


class Readying:
    """Imports in a thread, for the window answers meanwhile; who asks sooner for something gets it at once.

    So nothing here may be needed for anything to work: each import stands again where it is used.
    """

    def __init__(self, window: MainWindow, cache: Cache) -> None:
        """Ready nothing yet."""
        self._window = window
        self._cache = cache

    async def ready_session(self) -> None:
        """Import what asks for chats, and what draws them.

        The HTTP client imports anyio.abc where requests first wait for each other: amidst a click, perhaps.
        """
        await _imported("linqdesk.backstage", "linqdesk.api.client", "anyio.abc")
        await _imported("linqdesk.ui.chat_list.chat_painting")

    async def wait_for_chats(self) -> None:
        """Wait until the first chats are painted, or as long as that usually takes: the rest is for later."""
        first = asyncio.Event()

        def look(_change: object = None) -> None:
            if self._cache.chat_ids() or self._cache.connection.state not in _HOPEFUL:
                first.set()

        subscription = self._cache.subscribe(look)
        look()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CHATS_WITHIN_S):
                await first.wait()
                await FirstPicture(self._window.chats.list.viewport()).seen()
        subscription.close()

    async def ready_page(self) -> None:
        """Make what shows a chat, so that the first is opened as fast as the next."""
        from linqdesk.domain.links import find_links

        await _imported("linqdesk.ui.windows.chat_page", "PySide6.QtSvg")
        # The first search prepares all later ones; a chat's first picture should not wait for that.
        await asyncio.to_thread(find_links, "example.com https://example.com")
        self._window.area.build()
        self._window.chats.draw_icons()

    async def ready_pickers(self) -> None:
        """Ready what pickers and drags need, so that the first of them is as fast as the next."""
        from linqdesk.local.emoji_table import load_emoji

        await _imported("linqdesk.ui.pickers.emoji_picker", "linqdesk.ui.pickers.effects_picker")
        await asyncio.to_thread(load_emoji)
        self._window.area.build().drops.prepare()


async def _imported(*modules: str) -> None:
    for each in modules:
        await asyncio.to_thread(import_module, each)
