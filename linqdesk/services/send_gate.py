"""The gate that every message passes on its way out, whoever sends it."""

from collections.abc import Iterator

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.chat import Chat, Reputation
from linqdesk.domain.errors import RequestRejectedError
from linqdesk.domain.ids import ChatId, Handle, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.send_gate import HeldBackError, Lock, SendTerms, is_critical, opening_lock
from linqdesk.store.view import CacheView, ChatSummary


def pass_gate(cache: CacheView, chat_id: ChatId, terms: SendTerms) -> None:
    """Let a message through; a chat that is not known yet has nothing that could hold it.

    Raises:
        HeldBackError: nothing may be sent, or the agent is to be asked first.
    """
    summary = cache.summary(chat_id)
    if summary is None:
        return
    if summary.lock is not None:
        raise HeldBackError(lock=summary.lock)
    answer = answer_since(cache, chat_id, terms.knows_until)
    if answer is not None:
        raise HeldBackError(answer=answer)
    if is_critical(summary.chat) and not terms.accepts_risk:
        raise HeldBackError(is_critical=True)
    other_line = line_waited_on(cache, summary)
    if other_line is not None and not terms.accepts_other_line:
        raise HeldBackError(other_line=other_line)


def line_waited_on(cache: CacheView, summary: ChatSummary) -> Handle | None:
    """Return another line of ours on which the customer of a direct chat waits while nobody waits here."""
    chat = summary.chat
    if chat.is_group or summary.waiting_since is not None or not chat.others:
        return None
    customer = chat.others[0].handle
    for known in map(cache.summary, cache.chat_ids()):
        if known is None or known.waiting_since is None or known.chat.is_group or known.lock is not None:
            continue
        is_theirs = bool(known.chat.others) and known.chat.others[0].handle == customer
        if is_theirs and known.chat.line != chat.line:
            return known.chat.line
    return None


def pass_opening_gate(cache: CacheView, beginning: Beginning, terms: SendTerms) -> None:
    """Let a message through that begins a chat.

    Raises:
        HeldBackError: nobody may write to these people, or the agent is to be asked first.
    """
    lock = opening_lock(beginning.to, locks_of(cache), cache.blocks)
    if lock is not None:
        raise HeldBackError(lock=lock)
    line = next((each for each in cache.lines if each.phone_number == beginning.line), None)
    if line is not None and line.reputation is Reputation.CRITICAL and not terms.accepts_risk:
        raise HeldBackError(is_line_critical=True)


def locks_of(cache: CacheView) -> Iterator[tuple[Chat, Lock | None]]:
    """Return every chat with why nothing may be sent into it, None where it may."""
    summaries = (cache.summary(chat_id) for chat_id in cache.chat_ids())
    return ((each.chat, each.lock) for each in summaries if each is not None)


def refusal_of(cache: CacheView, chat_id: ChatId) -> RequestRejectedError | None:
    """Return why a message that waits must not go any more, None where it may.

    Whether somebody is still blocked is found out by sending again what was refused for it.
    """
    summary = cache.summary(chat_id)
    lock = summary.lock if summary is not None else None
    return RequestRejectedError(lock.words) if lock is not None and lock.is_final else None


def answer_since(cache: CacheView, chat_id: ChatId, row_key: RowKey | None) -> Message | None:
    """Return the newest message after a row that went out from elsewhere over our line, None for none.

    What was sent from here keeps the key that it was given here; all else is known by Linq's id.
    """
    at = cache.position(chat_id, row_key) if row_key is not None else None
    if at is None:
        return None
    for row in reversed(cache.rows(chat_id)[at + 1 :]):
        said = row.content
        if isinstance(said, Message) and said.is_from_me and row.key == RowKey(said.id):
            return said
    return None
