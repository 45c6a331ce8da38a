"""Has pictures decoded off the UI thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from linqdesk.local.picture_decoder import DecodedPicture, PictureDecoder, PictureError, PictureRequest
from linqdesk.services.clock import Clock
from linqdesk.services.decoding_queue import Decoder, DecodingQueue
from linqdesk.services.task_scope import TaskScope

PictureOutcome: TypeAlias = DecodedPicture | PictureError
Decoded = Callable[[PictureOutcome | None], None]


class PictureDecoding(DecodingQueue[PictureRequest, PictureOutcome]):
    """A queue in front of a decoder of pictures."""

    def __init__(self, decoder: PictureDecoder, scope: TaskScope, clock: Clock) -> None:
        """Start with nothing to do."""

        def decode(file: Path, request: PictureRequest) -> PictureOutcome:
            try:
                return decoder.decode(file, request)
            except PictureError as fault:
                return fault

        super().__init__(Decoder("pictures", decode, decoder.rest, decoder.close), scope, clock)
