from linqdesk.domain.composing import content_of, messages_of
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingText
from linqdesk.domain.service import Service

BOLD = Decoration(0, 3, style="bold")
FULL = Draft(
    "See you", 7, (BOLD,), Effect("screen", "confetti"), ReplyTo(MessageId("m"), 1), Service.IMESSAGE
)
URL = "https://example.com"


def test_a_draft_says_its_text_without_the_blanks_at_its_ends() -> None:
    draft = Draft("  hi \n", 0, (Decoration(2, 4, style="bold"),))
    assert content_of(draft) == Content((OutgoingText("hi", (Decoration(0, 2, style="bold"),)),))
    assert content_of(Draft(" \n ")).parts == ()


def test_a_card_is_a_message_of_its_own_where_the_agent_wants_it() -> None:
    draft = Draft(f"Look: {URL}", 0, as_card=True)
    assert messages_of(draft) == (Content((OutgoingText("Look:"),)), Content((OutgoingLink(URL),)))
