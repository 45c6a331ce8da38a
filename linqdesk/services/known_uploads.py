"""Which files Linq has already, so that the same one need not be uploaded twice."""

from datetime import datetime, timedelta

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.outgoing_files import OutgoingFile
from linqdesk.services.clock import Clock

# An attachment may be sent any number of times, but where an account keeps nothing its bytes go after 24 h
# at the earliest (linq-api.md 4). The rest of that day is for the customer to look at it.
_VALID = timedelta(hours=12)


class KnownUploads:
    """Remembers attachments of this account by what is in them and what they are called."""

    def __init__(self, clock: Clock) -> None:
        """Start without any."""
        self._clock = clock
        self._known: dict[tuple[str, str, str], tuple[AttachmentId, datetime]] = {}
        self._used_again: set[AttachmentId] = set()

    def find(self, file: OutgoingFile) -> AttachmentId | None:
        """Return the attachment of a file with these bytes under this name, None where none is valid."""
        attachment_id, since = self._known.get(_content(file), (None, self._clock.now()))
        return attachment_id if self._clock.now() - since < _VALID else None

    def take(self, file: OutgoingFile) -> AttachmentId | None:
        """Return the attachment of a file as `find` does, and remember that it is used once more."""
        attachment_id = self.find(file)
        if attachment_id is not None:
            self._used_again.add(attachment_id)
        return attachment_id

    def is_used_again(self, file: OutgoingFile) -> bool:
        """Tell whether the attachment of a file was uploaded for an earlier message."""
        return file.attachment_id in self._used_again

    def note(self, file: OutgoingFile, attachment_id: AttachmentId) -> None:
        """Remember that a file was uploaded just now."""
        self._known[_content(file)] = (attachment_id, self._clock.now())

    def forget(self, file: OutgoingFile) -> None:
        """Forget a file that Linq has lost."""
        attachment_id, _since = self._known.pop(_content(file), (None, None))
        if attachment_id is not None:
            self._used_again.discard(attachment_id)

    def clear(self) -> None:
        """Forget all: what one account uploaded is nothing to another."""
        self._known.clear()


def _content(file: OutgoingFile) -> tuple[str, str, str]:
    # The customer reads the name, so that another name is another attachment.
    return file.sha256, file.media_type, file.name
