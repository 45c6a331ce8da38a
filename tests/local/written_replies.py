"""A file of canned replies as a colleague left it."""

from pathlib import Path

from linqdesk.domain.canned import CannedReply
from linqdesk.local.canned_file import change_canned


def write_replies(file: Path, replies: tuple[CannedReply, ...]) -> None:
    """Let a file hold these replies."""
    change_canned(file, lambda _theirs: replies)
