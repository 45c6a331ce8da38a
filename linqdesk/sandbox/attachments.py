"""Files that messages carry: created by slot and upload, named by URL, or part of a story."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.ids import IdSource
from linqdesk.sandbox.media_types import delivered_name, type_of
from linqdesk.sandbox.model import MediaPart, MediaReference
from linqdesk.sandbox.refusals import RefusalError

UPLOAD_LIFE = timedelta(minutes=15)
PROCESSING = timedelta(seconds=1.5)
"""World time between an upload and the moment from which messages can carry it."""
KEPT_ATTACHMENTS = 20_000
KEPT_BYTES = 512 * 1024 * 1024

Fate = Literal["kept", "expired", "broken"]


@dataclass(slots=True)
class Attachment:
    """One file of the account; `fate` says what becomes of whoever fetches it."""

    id: str
    filename: str
    content_type: str
    size_bytes: int
    created_at: datetime
    upload_until: datetime | None = None
    file: Path | None = None
    ready_at: datetime | None = None
    fate: Fate = "kept"

    def status(self, now: datetime) -> Literal["pending", "complete", "failed"]:
        """Return how far it has come; a slot that ran out unused has failed."""
        if self.ready_at is not None:
            return "complete" if self.ready_at <= now else "pending"
        return "failed" if self.upload_until is None or self.upload_until <= now else "pending"

    def as_part(self) -> MediaPart:
        """Return the part of a message that carries it."""
        return MediaPart(self.id, self.filename, delivered_name(self.content_type), self.size_bytes)


class Attachments:
    """The account's files; the oldest are forgotten beyond `KEPT_ATTACHMENTS` and `KEPT_BYTES`."""

    def __init__(self, clock: Clock, ids: IdSource, room_bytes: int = KEPT_BYTES) -> None:
        self._clock = clock
        self._room_bytes = room_bytes
        self._ids = ids
        self._told: dict[str, Attachment] = {}
        self._created: OrderedDict[str, Attachment] = OrderedDict()
        self._kept_bytes = 0

    def __len__(self) -> int:
        """Return how many are known."""
        return len(self._told) + len(self._created)

    def create(self, filename: str, content_type: str, size_bytes: int) -> Attachment:
        """Open a slot of `UPLOAD_LIFE` for a file."""
        now = self._clock.now()
        attachment = Attachment(self._ids.next_uuid(), filename, content_type, size_bytes, now)
        attachment.upload_until = now + UPLOAD_LIFE
        return self._keep(attachment)

    def tell(self, file: Path | None, filename: str, content_type: str, size_bytes: int) -> Attachment:
        """Add a file of a story, which is never forgotten; without `file` there are no bytes behind it."""
        attachment = self._ready(file, filename, content_type, size_bytes)
        self._told[attachment.id] = attachment
        return attachment

    def lend(self, file: Path, filename: str, content_type: str, size_bytes: int) -> Attachment:
        """Add a file that a customer sends; it is forgotten like an uploaded one, but stays on disk."""
        return self._keep(self._ready(file, filename, content_type, size_bytes))

    def note_url(self, url: str) -> Attachment:
        """Note a file that is sent by URL; it is never fetched, so its size stays 0.

        Raises:
            RefusalError: 400/5004, its suffix is of a type that the API does not take.
        """
        filename = PurePosixPath(unquote(urlsplit(url).path)).name or "file"
        content_type = type_of(filename)
        if content_type is None and "." in filename:
            raise RefusalError(5004)
        return self._keep(self._ready(None, filename, content_type or "image/jpeg", 0))

    def with_id(self, attachment_id: str) -> Attachment:
        """Return the attachment of that id.

        Raises:
            RefusalError: 404/2003, there is none.
        """
        found = self._created.get(attachment_id) or self._told.get(attachment_id)
        if found is None:
            raise RefusalError(2003)
        return found

    def part_for(self, reference: MediaReference) -> MediaPart:
        """Return the part that a message will carry.

        Raises:
            RefusalError: 404/2003 no such file or its slot ran out, 404/2007 it is not ready yet.
        """
        if reference.url is not None:
            return self.note_url(reference.url).as_part()
        return self.ready_one(reference.attachment_id or "").as_part()

    def ready_one(self, attachment_id: str) -> Attachment:
        """Return an attachment that can be sent.

        Raises:
            RefusalError: 404/2003 or 2007, as for `part_for`.
        """
        attachment = self.with_id(attachment_id)
        status = attachment.status(self._clock.now())
        if status != "complete":
            raise RefusalError(2007 if status == "pending" else 2003)
        return attachment

    def accept_bytes(self, attachment: Attachment, file: Path) -> None:
        """Take what was uploaded; it is ready after `PROCESSING`."""
        if attachment.file is None:
            self._kept_bytes += attachment.size_bytes
        attachment.file = file
        attachment.ready_at = self._clock.now() + PROCESSING
        self._make_room()

    def delete(self, attachment_id: str) -> None:
        """Forget an attachment for good; parts that carry it lead nowhere from now on.

        Raises:
            RefusalError: 404/2003, there is none.
        """
        attachment = self.with_id(attachment_id)
        if self._told.pop(attachment.id, None) is None:
            self._drop_bytes(self._created.pop(attachment.id))

    def _ready(self, file: Path | None, filename: str, content_type: str, size_bytes: int) -> Attachment:
        now = self._clock.now()
        return Attachment(self._ids.next_uuid(), filename, content_type, size_bytes, now, None, file, now)

    def _keep(self, attachment: Attachment) -> Attachment:
        self._created[attachment.id] = attachment
        if len(self._created) > KEPT_ATTACHMENTS:
            self._drop_bytes(self._created.popitem(last=False)[1])
        return attachment

    def _make_room(self) -> None:
        for attachment in self._created.values():
            if self._kept_bytes <= self._room_bytes:
                return
            self._drop_bytes(attachment)

    def _drop_bytes(self, attachment: Attachment) -> None:
        # Only what was uploaded, to a slot that ends, is ours to remove.
        if attachment.file is not None and attachment.upload_until is not None:
            attachment.file.unlink(missing_ok=True)
            attachment.file = None
            self._kept_bytes -= attachment.size_bytes
