"""The draft whose files a tray shows, as the tray needs it."""

from collections.abc import Callable
from typing import Protocol

from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Draft


class OpenDraft(Protocol):
    """What stands unsent in the open chat; drafts of other chats can be changed too."""

    @property
    def chat_id(self) -> ChatId | None:
        """Which chat is open."""

    def draft(self) -> Draft:
        """Return all that stands unsent in the open chat."""

    def change_draft(self, chat_id: ChatId, change: Callable[[Draft], Draft]) -> None:
        """Change what goes with the text of a chat, whether or not it is the one that is open."""

    def swap_text(self, at: int) -> None:
        """Write on in the text at a place of the tray; what was being written stands there as a text."""

    def add_text(self) -> None:
        """Begin another text after all that stands in the tray."""
