"""The API's operations on messages, their reactions and their threads."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

from linqdesk.api import translate, translate_messages
from linqdesk.api.json_body import packed
from linqdesk.api.rule_gate import obey
from linqdesk.api.told_before import ToldBefore
from linqdesk.api.transport import Transport
from linqdesk.api.wire.messages import WireMessagePage, WireSent
from linqdesk.domain import rules
from linqdesk.domain.ids import ChatId, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content
from linqdesk.domain.page import MessagePage


class MessageOperations:
    """What can be asked of messages."""

    _transport: Transport
    _messages_told: ToldBefore[Message]

    async def send_message(self, chat_id: ChatId, content: Content, *, key: LocalId) -> Message:
        """Send a message (`POST /v3/chats/{chatId}/messages`), once.

        The same key and content may be sent again: Linq answers as before and resends nothing
        (linq-api.md 1, Idempotency). NotFoundError for a key that was used before means that its
        message was deleted since.
        """
        obey(rules.check_content(content), rules.check_idempotency_key(key))
        body = packed(translate_messages.content_json(content, key))
        tree = await self._transport.send("POST", "chats", chat_id, "messages", body=body)
        wire = translate.whole(WireSent, tree)
        return translate_messages.sent_message(wire, chat_id, datetime.now(UTC))

    async def list_messages(
        self, chat_id: ChatId, *, cursor: str | None = None, limit: int = 50
    ) -> MessagePage:
        """Return a page of a chat's messages (`GET /v3/chats/{chatId}/messages`); `limit` is 1 to 100."""
        query = {"cursor": cursor, "limit": limit}

        def listed(item: Any) -> Message:
            return self._messages_told.read(
                item, lambda tree: translate_messages.message(tree, chat_id), place=chat_id
            )

        def read(tree: Any) -> MessagePage:
            return _page(tree, listed)

        return await self._transport.fetch("chats", chat_id, "messages", query=query, read=read)

    async def list_thread(
        self,
        message_id: MessageId,
        *,
        cursor: str | None = None,
        limit: int = 50,
        order: Literal["asc", "desc"] = "asc",
    ) -> MessagePage:
        """Return a page of the replies around a message (`GET /v3/messages/{id}/thread`).

        `limit` is 1 to 100. A message without replies is a thread of its own.
        """
        query = {"cursor": cursor, "limit": limit, "order": order}

        def read(tree: Any) -> MessagePage:
            return _page(tree, translate_messages.single_message)

        return await self._transport.fetch("messages", message_id, "thread", query=query, read=read)

    async def get_message(self, message_id: MessageId) -> Message:
        """Return a message (`GET /v3/messages/{id}`); one that was deleted or expired is NotFoundError."""
        return await self._transport.fetch("messages", message_id, read=translate_messages.single_message)

    async def edit_message(self, message_id: MessageId, text: str, *, part_index: int = 0) -> Message | None:
        """Change a text part (`PATCH /v3/messages/{id}`), 5 times and for 15 min at most.

        Returns None where the message was deleted already: Linq then answers without a body
        (linq-api.md 2.2).
        """
        obey(rules.check_edit(text, part_index=part_index))
        body = packed({"text": text, "part_index": part_index})
        tree = await self._transport.send("PATCH", "messages", message_id, body=body)
        return None if tree is None else translate_messages.single_message(tree)

    async def delete_message(self, message_id: MessageId) -> None:
        """Delete a message at Linq (`DELETE /v3/messages/{id}`); the customer keeps it."""
        await self._transport.send("DELETE", "messages", message_id)

    async def add_reaction(
        self, message_id: MessageId, kind: str, *, custom_emoji: str | None = None, part_index: int = 0
    ) -> None:
        """React to a part (`POST /v3/messages/{id}/reactions`).

        Args:
            message_id: the message.
            kind: love, like, dislike, laugh, emphasize, question, or custom for any emoji.
            custom_emoji: the emoji, for custom alone.
            part_index: 0 or more.
        """
        await self._react("add", message_id, kind, custom_emoji, part_index)

    async def remove_reaction(
        self, message_id: MessageId, kind: str, *, custom_emoji: str | None = None, part_index: int = 0
    ) -> None:
        """Take our reaction back; the arguments are those of `add_reaction`."""
        await self._react("remove", message_id, kind, custom_emoji, part_index)

    async def _react(
        self, operation: str, message_id: MessageId, kind: str, custom_emoji: str | None, part_index: int
    ) -> None:
        obey(rules.check_reaction(kind, custom_emoji, part_index=part_index))
        body: dict[str, Any] = {"operation": operation, "type": kind, "part_index": part_index}
        if custom_emoji is not None:
            body["custom_emoji"] = custom_emoji
        await self._transport.send("POST", "messages", message_id, "reactions", body=packed(body))


def _page(tree: Any, read: Callable[[Any], Message]) -> MessagePage:
    page = translate.whole(WireMessagePage, tree)
    messages, set_aside = translate.each_valid(page.messages, read)
    return MessagePage(messages, page.next_cursor, set_aside)
