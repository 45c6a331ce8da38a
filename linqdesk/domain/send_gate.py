"""What stands between Send and the customer: who must not be written to, and what is asked first. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from linqdesk.domain.chat import Chat, HealthStatus
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import Handle, RowKey
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.domain.rules.groups import left_chat

# linq-api.md 3.3: as a whole message, in exactly this case; OPT OUT in any.
_STOP_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "OPTOUT", "CANCEL", "END", "QUIT"})
# linq-api.md 3.1.
_BLOCKED = 2026
_OPT_OUT = re.compile(r"opt[\s-]*out", re.IGNORECASE)


class LockReason(StrEnum):
    """Why nothing may be sent into a chat, whatever the agent says."""

    HEALTH = "health"
    STOP_WORD = "stop word"
    LEFT = "left"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Lock:
    """A chat into which nothing may be sent; `word` is what the customer wrote to say so."""

    reason: LockReason
    word: str = ""

    @property
    def is_final(self) -> bool:
        """Whether nothing may be tried; of a block nobody but Linq knows when it ends, so a retry asks."""
        return self.reason is not LockReason.BLOCKED

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
                return "Linq has blocked this customer: it refuses your messages and drops theirs."


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

    @property
    def is_risk(self) -> bool:
        """Whether a second press accepts it: a risk to a line's reputation, or another line's chat."""
        return self.is_critical or self.is_line_critical or self.other_line is not None


@dataclass(frozen=True, slots=True)
class SendTerms:
    """What the agent knew and accepted when Send was pressed.

    `knows_until` is the newest row of the thread that they have taken note of; None where that is not
    known, and then no colleague's answer holds the message. `accepts_risk` where they were told that the
    chat is critical.
    """

    knows_until: RowKey | None = None
    accepts_risk: bool = False


def stop_word(message: Message) -> str | None:
    """Return the word with which a message refuses more messages, None where it does not."""
    if len(message.parts) != 1 or not isinstance(message.parts[0], TextPart):
        return None
    said = message.parts[0].value.strip()
    return said if said in _STOP_WORDS or _OPT_OUT.fullmatch(said) else None


def lock_of(
    chat: Chat, newest_inbound: Message | None, outgoing: Iterable[OutgoingMessage] = ()
) -> Lock | None:
    """Tell whether a chat is locked.

    The customer's own word counts at once, before Linq has marked the chat. In groups it does not: they are
    never blocked (linq-api.md 3.3). That Linq blocks somebody is told by a refusal alone (code 2026), and
    holds until that message is sent after all or dropped, or the customer is heard again.
    """
    if any(left_chat(chat)):
        return Lock(LockReason.LEFT)
    word = stop_word(newest_inbound) if newest_inbound is not None and not chat.is_group else None
    if word is not None:
        return Lock(LockReason.STOP_WORD, word)
    is_marked = chat.health is not None and chat.health.status is HealthStatus.OPTED_OUT
    if is_marked:
        return Lock(LockReason.HEALTH)
    heard_at = newest_inbound.created_at if newest_inbound is not None else None
    refused = (
        each for each in outgoing if each.failure is not None and each.failure.details.code == _BLOCKED
    )
    is_blocked = any(heard_at is None or heard_at < each.created_at for each in refused)
    return Lock(LockReason.BLOCKED) if is_blocked and not chat.is_group else None


def opening_lock(people: Collection[Handle], locks: Iterable[tuple[Chat, Lock | None]]) -> Lock | None:
    """Tell whether a chat with these people must not be begun.

    Who refused messages over one line gets none over any (linq-api.md 3.3); groups are never blocked.

    Args:
        people: the recipients.
        locks: the chats that are known, each with its lock.
    """
    if len(people) != 1:
        return None
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
