"""The API's operations on chats, their members and their typing bubbles."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from linqdesk.api import translate, translate_messages
from linqdesk.api.json_body import packed
from linqdesk.api.origin import LOOPBACK_NAMES
from linqdesk.api.rule_gate import obey
from linqdesk.api.told_before import ToldBefore
from linqdesk.api.transport import Transport
from linqdesk.api.wire.chats import WireChatPage
from linqdesk.api.wire.lines import WireLines
from linqdesk.domain import rules
from linqdesk.domain.chat import Chat, Line
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMedia
from linqdesk.domain.page import ChatPage


class ChatOperations:
    """What can be asked of chats and lines."""

    _transport: Transport
    _chats_told: ToldBefore[Chat]

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
        return await self._transport.fetch("chats", query=query, read=self._chat_page)

    def _chat_page(self, tree: Any) -> ChatPage:
        page = translate.whole(WireChatPage, tree)
        chats, set_aside = translate.each_valid(
            page.chats, lambda item: self._chats_told.read(item, translate.chat)
        )
        return ChatPage(chats, page.next_cursor, set_aside)

    async def get_chat(self, chat_id: ChatId) -> Chat:
        """Return a chat (`GET /v3/chats/{chatId}`)."""
        return await self._transport.fetch(
            "chats", chat_id, read=lambda tree: translate.one(tree, translate.chat)
        )

    async def create_chat(
        self, line: Handle, to: Sequence[Handle], content: Content, *, key: LocalId
    ) -> tuple[Chat, Message]:
        """Begin a chat with its first message (`POST /v3/chats`), once.

        Linq sends into the chat that exists already for the same line and people, except into a
        group with a name (linq-api.md 2.1). The same key and content may be sent again.
        """
        obey(
            rules.check_line(line),
            rules.check_recipients(to),
            rules.check_content(content, is_first_message=True),
            rules.check_idempotency_key(key),
        )
        body = {"from": line, "to": list(to), **translate_messages.content_json(content, key)}
        tree = await self._transport.send("POST", "chats", body=packed(body))
        return translate_messages.created_chat(tree, datetime.now(UTC))

    async def update_chat(
        self, chat: Chat, *, display_name: str | None = None, icon_url: str | None = None
    ) -> None:
        """Ask for another name or icon of a group (`PUT /v3/chats/{chatId}`).

        It is only accepted here: a later look at the chat tells whether it came about.
        """
        obey(rules.check_rename(chat))
        if icon_url is not None and not self._is_sandbox_file(icon_url):
            obey(rules.check_group_icon(icon_url))
        wanted = {"display_name": display_name, "group_chat_icon": icon_url}
        body = {name: value for name, value in wanted.items() if value is not None}
        await self._transport.send("PUT", "chats", chat.id, body=packed(body))

    def _is_sandbox_file(self, url: str) -> bool:
        """Tell whether a file belongs to a sandbox on this computer, whose files come by plain http."""
        try:
            is_here = urlsplit(url).hostname in LOOPBACK_NAMES
        except ValueError:
            return False
        return self._transport.is_loopback and is_here

    async def mark_read(self, chat_id: ChatId) -> None:
        """Tell the customer that a chat was read (`POST …/read`); without effect in groups."""
        await self._transport.send("POST", "chats", chat_id, "read")

    async def leave_chat(self, chat: Chat) -> None:
        """Leave a group (`POST …/leave`); everything asked of it afterwards is refused with 2013."""
        obey(rules.check_leave(chat))
        await self._transport.send("POST", "chats", chat.id, "leave")

    async def share_contact_card(self, chat_id: ChatId) -> None:
        """Show our line's contact card in a chat (`POST …/share_contact_card`), once in 5 min at most."""
        await self._transport.send("POST", "chats", chat_id, "share_contact_card")

    async def send_voice_memo(
        self, chat_id: ChatId, *, attachment_id: AttachmentId | None = None, url: str | None = None
    ) -> Message:
        """Send a voice memo (`POST …/voicememo`) of an uploaded file or of a public https URL.

        There is no key: after OutcomeUnknownError nobody may send it again without looking first
        (linq-api.md 1, Idempotency).
        """
        if url is None or not self._transport.is_loopback:
            # An API on this computer, such as the sandbox, keeps its files on this computer too.
            obey(rules.check_voice_memo(OutgoingMedia(attachment_id, url)))
        body: dict[str, Any] = (
            {"voice_memo_url": url} if attachment_id is None else {"attachment_id": attachment_id}
        )
        tree = await self._transport.send("POST", "chats", chat_id, "voicememo", body=packed(body))
        return translate_messages.voice_memo(tree, chat_id, datetime.now(UTC))

    async def add_participant(self, chat: Chat, handle: Handle) -> None:
        """Ask for somebody to join a group (`POST …/participants`); a later look tells the outcome."""
        obey(rules.check_add_participant(chat, handle))
        body = packed({"handle": handle})
        await self._transport.send("POST", "chats", chat.id, "participants", body=body)

    async def remove_participant(self, chat: Chat, handle: Handle) -> None:
        """Ask for somebody to leave a group (`DELETE …/participants`); a later look tells the outcome."""
        obey(rules.check_remove_participant(chat, handle))
        body = packed({"handle": handle})
        await self._transport.send("DELETE", "chats", chat.id, "participants", body=body)

    async def start_typing(self, chat_id: ChatId) -> None:
        """Show the typing bubble for some 85 s (`POST …/typing`); a group may refuse it with 403."""
        await self._transport.send("POST", "chats", chat_id, "typing")

    async def stop_typing(self, chat_id: ChatId) -> None:
        """Take the typing bubble away (`DELETE …/typing`)."""
        await self._transport.send("DELETE", "chats", chat_id, "typing")


def _lines(tree: Any) -> tuple[Line, ...]:
    page = translate.whole(WireLines, tree)
    lines, _ = translate.each_valid(page.phone_numbers, translate.line)
    return lines
