"""Files of ours under both of their names: ours, and the one that Linq gave them once it had them."""

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart


class Twins:
    """Whoever still has the first name of a file gets what is known under the second."""

    def __init__(self) -> None:
        """Know none yet."""
        self._later: dict[AttachmentId, AttachmentId] = {}
        self._earlier: dict[AttachmentId, AttachmentId] = {}

    def note(self, own: AttachmentId, later: AttachmentId) -> None:
        """Remember that Linq calls a file of ours otherwise."""
        self._later[own] = later
        self._earlier[later] = own

    def known_as(self, attachment_id: AttachmentId) -> AttachmentId:
        """Return the name under which a file is known by now."""
        return self._later.get(attachment_id, attachment_id)

    def of(self, part: MediaPart) -> AttachmentId:
        """Return the name under which a part's file is known by now."""
        return self.known_as(part.attachment_id)

    def names(self, attachment_id: AttachmentId) -> tuple[AttachmentId, ...]:
        """Return every name of a file, the present one first."""
        present = self.known_as(attachment_id)
        earlier = self._earlier.get(present)
        return (present,) if earlier is None else (present, earlier)
