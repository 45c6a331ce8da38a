"""A session without a window on a real sandbox, and files to send through it."""

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typing_extensions import override

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.ids import AttachmentId, ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingPart, OutgoingState
from linqdesk.domain.outgoing_files import FileSource, OutgoingFile, PastedFile, Refused, Taken
from linqdesk.domain.send_gate import SendTerms
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox_journal import MemoryJournal
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from tests.faults.engine import FastClock
from tests.journeys.outside import Outside, until

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
PNG = b"\x89PNG\r\n\x1a\n"


def picture(size_bytes: int, mark: int = 0) -> bytes:
    """Return bytes that pass for a picture; others for another mark."""
    return PNG + bytes([mark]) * (size_bytes - len(PNG))


class FillingJournal(MemoryJournal):
    """A journal whose disk may be full when a message is to leave."""

    is_full = False

    @override
    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        if self.is_full and any(each.state is OutgoingState.SENDING for each in changed):
            raise LocalFaultError("The disk is full.")
        await super().update(changed)


class SendingDesk:
    """The program below its window, on a sandbox."""

    def __init__(self, sandbox: SandboxAddress, folder: Path) -> None:
        self._sandbox = sandbox
        self.outside = Outside(sandbox.control_url)
        self.folder = folder
        self.journal = FillingJournal()
        self.files = OutgoingFiles(folder / "unsent" / "files")
        self.media = MediaCache(folder / "media")
        self.failures: list[Exception] = []
        self.chat = ChatId("")
        self.cache = Cache()
        self.session = self._new_session()

    def _new_session(self) -> Session:
        return Session(
            self.cache,
            files=self.media,
            clock=FastClock(),
            keeping=Keeping(self.journal, self.files),
            on_failure=self.failures.append,
        )

    async def start(self) -> None:
        self.client = LinqClient(Transport(self._sandbox.base_url, self._sandbox.token))
        await self.session.open(self.client)
        chats = (await self.outside.state())["chats"]
        self.chat = ChatId(next(each["id"] for each in chats if not each["is_group"]))
        await until(lambda: self.cache.summary(self.chat) is not None, "the chat is known")

    async def restart(self) -> None:
        """Begin a further run on what the one before kept."""
        await self.session.close()
        self.cache = Cache()
        self.session = self._new_session()
        await self.session.sending.restore()
        await self.start()

    async def close(self) -> None:
        await self.session.close()
        await self.outside.close()
        assert self.failures == []

    async def take(self, source: FileSource) -> OutgoingFile:
        heard: asyncio.Future[Taken | Refused] = asyncio.get_running_loop().create_future()
        self.session.files.take_in([source], heard.set_result)
        taken = await heard
        assert isinstance(taken, Taken), taken
        return taken.file

    async def take_picture(self, size_bytes: int = 400_000, mark: int = 0) -> OutgoingFile:
        return await self.take(PastedFile(f"picture {mark}.png", picture(size_bytes, mark)))

    async def send(self, *parts: OutgoingPart) -> None:
        """Put a message into the outbox."""
        done: asyncio.Future[LinqDeskError | None] = asyncio.get_running_loop().create_future()
        terms = SendTerms(accepts_risk=True, accepts_other_line=True)
        self.session.sending.send(self.chat, Content(parts), done.set_result, terms=terms)
        assert await done is None

    async def save(self, message: Message, target: Path) -> Path | LinqDeskError:
        """Save the first file of a message as the window does."""
        done: asyncio.Future[Path | LinqDeskError] = asyncio.get_running_loop().create_future()
        self.session.media.save(message, 0, target, done.set_result)
        return await done

    def unsent(self) -> list[OutgoingMessage]:
        return self.cache.outgoing(self.chat)

    async def until_sent(self) -> None:
        """Wait until nothing is unsent, and what was sent has arrived."""
        await until(lambda: not self.unsent(), "all is sent")
        await self.outside.world(advance_s=60)

    async def until_failed(self) -> OutgoingMessage:
        await until(lambda: any(each.state is OutgoingState.FAILED for each in self.unsent()), "it failed")
        return self.unsent()[0]

    async def until_uploading(self, file: OutgoingFile) -> None:
        def is_moving() -> bool:
            upload = self.cache.uploads.of(file.key)
            return upload is not None and upload.sent_bytes > 0

        await until(is_moving, "the upload is under way")

    async def received(self, kind: str = "message") -> list[list[dict[str, Any]]]:
        """Return the parts of each message that the customer got."""
        return [each["parts"] for each in await self.outside.ledger() if each["kind"] == kind]

    async def hashes_received(self, kind: str = "message") -> list[str]:
        """Return the hash of each file that the customer got."""
        files = [part["id"] for parts in await self.received(kind) for part in parts if "id" in part]
        return [await self._hash_of(AttachmentId(each)) for each in files]

    async def _hash_of(self, attachment_id: AttachmentId) -> str:
        digest = hashlib.sha256()

        async def take(chunk: bytes) -> None:
            digest.update(chunk)

        address = (await self.client.get_attachment(attachment_id)).download_url
        assert address is not None
        await self.client.download(address, take)
        return digest.hexdigest()

    async def attachments_created(self) -> int:
        return len([each for each in await self.asked("/attachments") if each["method"] == "POST"])

    async def asked(self, ending: str) -> list[dict[str, Any]]:
        return [each for each in await self.outside.requests() if each["path"].endswith(ending)]
