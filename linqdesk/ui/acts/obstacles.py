"""Why something cannot be done with a message, in words; pure."""

from datetime import datetime

from linqdesk.domain.message import Message
from linqdesk.domain.resending import forwarded
from linqdesk.domain.rules.signals import EDIT_TIME, MAX_EDITS, check_editable
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.acts.aim import Aim

_DELETED = "It is deleted from Linq's records."


def reaction_obstacle(row: ThreadRow) -> str | None:
    """Return why nobody can react to a message, None where one can (linq-api.md 2.3, capabilities)."""
    if row.is_deleted:
        return _DELETED
    message = row.content
    if isinstance(message, Message) and message.service is Service.SMS:
        return "SMS carries no reactions."
    return None if isinstance(message, Message) and message.parts else "There is nothing to react to."


def reply_obstacle(row: ThreadRow) -> str | None:
    """Return why a message cannot be answered by a quote, None where it can (iMessage alone has threads)."""
    if row.is_deleted:
        return _DELETED
    message = row.content
    if isinstance(message, Message) and message.service in {Service.SMS, Service.RCS}:
        return "Only iMessage shows which message is answered."
    return None


def edit_obstacle(aim: Aim, now: datetime) -> str | None:
    """Return why a part cannot be edited, None where it can."""
    if aim.row.is_deleted:
        return _DELETED
    if aim.row.is_pending:
        return "Another change is on its way."
    found = check_editable(aim.message, aim.part_index, now=now, edit_count=aim.row.edit_count)
    return found[0].words if found else None


def forward_obstacle(aim: Aim) -> str | None:
    """Return why a message cannot be forwarded, None where it can."""
    return None if forwarded(aim.message) is not None else "It has nothing that Linq would send on."


def edit_label(aim: Aim, now: datetime) -> str:
    """Return "Edit · 12:41 left · 3 of 5": the time that is left, and which edit it would be."""
    left = EDIT_TIME - (now - (aim.message.sent_at or aim.message.created_at))
    seconds = max(0, int(left.total_seconds()))
    return f"Edit · {seconds // 60}:{seconds % 60:02d} left · {aim.row.edit_count + 1} of {MAX_EDITS}"
