"""A chat in plain words: for its row, for screen readers and for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linqdesk.domain.message import Message
from linqdesk.domain.outgoing_files import DraftFile, DraftText
from linqdesk.ui.models.message_words import preview
from linqdesk.ui.names import chat_title, format_handle, isolated, person_name
from linqdesk.ui.wording import SERVICE_NAMES, waiting_words

if TYPE_CHECKING:
    from datetime import datetime

    from linqdesk.domain.service import Service
    from linqdesk.store.view import CacheView, ChatSummary


def service_name(service: Service | None) -> str:
    """Return the word for a chat's service; without one nothing was sent yet."""
    return SERVICE_NAMES[service] if service is not None else "No service yet"


def last_words(summary: ChatSummary, cache: CacheView) -> str:
    """Return the row's second line: who said what last."""
    newest = summary.newest
    if newest is None:
        return ""
    words = preview(newest)
    if not isinstance(newest, Message) or newest.is_from_me:
        return f"You: {words}"
    if summary.chat.is_group and newest.sender is not None:
        first_name = person_name(newest.sender, cache).partition(" ")[0]
        return f"{isolated(first_name)}: {words}"
    return words


def draft_words(summary: ChatSummary) -> str | None:
    """Return the unsent text on one line and how many files go with it, None where there is neither."""
    draft = summary.draft
    if draft is None:
        return None
    texts = (draft.text, *(each.text for each in draft.tray if isinstance(each, DraftText)))
    words = [said for text in texts if (said := " ".join(text[:200].split()))]
    files = [each for each in draft.tray if isinstance(each, DraftFile)]
    if files:
        is_memo = len(files) == 1 and files[0].is_voice_memo
        one = "Voice memo" if is_memo else "1 file"
        words.insert(0, one if len(files) == 1 else f"{len(files)} files")
    return " · ".join(words) or None


def has_several_lines(cache: CacheView) -> bool:
    """Tell whether a chat has to say which line of ours it is on."""
    return len(cache.lines) > 1


def spoken_chat(summary: ChatSummary, cache: CacheView, now: datetime) -> str:
    """Return a chat as a screen reader says it."""
    words = [chat_title(summary.chat, cache), service_name(summary.chat.service)]
    if summary.unread_count:
        words.append(f"{summary.unread_count} unread")
    if summary.waiting_since is not None:
        words.append(f"waiting {waiting_words(summary.waiting_since, now, is_spoken=True)}")
    if summary.failed_count:
        words.append(f"{summary.failed_count} not delivered")
    draft = draft_words(summary)
    if draft is not None:
        words.append(f"draft: {draft}")
    if summary.chat.line is not None and has_several_lines(cache):
        words.append(f"line {format_handle(summary.chat.line)}")
    last = last_words(summary, cache)
    if last:
        words.append(f"last: {last}")
    return ", ".join(words)


def searchable(summary: ChatSummary, cache: CacheView) -> str:
    """Return all by which a chat is found, in lower case."""
    handles = " ".join(each.handle for each in summary.chat.others)
    names = " ".join(person_name(each.handle, cache) for each in summary.chat.others)
    last = preview(summary.newest) if summary.newest is not None else ""
    return f"{chat_title(summary.chat, cache)} {names} {handles} {last}".casefold()
