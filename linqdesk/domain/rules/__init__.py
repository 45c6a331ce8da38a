"""What Linq accepts, checked before a request leaves: pure, each rule with its source.

Every check returns the broken rules, most telling first; an empty tuple allows the act. S0 to S4 in the
sources are the five seeds, as linq-api.md names them.
"""

from linqdesk.domain.rules.cards import check_share_card
from linqdesk.domain.rules.content import check_content, check_idempotency_key
from linqdesk.domain.rules.files import check_attachment, check_media_url, check_recording, check_voice_memo
from linqdesk.domain.rules.groups import (
    check_add_participant,
    check_group_icon,
    check_leave,
    check_remove_participant,
    check_rename,
)
from linqdesk.domain.rules.people import check_contact_card, check_line, check_recipients
from linqdesk.domain.rules.signals import check_edit, check_editable, check_reaction, check_typing
from linqdesk.domain.rules.violation import Violation

__all__ = [
    "Violation",
    "check_add_participant",
    "check_attachment",
    "check_contact_card",
    "check_content",
    "check_edit",
    "check_editable",
    "check_group_icon",
    "check_idempotency_key",
    "check_leave",
    "check_line",
    "check_media_url",
    "check_reaction",
    "check_recipients",
    "check_recording",
    "check_remove_participant",
    "check_rename",
    "check_share_card",
    "check_typing",
    "check_voice_memo",
]
