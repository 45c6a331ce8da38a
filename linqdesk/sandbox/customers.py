"""What customers do at the outside's word: write, react, edit, come and go."""

from typing import Any, get_args

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import Said, read_effect, read_parts, read_reply
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.membership import join, part
from linqdesk.sandbox.model import Message, Reaction, Service, TextPart
from linqdesk.sandbox.reactions import settle
from linqdesk.sandbox.samples import lend_sample, sticker_of, with_samples
from linqdesk.sandbox.world import World


class Customers:
    """Lets customers act; what cannot be raises ValueError, KeyError, IndexError or RefusalError."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery

    def write(self, tree: dict[str, Any]) -> Message | None:
        """Let one write into his chat, a new one if there is none; None if he is blocked."""
        if tree.get("service") not in {None, *get_args(Service)}:
            raise ValueError(f"service is one of {', '.join(get_args(Service))}")
        said = Said(
            parts=read_parts(with_samples(self._world.attachments, tree["parts"])),
            effect=read_effect(tree.get("effect")),
            reply_to=read_reply(tree.get("reply_to")),
            preferred_service=tree.get("service"),
        )
        if tree["from"] in self._world.blocked_handles:
            return None
        chat = self._chat_of(tree)
        sender = chat.member_with(tree["from"])
        if sender is None or sender.is_me:
            raise ValueError(f"{tree['from']} is no customer in this chat")
        if chat.has_left:
            raise ValueError("the line has left this chat and hears nothing of it")
        return self._delivery.receive(chat, sender, said)

    def react(self, tree: dict[str, Any], handle: str | None) -> Message:
        """Let one put a reaction on a part of a message, or take it back (`"operation": "remove"`)."""
        chat, message = self._world.message_with(tree["message_id"])
        member = chat.member_with(handle) if handle is not None else chat.others()[0]
        if member is None:
            raise ValueError(f"{handle} is not in this chat")
        attachments = self._world.attachments
        sticker = sticker_of(lend_sample(attachments, tree["sample"])) if "sample" in tree else None
        reaction = Reaction(
            self._world.ids.next_uuid(), member, tree["type"], tree.get("custom_emoji"), sticker
        )
        is_added = tree.get("operation", "add") != "remove"
        settle(message.parts[tree.get("part_index", 0)].reactions, reaction, is_added=is_added)
        self._world.touch(chat, message)
        return message

    def edit(self, tree: dict[str, Any]) -> Message:
        """Let the one who wrote a message change its text."""
        chat, message = self._world.message_with(tree["message_id"])
        part = message.parts[tree.get("part_index", 0)]
        if not isinstance(part, TextPart):
            raise TypeError("only text can be edited")
        part.value, part.decorations = tree["text"], ()
        message.edit_count += 1
        self._world.touch(chat, message)
        return message

    def change_group(self, tree: dict[str, Any]) -> Chat:
        """Let people come into a group and leave it; the account's line can be sent away so too."""
        chat = self._world.chat_with(tree["chat_id"])
        if not chat.is_group:
            raise ValueError("this chat is not a group")
        for handle in tree.get("joined", []):
            join(self._world, chat, handle)
        for handle in tree.get("left", []):
            part(self._world, chat, handle, "left")
        return chat

    def _chat_of(self, tree: dict[str, Any]) -> Chat:
        if tree.get("chat_id") is not None:
            return self._world.chat_with(tree["chat_id"])
        line = self._world.line_with(tree["to"])
        for chat in self._world.chats_by_activity(line.number, tree["from"]):
            if not chat.is_group:
                return chat
        person = self._world.person_with(tree["from"])
        service = tree.get("service") or person.service
        now = self._world.clock.now()
        chat = self._world.add_chat(line.number, [person.handle], service=service, created_at=now)
        chat.display_name = person.name
        return chat
