"""How chats come to be known: a page tells of them, or one that began here gets its id from Linq."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from linqdesk.domain.beginning import awaits
from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import ChatId
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.changes import ChatAdopted, ChatsChanged
from linqdesk.store.early import Early
from linqdesk.store.entries import Entries
from linqdesk.store.entry import Entry
from linqdesk.store.system_events import system_events
from linqdesk.store.view import ChatSummary


class Arrivals:
    """Takes chats into the entries, with what was kept for them from the run before."""

    def __init__(self, entries: Entries, early: Early) -> None:
        """Start without a chat that began here."""
        self._entries = entries
        self._early = early
        self._provisional: set[ChatId] = set()

    def merge(self, chats: Iterable[Chat], sequence: int) -> None:
        """Take what a page of chats told, in answer to the question of this number."""
        inserted: list[ChatId] = []
        updated: list[ChatId] = []
        has_new_name = False
        events: list[SystemEvent] = []
        for chat in chats:
            self._adopt_awaited(chat)
            entry = self._entries.get(chat.id)
            if entry is None:
                events += system_events(None, chat)
                draft = self._early.take_draft(chat.id)
                entry = Entry(chat, ChatSummary(chat, draft=draft), draft=draft)
                self._entries.by_id[chat.id] = entry
                self._entries.recall_seen(entry)
                inserted.append(chat.id)
                if chat.is_provisional:
                    self._provisional.add(chat.id)
            elif chat == entry.chat or (chat.updated_at, sequence) < (entry.chat.updated_at, entry.asked_at):
                continue
            else:
                events += system_events(entry.chat, chat)
                entry.chat = chat
                updated.append(chat.id)
            entry.changes.settle(chat)
            entry.asked_at = max(sequence, entry.asked_at)
            has_new_name |= self._entries.names.learn(chat)
            self._entries.refresh(entry)
        if has_new_name:
            # Groups show the names of their members, so any of them may read otherwise now.
            fresh = set(inserted)
            updated = [chat_id for chat_id in self._entries.order.ids() if chat_id not in fresh]
        if inserted or updated:
            self._entries.announcer.emit(ChatsChanged(tuple(inserted), tuple(updated)))
        self._take_events(events)
        for outgoing in self._early.take_sends(inserted):
            entry = self._entries.by_id[outgoing.chat_id]
            self._entries.announce(entry, entry.thread.add(outgoing))

    def adopt(self, local_id: ChatId, chat: Chat) -> None:
        """Let a chat that began here become Linq's: in place, or part of the one that is known by its id.

        Does nothing for a chat that Linq knows already.
        """
        if local_id not in self._provisional:
            return
        self._provisional.discard(local_id)
        entry = self._entries.by_id[local_id]
        known = self._entries.get(chat.id)
        if known is None:
            entry.chat = chat
            self._entries.by_id[chat.id] = known = entry
        else:
            for outgoing in entry.thread.outgoing():
                known.thread.add(replace(outgoing, chat_id=chat.id))
            known.draft = known.draft or entry.draft
            self._entries.by_id[local_id] = known
        self._entries.order.remove(local_id)
        self._entries.refresh(known)
        self._entries.announcer.emit(ChatAdopted(local_id, chat.id))

    def _adopt_awaited(self, chat: Chat) -> None:
        """Adopt a chat that a page told of before the answer to its creation came.

        By Linq's rule of reuse a message to the same people over the same line goes into it anyway.
        """
        if chat.id not in self._entries.by_id:
            local_ids = (each for each in self._provisional if awaits(self._entries.by_id[each].chat, chat))
            local_id = next(local_ids, None)
            if local_id is not None:
                self.adopt(local_id, chat)

    def drop(self, chat_id: ChatId) -> None:
        """Forget a chat that began here and of which nothing was sent."""
        if chat_id in self._provisional:
            self._provisional.discard(chat_id)
            del self._entries.by_id[chat_id]
            self._entries.order.remove(chat_id)
            self._entries.announcer.emit(ChatsChanged(removed=(chat_id,)))

    def _take_events(self, events: Iterable[SystemEvent]) -> None:
        for chat_id, group in groupby(events, key=lambda event: event.chat_id):
            entry = self._entries.by_id[chat_id]
            self._entries.announce(entry, entry.thread.take_events(group))
