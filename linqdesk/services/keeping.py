"""What keeps unsent messages: the journal of their words, the folder of their files."""

from dataclasses import dataclass, field
from pathlib import Path

from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.outbox_journal import Journal, MemoryJournal


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the outbox keeps what it must not lose; by default it all goes with the run.

    `recordings` is the folder of voice memos that are being recorded, None where one is made for the run.
    `media` takes over what was sent, None where nobody shows it.
    """

    journal: Journal = field(default_factory=MemoryJournal)
    files: OutgoingFiles = field(default_factory=OutgoingFiles)
    recordings: Path | None = None
    media: MediaCache | None = None
