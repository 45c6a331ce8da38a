"""Sends voice memos, which have no key: once, and after that by looking."""

from linqdesk.domain.errors import ApiDetails, LinqDeskError, NotFoundError, RequestRejectedError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.services.ports import Client
from linqdesk.services.verdict import FILE_NOT_READY_CODE, is_certainly_undone

# Linq's documents of March know voice memos by URL alone, and refuse what they do not know (linq-api.md 5).
_MAY_WANT_URL = frozenset({None, 1001, 1003, 1004, 1005})
_MAX_ATTEMPTS_WITHOUT_URL = 6


async def send_memo(client: Client, outgoing: OutgoingMessage) -> Message:
    """Send a voice memo by its attachment, and where Linq refuses that by the attachment's address.

    A refusal proves that nothing was sent, so the second request repeats nothing.

    Raises:
        LinqDeskError: it was not sent, or nobody knows.
    """
    memo = outgoing.content.voice_memo
    attachment_id = memo.file.attachment_id if memo is not None else None
    if attachment_id is None:
        raise RequestRejectedError("The recording is not uploaded yet.")
    try:
        return await client.send_voice_memo(outgoing.chat_id, attachment_id=attachment_id)
    except RequestRejectedError as refusal:
        if refusal.details.code not in _MAY_WANT_URL:
            raise
        try:
            url = (await client.get_attachment(attachment_id)).download_url
        except LinqDeskError as failure:
            # Any other failure of this look would pass for one of the send itself.
            raise failure if is_certainly_undone(failure) else refusal from None
        if url is None and outgoing.attempts < _MAX_ATTEMPTS_WITHOUT_URL:
            # No address before the file is looked at: the same as the answer that says so.
            raise NotFoundError(refusal.message, ApiDetails(code=FILE_NOT_READY_CODE)) from refusal
        if url is None:
            raise
    return await client.send_voice_memo(outgoing.chat_id, url=url)
