"""What a new chat would send now, and what stands in its way: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linqdesk.domain.beginning import Beginning, existing_chat, is_between, is_reused
from linqdesk.domain.chat import Chat
from linqdesk.domain.first_message import hold_links
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.rules import Violation, check_content, check_recipients

_FIRST_LINK, _FIRST_EFFECT = "first_message_link", "first_message_effect"
_FIRST_MEMO = "voice_memo_first"


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that follows from what stands in the dialog.

    Attributes:
        existing: the chat that is there already with the same line and exactly these people.
        is_reply: whether what is sent goes into `existing`, as Linq would have it too.
        elsewhere: a chat with exactly these people over another line of ours.
        contents: the messages that would be sent, in order.
        halves: the first message divided into a greeting and what holds the links, where it has to be.
        people_faults: what is wrong with the recipients.
        message_faults: what is wrong with the messages.
    """

    existing: Chat | None
    is_reply: bool
    elsewhere: Chat | None
    contents: tuple[Content, ...]
    halves: tuple[Content, Content] | None
    people_faults: tuple[Violation, ...]
    message_faults: tuple[Violation, ...]

    @property
    def can_send(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.people_faults and not self.message_faults

    @property
    def has_early_link(self) -> bool:
        """Whether the first message would hold a link."""
        return any(each.rule == _FIRST_LINK for each in self.message_faults)

    @property
    def has_early_effect(self) -> bool:
        """Whether the first message would have an effect."""
        return any(each.rule == _FIRST_EFFECT for each in self.message_faults)

    @property
    def has_early_memo(self) -> bool:
        """Whether the first message would be a voice memo."""
        return any(each.rule == _FIRST_MEMO for each in self.message_faults)


def opening(
    beginning: Beginning, messages: Sequence[Content], chats: Iterable[Chat], *, holds_links: bool
) -> Opening:
    """Return what follows from a choice of people and what is written.

    Args:
        beginning: line, people, group name.
        messages: what the draft says, at least one.
        chats: those that are known.
        holds_links: whether the agent wants links to go in a second message.
    """
    known = tuple(chats)
    existing = existing_chat(known, beginning.line, beginning.to) if beginning.to else None
    is_reply = existing is not None and is_reused(existing)
    contents = tuple(messages)
    faults = _faults(contents, is_first=not is_reply)
    has_link = any(each.rule == _FIRST_LINK for each in faults)
    halves = _halves(contents[0]) if has_link else None
    if holds_links and halves is not None:
        contents = (*halves, *contents[1:])
        faults = _faults(contents, is_first=True)
    return Opening(
        existing=existing,
        is_reply=is_reply,
        elsewhere=_elsewhere(known, beginning) if existing is None and beginning.to else None,
        contents=contents,
        halves=halves,
        people_faults=check_recipients(beginning.to),
        message_faults=faults,
    )


def _elsewhere(chats: Iterable[Chat], beginning: Beginning) -> Chat | None:
    """Return the chat of these people that runs over another line, None where none does."""
    for chat in chats:
        line = chat.line
        if line is not None and line != beginning.line and is_between(chat, line, beginning.to):
            return chat
    return None


def _faults(contents: Sequence[Content], *, is_first: bool) -> tuple[Violation, ...]:
    return tuple(
        broken
        for number, content in enumerate(contents)
        for broken in check_content(content, is_first_message=is_first and number == 0)
    )


def _halves(content: Content) -> tuple[Content, Content] | None:
    """Divide a message at its first link: what stands before it greets, the effect comes with the rest."""
    for at, part in enumerate(content.parts):
        broken = check_content(replace(content, parts=(part,)), is_first_message=True)
        if not any(each.rule == _FIRST_LINK for each in broken):
            continue
        texts = hold_links(part.value, part.decorations) if isinstance(part, OutgoingText) else None
        before, after = content.parts[:at], content.parts[at + 1 :]
        if texts is not None:
            before, after = (*before, texts[0]), (texts[1], *after)
        else:
            after = (part, *after)
        rest = replace(content, parts=after, reply_to=None)
        return (replace(content, parts=before, effect=None), rest) if before else None
    return None
