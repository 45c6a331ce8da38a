"""What keeps unsent messages: the journal of their words, the folder of their files."""

from dataclasses import dataclass, field

from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.outbox_journal import Journal, MemoryJournal


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the outbox keeps what it must not lose; by default it all goes with the run."""

    journal: Journal = field(default_factory=MemoryJournal)
    files: OutgoingFiles = field(default_factory=OutgoingFiles)
