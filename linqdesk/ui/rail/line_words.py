"""What a line of ours is called, and what its reputation means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linqdesk.domain.chat import Reputation
from linqdesk.domain.service import Service
from linqdesk.ui.names import format_handle

if TYPE_CHECKING:
    from linqdesk.domain.chat import Line

REPUTATION_WORDS = {
    Reputation.HEALTHY: "Healthy",
    Reputation.AT_RISK: "At risk",
    Reputation.CRITICAL: "Critical",
    Reputation.UNKNOWN: "Reputation unknown",
}
REPUTATION_ADVICE = {
    Reputation.HEALTHY: "Messages arrive as they should.",
    Reputation.AT_RISK: "Slow down, and begin few new chats.",
    Reputation.CRITICAL: "Pause, and begin no new chats.",
    Reputation.UNKNOWN: "Linq says nothing of this line's reputation.",
}
_MARK_DIGITS = 2


def mark_of(line: Line) -> str:
    """Return the last two digits of a line's number, by which it is told from the others at a glance."""
    return line.phone_number[-_MARK_DIGITS:]


def line_facts(line: Line) -> str:
    """Return what is known of a line: "Healthy", "At risk · RCS only"."""
    words = REPUTATION_WORDS[line.reputation]
    return f"{words} · RCS only" if line.line_type is Service.RCS else words


def spoken_line(line: Line) -> str:
    """Return a line as a screen reader says it: "+1 415 555 0134, reputation: At risk"."""
    return f"{format_handle(line.phone_number)}, reputation: {REPUTATION_WORDS[line.reputation]}"
