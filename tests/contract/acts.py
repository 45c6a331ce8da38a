"""Every operation as an act of both clients: our coroutine and the vendor's method for the same thing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from linq.types import MessageContentParam

from linqdesk.api.client import LinqClient
from linqdesk.domain.chat import Chat
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.service import Service
from tests.contract.sdk import Linq

KEY = LocalId("2f1c7a52-9d0e-4b7e-8f57-0f4a3f0f7d11")
MEMO_URL = "https://example.com/hello.m4a"
PICTURE_URL = "https://example.com/bike.png"
CONTENT = Content(
    parts=(
        OutgoingText(
            "\N{BICYCLE} red now",
            (Decoration(3, 6, style="bold"), Decoration(7, 10, animation="shake")),
        ),
        OutgoingMedia(url="https://example.com/bike.jpg"),
    ),
    effect=Effect("screen", "confetti"),
    preferred_service=Service.IMESSAGE,
)
SAID: MessageContentParam = {
    "parts": [
        {
            "type": "text",
            "value": "\N{BICYCLE} red now",
            "text_decorations": [
                {"range": [3, 6], "style": "bold"},
                {"range": [7, 10], "animation": "shake"},
            ],
        },
        {"type": "media", "url": "https://example.com/bike.jpg"},
    ],
    "effect": {"type": "screen", "name": "confetti"},
    "preferred_service": "iMessage",
    "idempotency_key": KEY,
}


@dataclass(frozen=True)
class Scene:
    """What there is to act on."""

    line: Handle
    customer: Handle
    stranger: Handle
    chat_id: ChatId
    group: Chat
    member: Handle
    received_id: MessageId
    sent_id: MessageId
    attachment_id: AttachmentId

    @property
    def reply(self) -> Content:
        """A reply that carries a file."""
        return Content((OutgoingMedia(self.attachment_id),), reply_to=ReplyTo(self.received_id, 0))

    @property
    def reply_said(self) -> MessageContentParam:
        """The same reply in the vendor's words."""
        return {
            "parts": [{"type": "media", "attachment_id": self.attachment_id}],
            "reply_to": {"message_id": self.received_id, "part_index": 0},
            "idempotency_key": KEY,
        }


@dataclass(frozen=True)
class Act:
    """One thing to do, named after our coroutine."""

    name: str
    ours: Callable[[LinqClient, Scene], Awaitable[object]]
    theirs: Callable[[Linq, Scene], object]


FIRST = Content((OutgoingText("Good morning"),))
FIRST_SAID: MessageContentParam = {
    "parts": [{"type": "text", "value": "Good morning"}],
    "idempotency_key": KEY,
}
LINK = Content((OutgoingLink("https://example.com/bikes"),))
LINK_SAID: MessageContentParam = {
    "parts": [{"type": "link", "value": "https://example.com/bikes"}],
    "idempotency_key": KEY,
}

LINES = (
    Act(
        "list_phone_numbers",
        lambda client, _: client.list_phone_numbers(),
        lambda linq, _: linq.phone_numbers.list(),
    ),
    Act(
        "list_blocked_handles",
        lambda client, _: client.list_blocked_handles(),
        lambda linq, _: linq.blocked_handles.list(),
    ),
    Act(
        "check_imessage",
        lambda client, scene: client.check_imessage(scene.customer, line=scene.line),
        lambda linq, scene: linq.capability.check_i_message(address=scene.customer, from_=scene.line),
    ),
    Act(
        "check_rcs",
        lambda client, scene: client.check_rcs(scene.customer),
        lambda linq, scene: linq.capability.check_RCS(address=scene.customer),
    ),
    Act(
        "get_contact_card",
        lambda client, scene: client.get_contact_card(scene.line),
        lambda linq, scene: linq.contact_card.retrieve(phone_number=scene.line),
    ),
    Act(
        "create_contact_card",
        lambda client, scene: client.create_contact_card(
            scene.line, "Bike", last_name="Shop", image_url=PICTURE_URL
        ),
        lambda linq, scene: linq.contact_card.create(
            phone_number=scene.line, first_name="Bike", last_name="Shop", image_url=PICTURE_URL
        ),
    ),
    Act(
        "update_contact_card",
        lambda client, scene: client.update_contact_card(scene.line, last_name="Works"),
        lambda linq, scene: linq.contact_card.update(phone_number=scene.line, last_name="Works"),
    ),
)

CHATS = (
    Act(
        "create_chat",
        lambda client, scene: client.create_chat(scene.line, [scene.stranger], FIRST, key=KEY),
        lambda linq, scene: linq.chats.create(from_=scene.line, to=[scene.stranger], message=FIRST_SAID),
    ),
    Act(
        "list_chats",
        lambda client, _: client.list_chats(limit=7),
        lambda linq, _: linq.chats.list_chats(limit=7),
    ),
    Act(
        "list_chats",
        lambda client, scene: client.list_chats(
            cursor="0", limit=7, line=scene.line, participant=scene.customer
        ),
        lambda linq, scene: linq.chats.list_chats(cursor="0", limit=7, from_=scene.line, to=scene.customer),
    ),
    Act(
        "get_chat",
        lambda client, scene: client.get_chat(scene.chat_id),
        lambda linq, scene: linq.chats.retrieve(scene.chat_id),
    ),
    Act(
        "mark_read",
        lambda client, scene: client.mark_read(scene.chat_id),
        lambda linq, scene: linq.chats.mark_as_read(scene.chat_id),
    ),
    Act(
        "share_contact_card",
        lambda client, scene: client.share_contact_card(scene.chat_id),
        lambda linq, scene: linq.chats.share_contact_card(scene.chat_id),
    ),
    Act(
        "start_typing",
        lambda client, scene: client.start_typing(scene.chat_id),
        lambda linq, scene: linq.chats.typing.start(scene.chat_id),
    ),
    Act(
        "stop_typing",
        lambda client, scene: client.stop_typing(scene.chat_id),
        lambda linq, scene: linq.chats.typing.stop(scene.chat_id),
    ),
    Act(
        "send_voice_memo",
        lambda client, scene: client.send_voice_memo(scene.chat_id, url=MEMO_URL),
        lambda linq, scene: linq.chats.send_voicememo(scene.chat_id, voice_memo_url=MEMO_URL),
    ),
    Act(
        "send_voice_memo",
        lambda client, scene: client.send_voice_memo(scene.chat_id, attachment_id=scene.attachment_id),
        lambda linq, scene: linq.chats.send_voicememo(scene.chat_id, attachment_id=scene.attachment_id),
    ),
)

