"""Has sounds and videos read off the UI thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from linqdesk.local.recording_reader import Recording, RecordingError, RecordingReader, RecordingRequest
from linqdesk.services.clock import Clock
from linqdesk.services.decoding_queue import Decoder, DecodingQueue
from linqdesk.services.task_scope import TaskScope

RecordingOutcome: TypeAlias = Recording | RecordingError
RecordingRead = Callable[[RecordingOutcome | None], None]


class RecordingReading(DecodingQueue[RecordingRequest, RecordingOutcome]):
    """A queue in front of a reader of recordings."""

    def __init__(self, reader: RecordingReader, scope: TaskScope, clock: Clock) -> None:
        """Start with nothing to do."""

        def read(file: Path, request: RecordingRequest) -> RecordingOutcome:
            try:
                return reader.read(file, request)
            except RecordingError as fault:
                return fault

        super().__init__(Decoder("recordings", read, reader.rest, reader.close), scope, clock)
