"""One coroutine for each operation of the API; takes and returns values of the domain."""

from datetime import UTC, datetime
from typing import Any

from linqdesk.api import translate, translate_messages
from linqdesk.api.transport import Transport
from linqdesk.api.wire.chats import WireChatPage
from linqdesk.api.wire.lines import WireLines
from linqdesk.api.wire.messages import WireMessagePage, WireSent
from linqdesk.domain.chat import Chat, Line
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content
from linqdesk.domain.page import ChatPage, MessagePage


class LinqClient:
    """The API as the services see it. Every coroutine raises LinqDeskError and nothing else."""

    def __init__(self, transport: Transport) -> None:
        """Speak through a transport, which this client closes."""
        self._transport = transport

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.close()

    async def list_phone_numbers(self) -> tuple[Line, ...]:
        """Return our lines (`GET /v3/phone_numbers`)."""
        return await self._transport.fetch("phone_numbers", read=_lines)

    async def list_chats(
        self,
        *,
        cursor: str | None = None,
        limit: int = 20,
        line: Handle | None = None,
        participant: Handle | None = None,
    ) -> ChatPage:
        """Return a page of chats (`GET /v3/chats`); `limit` is 1 to 100 (linq-api.md 2.1)."""
        query = {"cursor": cursor, "limit": limit, "from": line, "to": participant}
        return await self._transport.fetch("chats", query=query, read=_chat_page)

    async def get_chat(self, chat_id: ChatId) -> Chat:
        """Return a chat (`GET /v3/chats/{chatId}`)."""
        return await self._transport.fetch(
            "chats", chat_id, read=lambda tree: translate.one(tree, translate.chat)
        )

    async def list_messages(
        self, chat_id: ChatId, *, cursor: str | None = None, limit: int = 50
    ) -> MessagePage:
        """Return a page of a chat's messages (`GET /v3/chats/{chatId}/messages`); `limit` is 1 to 100."""
        query = {"cursor": cursor, "limit": limit}
        return await self._transport.fetch(
            "chats", chat_id, "messages", query=query, read=lambda tree: _message_page(tree, chat_id)
        )

    async def send_message(self, chat_id: ChatId, content: Content, *, key: LocalId) -> Message:
        """Send a message (`POST /v3/chats/{chatId}/messages`), once.

        The same key and content may be sent again: Linq answers as before and resends nothing
        (linq-api.md 1, Idempotency). NotFoundError for a key that was used before means that its
        message was deleted since.
        """
        body = translate_messages.content_json(content, key)
        tree = await self._transport.post("chats", chat_id, "messages", body=body)
        wire = translate.whole(WireSent, tree)
        return translate_messages.sent_message(wire, chat_id, datetime.now(UTC))


def _lines(tree: Any) -> tuple[Line, ...]:
    page = translate.whole(WireLines, tree)
    lines, _ = translate.each_valid(page.phone_numbers, translate.line)
    return lines


def _chat_page(tree: Any) -> ChatPage:
    page = translate.whole(WireChatPage, tree)
    chats, set_aside = translate.each_valid(page.chats, translate.chat)
    return ChatPage(chats, page.next_cursor, set_aside)


def _message_page(tree: Any, chat_id: ChatId) -> MessagePage:
    page = translate.whole(WireMessagePage, tree)
    messages, set_aside = translate.each_valid(
        page.messages, lambda item: translate_messages.message(item, chat_id)
    )
    return MessagePage(messages, page.next_cursor, set_aside)
