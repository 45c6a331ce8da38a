"""A chat, the people in it, and the lines that it runs over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service


class MemberStatus(StrEnum):
    """Whether a handle still takes part in its chat."""

    ACTIVE = "active"
    LEFT = "left"
    REMOVED = "removed"
    UNKNOWN = "unknown"


class HealthStatus(StrEnum):
    """A chat's health; a word that the API adds later reads as UNKNOWN and never blocks."""

    HEALTHY = "HEALTHY"
    AT_RISK = "AT_RISK"
    CRITICAL = "CRITICAL"
    OPTED_OUT = "OPTED_OUT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class ChatHealth:
    """A chat's health in either of the API's shapes: a status, or a score of 0 to 100 with its reason."""

    status: HealthStatus
    word: str
    score: float | None = None
    reason: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChatHandle:
    """One member of a chat. `line_type` is RCS for a line that never carries iMessage."""

    id: str
    handle: Handle
    service: Service
    is_me: bool = False
    joined_at: datetime | None = None
    left_at: datetime | None = None
    status: MemberStatus = MemberStatus.ACTIVE
    line_type: Service | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as Linq tells it. Linq keeps no last message, unread count or draft: the store does.

    `is_provisional` marks a chat that begins here and that Linq does not know yet.
    """

    id: ChatId
    created_at: datetime
    updated_at: datetime
    display_name: str | None
    handles: tuple[ChatHandle, ...]
    is_group: bool
    service: Service | None = None
    health: ChatHealth | None = None
    group_icon_url: str | None = None
    is_provisional: bool = False

    @property
    def line(self) -> Handle | None:
        """The phone number of ours that the chat runs over."""
        return next((each.handle for each in self.handles if each.is_me), None)

    @property
    def others(self) -> tuple[ChatHandle, ...]:
        """Everybody but us, those who left included."""
        return tuple(each for each in self.handles if not each.is_me)

    @property
    def own_name(self) -> str | None:
        """The display name where it is one.

        By default the API gives the handles themselves, separated by commas (linq-api.md 2.1).
        """
        name = (self.display_name or "").strip()
        handles = {each.handle for each in self.handles}
        if not name or {part.strip() for part in name.split(",")} <= handles:
            return None
        return name


class Reputation(StrEnum):
    """A line's reputation."""

    HEALTHY = "HEALTHY"
    AT_RISK = "AT_RISK"
    CRITICAL = "CRITICAL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Line:
    """A phone number of ours. `line_type` is RCS for one that never carries iMessage."""

    id: str
    phone_number: Handle
    reputation: Reputation = Reputation.UNKNOWN
    forwarding_number: Handle | None = None
    line_type: Service | None = None
