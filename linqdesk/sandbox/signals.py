"""What a line does in a chat besides writing: typing, reading, introducing itself."""

from datetime import timedelta

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.ledger import Kind, Receipt
from linqdesk.sandbox.limits import CARD_SHARES
from linqdesk.sandbox.permission import require_line, require_open
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.world import World

TYPING_S = 85.0
"""Seconds after which typing is no longer shown, 85 to 90 by PY, typing.start."""
_PAGE = 100


class Signals:
    """Passes on what is no message."""

    def __init__(self, world: World) -> None:
        self._world = world

    def start_typing(self, chat: Chat) -> None:
        """Show that the line is typing, or go on showing it; only iMessage passes it on.

        Raises:
            RefusalError: 403/2005 a group, under that reading; 409/2013 left.
        """
        self._require_typing_allowed(chat)
        if chat.service != "iMessage":
            return
        now = self._world.clock.now()
        is_shown = chat.typing_until is not None and now < chat.typing_until
        chat.typing_until = now + timedelta(seconds=TYPING_S)
        if not is_shown:
            self._record(chat, "typing")

    def stop_typing(self, chat: Chat) -> None:
        """Show it no longer.

        Raises:
            RefusalError: 403/2005 a group, under that reading; 409/2013 left.
        """
        self._require_typing_allowed(chat)
        chat.typing_until = None

    def mark_read(self, chat: Chat) -> None:
        """Mark what customers wrote as read; groups know no such thing, and SMS passes nothing on.

        Raises:
            RefusalError: 409/2013 left.
        """
        require_open(self._world, chat)
        if chat.is_group:
            return
        newest_id = self._mark_unread_ones(chat)
        if newest_id is not None and chat.service != "SMS":
            self._record(chat, "read", newest_id)

    def share_contact_card(self, chat: Chat) -> None:
        """Let the chat have the line's contact card.

        Raises:
            RefusalError: 403/2027 the line may not send; 404/2012 it has no card; 409/2013 left, 2015
                nothing was sent before, 2017 no iMessage; 429/1007 shared within 5 minutes.
        """
        require_open(self._world, chat)
        require_line(self._world, chat.line)
        if chat.service != "iMessage":
            raise RefusalError(2017)
        if chat.line not in self._world.contact_cards:
            raise RefusalError(2012)
        if not self._has_written(chat):
            raise RefusalError(2015, "send a message first")
        self._world.limits.take(CARD_SHARES, chat.id)
        self._record(chat, "contact_card")

    def _require_typing_allowed(self, chat: Chat) -> None:
        require_open(self._world, chat)
        if chat.is_group and not self._world.rules.variants.has_typing_in_groups:
            raise RefusalError(2005, "Typing is not supported in group chats")

    def _mark_unread_ones(self, chat: Chat) -> str | None:
        """Mark back to the newest that was read before; return the newest of those that were not."""
        newest_id = None
        for offset in range(0, len(chat.history), _PAGE):
            for looked_at in chat.history.newest_first(offset, _PAGE):
                if looked_at.is_from_me:
                    continue
                if looked_at.read_at is not None:
                    return newest_id
                message = chat.history.find(looked_at.id) or looked_at
                message.read_at = self._world.clock.now()
                self._world.touch(chat, message)
                newest_id = newest_id or message.id
        return newest_id

    def _has_written(self, chat: Chat) -> bool:
        return any(
            message.is_from_me
            for offset in range(0, len(chat.history), _PAGE)
            for message in chat.history.newest_first(offset, _PAGE)
        )

    def _record(self, chat: Chat, kind: Kind, what: str | None = None) -> None:
        self._world.ledger.record(
            Receipt(
                id=what or self._world.ids.next_uuid(),
                chat_id=chat.id,
                to=tuple(each.handle for each in chat.others()),
                kind=kind,
                at=self._world.clock.now(),
                service=chat.service,
            )
        )
