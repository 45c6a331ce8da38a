"""System events in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linqdesk.domain.system_event import SystemEventKind
from linqdesk.ui.names import isolated, person_name, plain_name

if TYPE_CHECKING:
    from linqdesk.domain.system_event import SystemEvent
    from linqdesk.store.view import CacheView


def event_words(event: SystemEvent, cache: CacheView) -> str:
    """Return what happened as a short sentence without its full stop."""
    who = "You" if event.is_me or event.handle is None else isolated(person_name(event.handle, cache))
    match event.kind:
        case SystemEventKind.JOINED:
            return f"{who} joined"
        case SystemEventKind.LEFT:
            return f"{who} left"
        case SystemEventKind.REMOVED:
            return f"{who} {'were' if event.is_me else 'was'} removed"
        case SystemEventKind.RENAMED:
            name = plain_name(event.name or "")
            return f"The group is now called “{isolated(name)}”" if name else "The group has no name any more"
        case SystemEventKind.ICON_CHANGED:
            return "The group has a new icon"
