"""The verbs with which a window handles the files of messages; every call returns at once."""

from pathlib import Path
from typing import Protocol

from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.local.picture_decoder import PictureRequest
from linqdesk.local.recording_reader import RecordingRequest
from linqdesk.services.media_copies import Copied
from linqdesk.services.picture_decoding import Decoded
from linqdesk.services.recording_reading import RecordingRead


class MediaCommands(Protocol):
    """What the window asks about the files of messages."""

    def want(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part that is on screen, before all that was wanted earlier; cheap to repeat.

        Does nothing where the file is there or failed, nor for what is too large to come unasked.
        """

    def want_web_picture(self, address: str, chat_id: ChatId | None = None) -> None:
        """Fetch a picture that Linq names by its web address; cheap to repeat while it is looked at.

        `chat_id` is the group whose icon it is. How far it is stands in the cache's media, under
        `linqdesk.domain.web_picture.picture_key`; what failed is not asked for again for some minutes.
        """

    def retry(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part because the agent asks for it: again, or although it is large."""

    def save(self, message: Message, part_index: int, target: Path, done: Copied) -> None:
        """Save the file of a part under the target's name in its folder, or with a number behind it.

        Nothing is overwritten. `done` is called once, later, on the UI thread: with the path that it has
        now, or with why it could not be saved.
        """

    def prepare_to_open(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where another program may open it, unless it is of a risky kind.

        `done` is called once, later, on the UI thread: with the copy's path, or with why there is none.
        """

    def prepare_to_drag(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where a drag can take it from; it is gone when the program ends.

        `done` is called once, later, on the UI thread: with the copy's path, or with why there is none.
        """

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        """Have a picture decoded; `done` is called once, later, on the UI thread.

        It hears the pixels, the error that says why there are none, or None where the order was dropped
        because so many came after it.
        """

    def read_recording(self, file: Path, request: RecordingRequest, done: RecordingRead) -> None:
        """Have a sound or a video read; `done` is called once, later, on the UI thread.

        It hears what was asked for, the error that says why it cannot be had, or None where the order was
        dropped because so many came after it.
        """
