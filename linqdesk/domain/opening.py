"""What a new chat would send now, and what stands in its way: pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from linqdesk.domain.beginning import Beginning, existing_chat, is_reused
from linqdesk.domain.chat import Chat
from linqdesk.domain.decorations import Decoration, trimmed
from linqdesk.domain.first_message import hold_links
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.rules import Violation, check_content, check_recipients


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that follows from what stands in the dialog.

    Attributes:
        existing: the chat that is there already with the same line and exactly these people.
        is_reply: whether what is sent goes into `existing`, as Linq would have it too.
        contents: the messages that would be sent, in order.
        halves: the text divided into a greeting and what holds the links, where it has to be.
        people_faults: what is wrong with the recipients.
        message_faults: what is wrong with the message.
    """

    existing: Chat | None
    is_reply: bool
    contents: tuple[Content, ...]
    halves: tuple[OutgoingText, OutgoingText] | None
    people_faults: tuple[Violation, ...]
    message_faults: tuple[Violation, ...]

    @property
    def can_send(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.people_faults and not self.message_faults

    @property
    def has_early_link(self) -> bool:
        """Whether the first message would hold a link."""
        return any(each.rule == "first_message_link" for each in self.message_faults)


def opening(
    beginning: Beginning,
    text: str,
    decorations: Iterable[Decoration],
    chats: Iterable[Chat],
    *,
    holds_links: bool,
) -> Opening:
    """Return what follows from a choice of people and a text.

    Args:
        beginning: line, people, group name.
        text: as typed.
        decorations: over the text as typed.
        chats: those that are known.
        holds_links: whether the agent wants links to go in a second message.
    """
    existing = existing_chat(chats, beginning.line, beginning.to) if beginning.to else None
    is_reply = existing is not None and is_reused(existing)
    whole = OutgoingText(*trimmed(text, decorations))
    faults = _faults(whole, is_first=not is_reply)
    has_link = any(each.rule == "first_message_link" for each in faults)
    halves = hold_links(whole.value, whole.decorations) if has_link else None
    texts = [whole]
    if holds_links and halves is not None:
        texts = list(halves)
        faults = (*_faults(halves[0], is_first=True), *_faults(halves[1], is_first=False))
    return Opening(
        existing=existing,
        is_reply=is_reply,
        contents=tuple(Content((each,)) for each in texts),
        halves=halves,
        people_faults=check_recipients(beginning.to),
        message_faults=faults,
    )


def _faults(text: OutgoingText, *, is_first: bool) -> tuple[Violation, ...]:
    return check_content(Content((text,)), is_first_message=is_first)
