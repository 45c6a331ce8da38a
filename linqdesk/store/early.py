"""What is known of chats that no page has told of yet: drafts and sends kept from the run before."""

from collections.abc import Iterable

from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Draft, OutgoingMessage


class Early:
    """Drafts and sends that wait for their chat, by chat."""

    def __init__(self) -> None:
        """Start empty."""
        self._drafts: dict[ChatId, Draft] = {}
        self._sends: dict[ChatId, dict[LocalId, OutgoingMessage]] = {}

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep a draft; None drops it."""
        self._drafts.pop(chat_id, None)
        if draft is not None:
            self._drafts[chat_id] = draft

    def draft(self, chat_id: ChatId) -> Draft | None:
        """Return a draft, None where there is none."""
        return self._drafts.get(chat_id)

    @property
    def draft_count(self) -> int:
        """How many drafts wait."""
        return len(self._drafts)

    def add(self, outgoing: OutgoingMessage) -> None:
        """Keep a send after those of its chat."""
        self._sends.setdefault(outgoing.chat_id, {})[outgoing.local_id] = outgoing

    def update(self, outgoing: OutgoingMessage) -> None:
        """Keep the new state of a send; one that is gone is left gone."""
        sends = self._sends.get(outgoing.chat_id, {})
        if outgoing.local_id in sends:
            sends[outgoing.local_id] = outgoing

    def remove(self, chat_id: ChatId, local_id: LocalId) -> None:
        """Drop a send that is over."""
        self._sends.get(chat_id, {}).pop(local_id, None)

    def sends(self) -> list[OutgoingMessage]:
        """Return all sends that wait, oldest first in each chat."""
        return [outgoing for lane in self._sends.values() for outgoing in lane.values()]

    def take_draft(self, chat_id: ChatId) -> Draft | None:
        """Hand over the draft of a chat that is known now."""
        return self._drafts.pop(chat_id, None)

    def take_sends(self, chat_ids: Iterable[ChatId]) -> list[OutgoingMessage]:
        """Hand over the sends of chats that are known now, oldest first in each."""
        return [outgoing for each in chat_ids for outgoing in self._sends.pop(each, {}).values()]
