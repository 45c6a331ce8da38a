"""Puts a picture of this computer where Linq can fetch it as a group's icon."""

import asyncio
import io
from pathlib import Path

from linqdesk.domain.errors import LinqDeskError, NotFoundError, RequestRejectedError
from linqdesk.local.icon_file import read_icon
from linqdesk.services.clock import Clock
from linqdesk.services.ports import FilesClient

# A file may still be worked on when its upload has ended: 404 with code 2007 (linq-api.md 3.1).
_LOOK_AFTER_S = (0.0, 0.5, 1.0, 2.0)


async def upload_icon(client: FilesClient, file: Path, clock: Clock) -> str:
    """Return the web address of an uploaded picture.

    Raises:
        LinqDeskError: it cannot be read, is none, or Linq does not take it.
    """
    picture = await asyncio.to_thread(read_icon, file)
    slot = await client.create_attachment(picture.name, picture.mime_type, len(picture.content))
    await client.upload_attachment(slot, io.BytesIO(picture.content))
    fault: LinqDeskError = RequestRejectedError("Linq gave the picture no address")
    for wait_s in _LOOK_AFTER_S:
        await clock.wait(asyncio.Event(), wait_s)
        try:
            address = (await client.get_attachment(slot.attachment_id)).download_url
        except NotFoundError as error:
            fault = error
        else:
            if address:
                return address
    raise fault
