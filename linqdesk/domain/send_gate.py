"""What stands between Send and the customer: who must not be written to, and what is asked first. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.chat import Chat, HealthStatus
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import Handle, RowKey
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import OutgoingMessage

# linq-api.md 3.3: as a whole message, in exactly this case; OPT OUT in any.
_STOP_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "OPTOUT", "CANCEL", "END", "QUIT"})
# linq-api.md 3.1.
_BLOCKED, _OPTED_OUT = 2026, 2024
_OPT_OUT = re.compile(r"opt[\s-]*out", re.IGNORECASE)


class LockReason(StrEnum):
    """Why nothing may be sent into a chat, whatever the agent says."""

    HEALTH = "health"
    STOP_WORD = "stop word"
    LEFT = "left"
    BLOCKED = "blocked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Lock:
    """A chat into which nothing may be sent.

    `word` is what the customer wrote to say so, or the note with which our account blocked them.
    """

    reason: LockReason
    word: str = ""

    @property
    def is_final(self) -> bool:
        """Whether nothing may be tried; of what Linq refused it alone knows when that ends: a retry asks."""
        return self.reason not in {LockReason.BLOCKED, LockReason.REFUSED}

    @property
    def words(self) -> str:
        """Why nothing may be sent, as a sentence."""
        match self.reason:
            case LockReason.STOP_WORD:
                return f"The customer wrote “{self.word}” and wants no more messages."
            case LockReason.HEALTH:
                return "The customer has opted out of messages."
            case LockReason.LEFT:
                return "Your line is no longer in this chat."
            case LockReason.BLOCKED:
                note = f" (“{self.word}”)" if self.word else ""
                return (
                    f"Your Linq account has blocked this customer{note}:"
                    " your messages are refused, theirs dropped."
                )
            case LockReason.REFUSED:
                return "Linq refused your message: this customer has opted out on another of your chats."


class HeldBackError(LinqDeskError):
    """A message that did not go yet: one of ours asks first, or nothing may be sent.

    Exactly one is set: `lock` where nothing may be sent, `answer` where somebody else answered meanwhile,
    `is_critical` where the chat's health asks for a second press, `is_line_critical` where that of the line
    does before it begins a chat, `other_line` where the customer waits for an answer on another line of ours.
    """

    def __init__(
        self,
        *,
        lock: Lock | None = None,
        answer: Message | None = None,
        is_critical: bool = False,
        is_line_critical: bool = False,
        other_line: Handle | None = None,
    ) -> None:
        """Keep why."""
        super().__init__("held back")
        self.lock = lock
        self.answer = answer
        self.is_critical = is_critical
        self.is_line_critical = is_line_critical
        self.other_line = other_line

    def accepted(self, terms: "SendTerms") -> "SendTerms":
        """Return terms that say yes to this one question, besides those that were said yes to before."""
        if self.answer is not None:
            return replace(terms, knows_until=None)
        if self.other_line is not None:
            return replace(terms, accepts_other_line=True)
        return replace(terms, accepts_risk=self.is_critical or self.is_line_critical or terms.accepts_risk)


@dataclass(frozen=True, slots=True)
class SendTerms:
    """What the agent knew and accepted when Send was pressed.

    `knows_until` is the newest row of the thread that they have taken note of; None where that is not
    known, and then no colleague's answer holds the message. `accepts_risk` where they were told that the
    chat or the line is critical, `accepts_other_line` where that the customer waits on another line.
    """

    knows_until: RowKey | None = None
    accepts_risk: bool = False
    accepts_other_line: bool = False


def stop_word(message: Message) -> str | None:
    """Return the word with which a message refuses more messages, None where it does not."""
    if len(message.parts) != 1 or not isinstance(message.parts[0], TextPart):
        return None
    said = message.parts[0].value.strip()
    return said if said in _STOP_WORDS or _OPT_OUT.fullmatch(said) else None


def lock_of(
    chat: Chat,
    newest_inbound: Message | None,
    outgoing: Iterable[OutgoingMessage] = (),
    blocks: BlockList | None = None,
) -> Lock | None:
    """Tell whether a chat is locked.

    The customer's own word counts at once, before Linq has marked the chat. In groups it does not: they are
    never blocked (linq-api.md 3.3). What a refusal tells of a customer (codes 2024 and 2026) holds until that
    message is sent after all or dropped, the customer is heard again, or, of a block, until a list of all
    blocks that was asked for later says otherwise.

    Args:
        chat: as it is known now.
        newest_inbound: what the customer said last.
        outgoing: what was sent from here and is not confirmed.
        blocks: whom our account has blocked, None where that cannot be known.
    """
    # The rules are many modules: the window is painted before any of them is needed.
    from linqdesk.domain.rules.groups import left_chat

    if any(left_chat(chat)):
        return Lock(LockReason.LEFT)
    word = stop_word(newest_inbound) if newest_inbound is not None and not chat.is_group else None
    if word is not None:
        return Lock(LockReason.STOP_WORD, word)
    is_marked = chat.health is not None and chat.health.status is HealthStatus.OPTED_OUT
    if is_marked:
        return Lock(LockReason.HEALTH)
    if chat.is_group:
        return None
    known = block_of([each.handle for each in chat.others], blocks)
    return known or _refusal(newest_inbound, outgoing, blocks)


def block_of(people: Collection[Handle], blocks: BlockList | None) -> Lock | None:
    """Return the lock where these people are one whom our account has blocked."""
    found = blocks.find(next(iter(people))) if blocks is not None and len(people) == 1 else None
    return Lock(LockReason.BLOCKED, found.reason) if found is not None else None


def _refusal(
    newest_inbound: Message | None, outgoing: Iterable[OutgoingMessage], blocks: BlockList | None
) -> Lock | None:
    """Return the lock that the refusals of messages tell of, after which nothing else was heard."""
    heard_at = newest_inbound.created_at if newest_inbound is not None else None
    for each in outgoing:
        if each.failure is None or (heard_at is not None and heard_at >= each.created_at):
            continue
        code = each.failure.details.code
        if code == _OPTED_OUT:
            return Lock(LockReason.REFUSED)
        if code == _BLOCKED and (blocks is None or blocks.read_at <= each.created_at):
            return Lock(LockReason.BLOCKED)
    return None


def opening_lock(
    people: Collection[Handle], locks: Iterable[tuple[Chat, Lock | None]], blocks: BlockList | None = None
) -> Lock | None:
    """Tell whether a chat with these people must not be begun.

    Who refused messages over one line gets none over any (linq-api.md 3.3); groups are never blocked.

    Args:
        people: the recipients.
        locks: the chats that are known, each with its lock.
        blocks: whom our account has blocked, None where that cannot be known.
    """
    if len(people) != 1:
        return None
    blocked = block_of(people, blocks)
    if blocked is not None:
        return blocked
    refusals = (
        lock
        for chat, lock in locks
        if lock is not None and lock.reason is not LockReason.LEFT and not chat.is_group
        if {each.handle for each in chat.others} == set(people)
    )
    return next(refusals, None)


def is_critical(chat: Chat) -> bool:
    """Tell whether a chat asks for a second press."""
    return chat.health is not None and chat.health.status is HealthStatus.CRITICAL
