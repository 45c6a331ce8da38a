"""A conversation of a line: its members, its history, its health."""

from dataclasses import dataclass
from datetime import datetime

from linqdesk.sandbox.attachments import Attachment
from linqdesk.sandbox.history import History
from linqdesk.sandbox.model import Health, Member, Service


@dataclass(slots=True)
class Chat:
    """One conversation of a line."""

    id: str
    line: str
    members: list[Member]
    service: Service
    is_group: bool
    created_at: datetime
    updated_at: datetime
    history: History
    display_name: str | None = None
    icon: str | Attachment | None = None
    health: Health = "HEALTHY"
    health_changed_at: datetime | None = None
    has_left: bool = False
    typing_until: datetime | None = None
    keeps_membership: bool = True
    ready_at: datetime | None = None
    unanswered_count: int = 0

    @property
    def me(self) -> Member:
        """The account's own place in the chat."""
        return next(member for member in self.members if member.is_me)

    @property
    def is_named(self) -> bool:
        """Whether somebody gave it a name; by default the API lists the recipients there."""
        handles = {member.handle for member in self.members}
        return self.display_name is not None and not handles.issuperset(self.display_name.split(", "))

    def active(self) -> list[Member]:
        """Return the active members, the account's line among them."""
        return [member for member in self.members if member.status == "active"]

    def others(self) -> list[Member]:
        """Return the active members other than the account's line."""
        return [member for member in self.members if not member.is_me and member.status == "active"]

    def member_with(self, handle: str) -> Member | None:
        """Return the active member of that handle, if any."""
        return next((m for m in self.members if m.handle == handle and m.status == "active"), None)
