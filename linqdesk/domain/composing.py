"""What a draft would say if it were sent now."""

from linqdesk.domain.decorations import trimmed
from linqdesk.domain.link_cards import with_card
from linqdesk.domain.outgoing import Content, Draft, OutgoingPart, OutgoingText


def content_of(draft: Draft) -> Content:
    """Return what a draft says, without the blanks at the ends of its text; no part where it says nothing."""
    text, decorations = trimmed(draft.text, draft.decorations)
    parts: tuple[OutgoingPart, ...] = (OutgoingText(text, decorations),) if text else ()
    return Content(parts, draft.effect, draft.reply_to, draft.preferred_service)


def messages_of(draft: Draft) -> tuple[Content, ...]:
    """Return the messages that would be sent: one, or two where a card goes beside a text."""
    content = content_of(draft)
    return with_card(content) if draft.as_card else (content,)
