"""Every coroutine of the client against the sandbox's real server."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import httpx
import pytest

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.chat import Chat, MemberStatus
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LinqDeskError, NotFoundError, RateLimitedError, RequestRejectedError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Effect, MediaPart, ReplyTo, TextPart
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.service import Service
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer

LINE = Handle("+14155550110")
NOWHERE = "00000000-0000-4000-8000-000000000000"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(300_000)
SETTLED_S = 60


@dataclass(frozen=True)
class Desk:
    """A client, and a hand on the world that it speaks to."""

    client: LinqClient
    control: httpx.AsyncClient
    numbers: "count[int]"

    async def act(self, **act: Any) -> None:
        reply = await self.control.post("/world", json=act)
        assert reply.is_success, reply.text

    async def ledger(self, kind: str) -> list[dict[str, Any]]:
        entries = (await self.control.get("/ledger")).json()
        return [each for each in entries if each["kind"] == kind]

    def stranger(self, last_digit: int = 2) -> Handle:
        """Return a new number: iMessage for an even last digit, SMS for 9, RCS for the others."""
        return Handle(f"+1202555{next(self.numbers):03d}{last_digit}")

    async def talk(self, last_digit: int = 2) -> Chat:
        """Return a one-to-one chat that a customer began."""
        parts = [{"type": "text", "value": "Is anybody there?"}]
        said = {"from": self.stranger(last_digit), "to": LINE, "parts": parts}
        reply = await self.control.post("/inbound", json=said)
        return await self.client.get_chat(ChatId(reply.json()["chat_id"]))

    async def group(self, others: int = 4) -> Chat:
        people = [self.stranger() for _ in range(others)]
        chat, _ = await self.client.create_chat(LINE, people, text("Hello all"), key=key())
        return await self.client.get_chat(chat.id)

    async def settled(self, chat: Chat) -> Chat:
        await self.act(advance_s=SETTLED_S)
        return await self.client.get_chat(chat.id)


_KEYS = count()


def key() -> LocalId:
    return LocalId(f"key-{next(_KEYS)}")


def text(words: str) -> Content:
    return Content((OutgoingText(words),))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    server = SandboxServer(SandboxOptions(chats=0))
    address = await asyncio.to_thread(server.start)
    client = LinqClient(Transport(address.base_url, address.token))
    async with httpx.AsyncClient(base_url=address.control_url, trust_env=False) as control:
        yield Desk(client, control, count(2))
    await client.close()
    await asyncio.to_thread(server.stop)


async def refusal(act: Any) -> tuple[int | None, int | None]:
    """Return status and code of a refusal by the server."""
    with pytest.raises(LinqDeskError) as caught:
        await act
    assert caught.value.details.trace_id
    return caught.value.details.status, caught.value.details.code


async def test_lines_and_chats_are_listed(desk: Desk) -> None:
    assert LINE in [line.phone_number for line in await desk.client.list_phone_numbers()]
    chats = [await desk.talk() for _ in range(3)]
    seen: list[ChatId] = []
    page = await desk.client.list_chats(limit=2)
    seen += [chat.id for chat in page.chats]
    while page.next_cursor is not None:
        page = await desk.client.list_chats(limit=2, cursor=page.next_cursor)
        seen += [chat.id for chat in page.chats]
    assert sorted(seen) == sorted(chat.id for chat in chats)
    one = await desk.client.list_chats(line=LINE, participant=chats[0].others[0].handle)
    assert [chat.id for chat in one.chats] == [chats[0].id]
    assert await refusal(desk.client.get_chat(ChatId(NOWHERE))) == (404, 2001)


async def test_a_chat_is_created_once_and_reused(desk: Desk) -> None:
    ana, once = desk.stranger(), key()
    chat, message = await desk.client.create_chat(LINE, [ana], text("hello"), key=once)
    again, same = await desk.client.create_chat(LINE, [ana], text("hello"), key=once)
    other, more = await desk.client.create_chat(LINE, [ana], text("and more"), key=key())
    assert (again.id, same.id) == (chat.id, message.id)
    assert (other.id, more.id == message.id) == (chat.id, False)
    assert (message.text, message.is_from_me, message.chat_id) == ("hello", True, chat.id)
    assert abs((chat.updated_at - message.created_at).total_seconds()) < 60
    stranger = Handle("+19995550100")
    assert await refusal(desk.client.create_chat(stranger, [ana], text("x"), key=key())) == (403, 2006)


async def test_a_message_says_all_that_it_can(desk: Desk) -> None:
    chat = await desk.talk()
    first = await desk.client.send_message(chat.id, text("hello"), key=key())
    content = Content(
        (OutgoingText("hi 👍 you", (Decoration(0, 2, "bold"), Decoration(3, 5, None, "shake"))),),
        effect=Effect("screen", "confetti"),
        reply_to=ReplyTo(first.id, 0),
        preferred_service=Service.IMESSAGE,
    )
    sent = await desk.client.send_message(chat.id, content, key=key())
    told = await desk.client.get_message(sent.id)
    assert told.parts == (TextPart("hi 👍 you", (Decoration(0, 2, "bold"), Decoration(3, 5, None, "shake"))),)
    assert (told.effect, told.reply_to) == (Effect("screen", "confetti"), ReplyTo(first.id, 0))
    link = Content((OutgoingLink("https://example.com/menu"),))
    await desk.client.send_message(chat.id, link, key=key())
    page = await desk.client.list_messages(chat.id, limit=2)
    assert len(page.messages) == 2
    older = await desk.client.list_messages(chat.id, limit=2, cursor=page.next_cursor)
    assert len({each.id for each in (*page.messages, *older.messages)}) == 4
    thread = await desk.client.list_thread(first.id, order="desc")
    assert [each.id for each in thread.messages] == [sent.id, first.id]
    assert await refusal(desk.client.list_thread(MessageId(NOWHERE))) == (404, 2002)
    assert await refusal(desk.client.send_message(ChatId(NOWHERE), text("x"), key=key())) == (404, 2001)


async def test_a_message_is_edited_and_deleted(desk: Desk) -> None:
    chat, once = await desk.talk(), key()
    sent = await desk.client.send_message(chat.id, text("helo"), key=once)
    await desk.act(advance_s=SETTLED_S)
    edited = await desk.client.edit_message(sent.id, "hello")
    assert edited is not None
    assert edited.text == "hello"
    assert await refusal(desk.client.edit_message(MessageId(NOWHERE), "x")) == (404, 2002)
    await desk.client.delete_message(sent.id)
    assert await refusal(desk.client.get_message(sent.id)) == (404, 2002)
    assert await refusal(desk.client.delete_message(MessageId(NOWHERE))) == (404, 2002)
    with pytest.raises(NotFoundError):
        await desk.client.send_message(chat.id, text("helo"), key=once)


async def test_reactions_come_and_go(desk: Desk) -> None:
    chat = await desk.talk()
    message = (await desk.client.list_messages(chat.id)).messages[0]
    kinds = ("love", "like", "dislike", "laugh", "emphasize", "question", "custom")
    for kind in kinds:
        emoji = "🎉" if kind == "custom" else None
        await desk.client.add_reaction(message.id, kind, custom_emoji=emoji)
        await desk.act(advance_s=SETTLED_S)
        (reaction,) = (await desk.client.get_message(message.id)).parts[0].reactions
        assert (reaction.kind, reaction.custom_emoji, reaction.is_me) == (kind, emoji, True)
        assert reaction.id
        await desk.client.remove_reaction(message.id, kind, custom_emoji=emoji)
        await desk.act(advance_s=SETTLED_S)
        assert (await desk.client.get_message(message.id)).parts[0].reactions == ()
    assert await refusal(desk.client.add_reaction(MessageId(NOWHERE), "love")) == (404, 2002)


async def uploaded(desk: Desk, name: str, mime_type: str, content: bytes) -> AttachmentId:
    slot = await desk.client.create_attachment(name, mime_type, len(content))
    told = list[int]()
    await desk.client.upload_attachment(slot, io.BytesIO(content), progress=told.append)
    assert told[-1] == len(content)
    await desk.act(advance_s=SETTLED_S)
    return slot.attachment_id


async def test_a_file_goes_up_and_comes_down(desk: Desk) -> None:
    chat = await desk.talk()
    file = await uploaded(desk, "bike.png", "image/png", PICTURE)
    parts: tuple[OutgoingPart, ...] = (OutgoingText("look"), OutgoingMedia(file))
    sent = await desk.client.send_message(chat.id, Content(parts), key=key())
    await desk.act(advance_s=2 * 3_600)
    part = (await desk.client.get_message(sent.id)).parts[1]
    assert isinstance(part, MediaPart)
    assert (part.attachment_id, part.filename, part.size_bytes) == (file, "bike.png", len(PICTURE))
    known = await desk.client.get_attachment(file)
    assert (known.filename, known.mime_type, known.size_bytes) == ("bike.png", "image/png", len(PICTURE))
    pieces: list[bytes] = []

    async def take(piece: bytes) -> None:
        pieces.append(piece)

    assert known.download_url is not None
    assert await desk.client.download(known.download_url, take) == len(PICTURE)
    assert b"".join(pieces) == PICTURE
    await desk.client.delete_attachment(file)
    assert await refusal(desk.client.get_attachment(file)) == (404, 2003)


async def test_a_slot_expires_and_a_file_takes_its_time(desk: Desk) -> None:
    chat = await desk.talk()
    late = await desk.client.create_attachment("a.png", "image/png", 3)
    await desk.act(advance_s=16 * 60)
    with pytest.raises(NotFoundError):
        await desk.client.upload_attachment(late, io.BytesIO(b"abc"))
    fresh = await desk.client.create_attachment("a.png", "image/png", len(PICTURE))
    await desk.client.upload_attachment(fresh, io.BytesIO(PICTURE))
    media = Content((OutgoingMedia(fresh.attachment_id),))
    assert await refusal(desk.client.send_message(chat.id, media, key=key())) == (404, 2007)


async def test_voice_memos_are_sent_from_an_upload_and_from_an_address(desk: Desk) -> None:
    chat = await desk.talk()
    file = await uploaded(desk, "memo.mp3", "audio/mpeg", b"ID3" + bytes(3_000))
    memo = await desk.client.send_voice_memo(chat.id, attachment_id=file)
    assert (memo.chat_id, memo.is_from_me, [type(part) for part in memo.parts]) == (
        chat.id,
        True,
        [MediaPart],
    )
    assert await refusal(desk.client.send_voice_memo(ChatId(NOWHERE), attachment_id=file)) == (404, 2001)


async def test_a_rule_is_broken_before_anything_leaves(desk: Desk) -> None:
    before = len((await desk.control.get("/requests")).json())
    with pytest.raises(RequestRejectedError):
        await desk.client.create_chat(LINE, [], text("hello"), key=key())
    assert len((await desk.control.get("/requests")).json()) == before


async def test_reading_typing_and_our_card_reach_the_customer(desk: Desk) -> None:
    chat = await desk.talk()
    await desk.client.send_message(chat.id, text("here I am"), key=key())
    await desk.client.mark_read(chat.id)
    await desk.client.start_typing(chat.id)
    await desk.client.stop_typing(chat.id)
    assert len(await desk.ledger("read")) == 1
    assert await desk.ledger("typing")
    nowhere = ChatId(NOWHERE)
    for act in (desk.client.mark_read, desk.client.start_typing, desk.client.stop_typing):
        assert await refusal(act(nowhere)) == (404, 2001)


async def test_a_group_gets_a_name_and_an_icon_later(desk: Desk) -> None:
    group = await desk.group()
    await desk.client.update_chat(group, display_name="Bike tour", icon_url="https://example.com/bike.png")
    group = await desk.settled(group)
    assert (group.display_name, group.is_group) == ("Bike tour", True)
    assert group.group_icon_url is not None
    direct = await desk.talk()
    with pytest.raises(RequestRejectedError):
        await desk.client.update_chat(direct, display_name="Tea")
    unruly = replace(direct, is_group=True)
    assert await refusal(desk.client.update_chat(unruly, display_name="Tea")) == (409, 1006)


async def test_people_join_and_leave_a_group_and_so_do_we(desk: Desk) -> None:
    group, late = await desk.group(), desk.stranger()
    await desk.client.add_participant(group, late)
    group = await desk.settled(group)
    assert late in _active(group)
    await desk.client.remove_participant(group, late)
    group = await desk.settled(group)
    assert late not in _active(group)
    await desk.client.leave_chat(group)
    await desk.act(advance_s=SETTLED_S)
    assert await refusal(desk.client.send_message(group.id, text("x"), key=key())) == (409, 2013)
    unruly = replace(group, id=ChatId(NOWHERE))
    assert await refusal(desk.client.leave_chat(unruly)) == (404, 2001)
    assert await refusal(desk.client.add_participant(unruly, late)) == (404, 2001)


def _active(chat: Chat) -> set[Handle]:
    return {member.handle for member in chat.others if member.status is MemberStatus.ACTIVE}


async def test_a_card_is_made_changed_and_shared(desk: Desk) -> None:
    line = (await desk.client.list_phone_numbers())[-1].phone_number
    with pytest.raises(NotFoundError):
        await desk.client.get_contact_card(line)
    chat, _ = await desk.client.create_chat(line, [desk.stranger()], text("hello"), key=key())
    assert await refusal(desk.client.share_contact_card(chat.id)) == (404, 2012)
    made = await desk.client.create_contact_card(line, "Ada", image_url="https://example.com/ada.png")
    assert (made.phone_number, made.first_name, made.is_active) == (line, "Ada", True)
    await desk.client.update_contact_card(line, last_name="Lovelace")
    card = await desk.client.get_contact_card(line)
    assert (card.first_name, card.last_name) == ("Ada", "Lovelace")
    assert await refusal(desk.client.create_contact_card(line, "Eve")) == (409, 2014)
    await desk.client.share_contact_card(chat.id)
    assert len(await desk.ledger("contact_card")) == 1


async def test_addresses_are_checked_one_in_ten_seconds(desk: Desk) -> None:
    assert (await desk.client.check_imessage(desk.stranger(2), line=LINE)).is_available
    with pytest.raises(RateLimitedError):
        await desk.client.check_imessage(desk.stranger(2))
    await desk.act(advance_s=11)
    told = await desk.client.check_imessage(desk.stranger(9))
    assert (told.is_available, told.reason) == (False, "not_supported")
    await desk.act(advance_s=11)
    assert (await desk.client.check_rcs(desk.stranger(3))).is_available
