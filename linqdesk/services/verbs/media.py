"""The files of messages, as the window asks for them."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.local.picture_decoder import PictureDecoder, PictureRequest
from linqdesk.local.recording_reader import RecordingReader, RecordingRequest
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.media import MediaFetcher
from linqdesk.services.media_copies import Copied, MediaCopies
from linqdesk.services.picture_decoding import Decoded, PictureDecoding
from linqdesk.services.ports import Client
from linqdesk.services.recording_reading import RecordingRead, RecordingReading
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.web_pictures import WebPictures
from linqdesk.store.cache import Cache


class MediaVerbs:
    """Fetches, decodes and saves the files of messages for the window."""

    def __init__(
        self, cache: Cache, files: MediaCache, connectivity: Connectivity, scope: TaskScope, clock: Clock
    ) -> None:
        """Get ready without a client."""
        self._scope = scope
        self._fetcher = MediaFetcher(cache, files, connectivity)
        self._web_pictures = WebPictures(cache, files, connectivity, clock)
        self._copies = MediaCopies(self._fetcher, files.opened_folder)
        self._pictures = PictureDecoding(PictureDecoder(), scope, clock)
        self._recordings = RecordingReading(RecordingReader(), scope, clock)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is fetched or decoded."""
        is_fetching = not (self._fetcher.is_idle and self._web_pictures.is_idle)
        return not is_fetching and self._pictures.is_idle and self._recordings.is_idle

    def use(self, client: Client, scope: TaskScope) -> None:
        """Fetch through this client, in this scope, from now on."""
        self._fetcher.use(client, scope)
        self._web_pictures.use(client, scope)

    def show_own(self, files: OutgoingFiles) -> None:
        """Show files of ours before Linq has them, from the outbox's folder."""
        self._fetcher.show_own(files)

    def rest(self) -> None:
        """Fetch nothing any more."""
        self._fetcher.rest()
        self._web_pictures.rest()

    async def close(self) -> None:
        """End the processes that decode."""
        await asyncio.to_thread(self._pictures.close)
        await asyncio.to_thread(self._recordings.close)
        await asyncio.to_thread(self._copies.close)

    def want(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part that is on screen, unless it is too large to come unasked."""
        self._fetcher.want(message, part_index)

    def want_web_picture(self, address: str, chat_id: ChatId | None = None) -> None:
        """Fetch a picture that Linq names by its web address, such as a group's icon."""
        self._web_pictures.want(address, chat_id)

    def retry(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part because the agent asks for it."""
        self._fetcher.fetch(message, part_index)

    def save(self, message: Message, part_index: int, target: Path, done: Copied) -> None:
        """Save the file of a part; `done` hears where it is now, or why it is not."""
        self._scope.start(_copied(self._copies.save(message, part_index, target), done), name="save")

    def prepare_to_open(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where another program may open it."""
        self._scope.start(_copied(self._copies.prepare_to_open(message, part_index), done), name="open")

    def prepare_to_drag(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where a drag can take it from."""
        self._scope.start(_copied(self._copies.prepare_to_drag(message, part_index), done), name="drag")

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        """Have a picture decoded; `done` hears of the outcome."""
        self._pictures.order(file, request, done)

    def read_recording(self, file: Path, request: RecordingRequest, done: RecordingRead) -> None:
        """Have a sound or a video read; `done` hears of the outcome."""
        self._recordings.order(file, request, done)


async def _copied(work: Coroutine[Any, Any, Path], done: Copied) -> None:
    try:
        path = await work
    except LinqDeskError as fault:
        done(fault)
    else:
        done(path)