GROUPS = (
    Act(
        "update_chat",
        lambda client, scene: client.update_chat(scene.group, display_name="Ride", icon_url=PICTURE_URL),
        lambda linq, scene: linq.chats.update(
            scene.group.id, display_name="Ride", group_chat_icon=PICTURE_URL
        ),
    ),
    Act(
        "add_participant",
        lambda client, scene: client.add_participant(scene.group, scene.stranger),
        lambda linq, scene: linq.chats.participants.add(scene.group.id, handle=scene.stranger),
    ),
    Act(
        "remove_participant",
        lambda client, scene: client.remove_participant(scene.group, scene.member),
        lambda linq, scene: linq.chats.participants.remove(scene.group.id, handle=scene.member),
    ),
    Act(
        "leave_chat",
        lambda client, scene: client.leave_chat(scene.group),
        lambda linq, scene: linq.chats.leave_chat(scene.group.id),
    ),
)

MESSAGES = (
    Act(
        "send_message",
        lambda client, scene: client.send_message(scene.chat_id, CONTENT, key=KEY),
        lambda linq, scene: linq.chats.messages.send(scene.chat_id, message=SAID),
    ),
    Act(
        "send_message",
        lambda client, scene: client.send_message(scene.chat_id, scene.reply, key=KEY),
        lambda linq, scene: linq.chats.messages.send(scene.chat_id, message=scene.reply_said),
    ),
    Act(
        "send_message",
        lambda client, scene: client.send_message(scene.chat_id, LINK, key=KEY),
        lambda linq, scene: linq.chats.messages.send(scene.chat_id, message=LINK_SAID),
    ),
    Act(
        "list_messages",
        lambda client, scene: client.list_messages(scene.chat_id, cursor="a+b/c=", limit=7),
        lambda linq, scene: linq.chats.messages.list(scene.chat_id, cursor="a+b/c=", limit=7),
    ),
    Act(
        "get_message",
        lambda client, scene: client.get_message(scene.received_id),
        lambda linq, scene: linq.messages.retrieve(scene.received_id),
    ),
    Act(
        "edit_message",
        lambda client, scene: client.edit_message(scene.sent_id, "Better", part_index=0),
        lambda linq, scene: linq.messages.update(scene.sent_id, text="Better", part_index=0),
    ),
    Act(
        "delete_message",
        lambda client, scene: client.delete_message(scene.sent_id),
        lambda linq, scene: linq.messages.delete(scene.sent_id),
    ),
    Act(
        "add_reaction",
        lambda client, scene: client.add_reaction(scene.received_id, "love"),
        lambda linq, scene: linq.messages.add_reaction(
            scene.received_id, operation="add", type="love", part_index=0
        ),
    ),
    Act(
        "add_reaction",
        lambda client, scene: client.add_reaction(scene.received_id, "custom", custom_emoji="\N{BICYCLE}"),
        lambda linq, scene: linq.messages.add_reaction(
            scene.received_id, operation="add", type="custom", custom_emoji="\N{BICYCLE}", part_index=0
        ),
    ),
    Act(
        "remove_reaction",
        lambda client, scene: client.remove_reaction(scene.received_id, "love"),
        lambda linq, scene: linq.messages.add_reaction(
            scene.received_id, operation="remove", type="love", part_index=0
        ),
    ),
    Act(
        "list_thread",
        lambda client, scene: client.list_thread(scene.received_id, cursor="a+b/c=", limit=7, order="desc"),
        lambda linq, scene: linq.messages.list_messages_thread(
            scene.received_id, cursor="a+b/c=", limit=7, order="desc"
        ),
    ),
)

ATTACHMENTS = (
    Act(
        "create_attachment",
        lambda client, _: client.create_attachment("Ana's bike \N{BICYCLE}.png", "image/png", 5_000),
        lambda linq, _: linq.attachments.create(
            filename="Ana's bike \N{BICYCLE}.png", content_type="image/png", size_bytes=5_000
        ),
    ),
    Act(
        "get_attachment",
        lambda client, scene: client.get_attachment(scene.attachment_id),
        lambda linq, scene: linq.attachments.retrieve(scene.attachment_id),
    ),
    Act(
        "delete_attachment",
        lambda client, scene: client.delete_attachment(scene.attachment_id),
        lambda linq, scene: linq.attachments.delete(scene.attachment_id),
    ),
)

ACTS = (*LINES, *CHATS, *GROUPS, *MESSAGES, *ATTACHMENTS)
"""One act or more for every coroutine of ours to which the vendor has a method."""
