"""A shelf of canned replies without a disk."""

from pathlib import Path

from typing_extensions import override

from linqdesk.domain.canned import CannedReply
from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.services.task_scope import TaskScope


class QuietShelf(CannedShelf):
    """Holds what it was given."""

    def __init__(self, replies: tuple[CannedReply, ...]) -> None:
        """Hold replies."""
        super().__init__(Path("none.toml"), TaskScope("looks"))
        self.replies = replies

    @override
    def look_again(self) -> None:
        """Read nothing."""
