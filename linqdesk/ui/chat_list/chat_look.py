"""How the rows of the chat list are to look now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.domain.ids import ChatId
    from linqdesk.ui.media.web_pixmaps import WebPixmaps
    from linqdesk.ui.theme import Theme

ROW_PX, AVATAR_PX = 64, 44


class ChatLook:
    """The theme, which chat is open and into which one something would be dropped.

    `icons` returns the pictures of groups; it is None where groups show none.
    """

    def __init__(self, theme: Theme) -> None:
        """Mark no chat."""
        self.theme = theme
        self.open_chat: ChatId | None = None
        self.drop_chat: ChatId | None = None
        self.icons: Callable[[], WebPixmaps] | None = None
