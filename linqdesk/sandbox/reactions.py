"""Tapbacks, emoji and stickers that we put on messages: accepted at once, seen a moment later."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.ledger import Receipt
from linqdesk.sandbox.model import Message, Reaction, Sticker
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.samples import sticker_of
from linqdesk.sandbox.world import World

TAPBACKS = frozenset({"love", "like", "dislike", "laugh", "emphasize", "question"})
SEEN_AFTER_S = 0.4
KEPT_REACTIONS = 200
"""On one part; stickers pile up, and memory must not."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request wants to do to one part of a message."""

    is_added: bool
    type: str
    part_index: int
    custom_emoji: str | None = None
    sticker_id: str | None = None


def read_wish(tree: dict[str, Any]) -> Wish:
    """Return what a request wants (linq-api.md 2.2).

    Raises:
        RefusalError: 400/1001 or 1005.
    """
    operation, kind, index = tree.get("operation"), tree.get("type"), tree.get("part_index", 0)
    if operation is None or kind is None:
        raise RefusalError(1001, "operation and type are required")
    if operation not in {"add", "remove"} or kind not in TAPBACKS | {"custom", "sticker"}:
        raise RefusalError(1005, "no such operation or type of reaction")
    if type(index) is not int or index < 0:
        raise RefusalError(1005, "part_index counts from 0")
    if kind == "custom" and not (isinstance(tree.get("custom_emoji"), str) and tree["custom_emoji"]):
        raise RefusalError(1001, "custom_emoji is required")
    sources = [name for name in ("emoji", "url", "attachment_id") if tree.get(name) is not None]
    if kind == "sticker" and (len(sources) != 1 or operation == "remove"):
        raise RefusalError(1005, "a sticker is one of emoji, url and attachment_id, and stays where it is")
    emoji = tree.get("custom_emoji") if kind == "custom" else tree.get("emoji")
    sticker_id = _sticker_id(tree) if kind == "sticker" else None
    return Wish(operation == "add", kind, index, emoji, sticker_id)


def _sticker_id(tree: dict[str, Any]) -> str | None:
    """Return the attachment of a sticker; in a download address its id stands before the file name."""
    if tree.get("url") is not None:
        return PurePosixPath(str(tree["url"]).partition("?")[0]).parent.name
    attachment_id = tree.get("attachment_id")
    return None if attachment_id is None else str(attachment_id)


class Reactions:
    """Puts our reactions into the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def accept(self, message_id: str, wish: Wish) -> None:
        """Plan a reaction; of each person a part has at most one tapback, the newest.

        Raises:
            RefusalError: 400/1005 no such part, 404/2002 no such message, 404/2003 or 2007 the sticker's
                file, 409/2013 the chat was left, 409/2017 SMS carries no reactions.
        """
        chat, message = self._world.message_with(message_id)
        if chat.has_left:
            raise RefusalError(2013)
        if message.service == "SMS":
            raise RefusalError(2017)
        if wish.part_index >= len(message.parts):
            raise RefusalError(1005, "the message has no such part")
        reaction = Reaction(
            self._world.ids.next_uuid(), chat.me, wish.type, wish.custom_emoji, self._sticker(wish)
        )
        self._world.agenda.after(SEEN_AFTER_S, lambda: self._apply(chat, message, wish, reaction))

    def _sticker(self, wish: Wish) -> Sticker | None:
        if wish.sticker_id is None:
            return None
        return sticker_of(self._world.attachments.ready_one(wish.sticker_id))

    def _apply(self, chat: Chat, message: Message, wish: Wish, reaction: Reaction) -> None:
        settle(message.parts[wish.part_index].reactions, reaction, is_added=wish.is_added)
        self._world.touch(chat, message)
        self._world.ledger.record(
            Receipt(
                id=reaction.id,
                chat_id=chat.id,
                to=tuple(each.handle for each in chat.others()),
                kind="reaction",
                at=self._world.clock.now(),
                parts=(_as_json(message, wish),),
                service=message.service,
            )
        )


def settle(reactions: list[Reaction], new: Reaction, *, is_added: bool) -> None:
    """Add a reaction, or remove the one that says the same.

    A tapback takes the place of whatever tapback its owner had there; stickers stay.
    """
    if new.type != "sticker":
        sign = new.type, new.custom_emoji
        reactions[:] = [
            each
            for each in reactions
            if each.type == "sticker"
            or each.member.handle != new.member.handle
            or not (is_added or (each.type, each.custom_emoji) == sign)
        ]
    if is_added:
        reactions.append(new)
        del reactions[:-KEPT_REACTIONS]


def _as_json(message: Message, wish: Wish) -> dict[str, Any]:
    return {
        "message_id": message.id,
        "part_index": wish.part_index,
        "operation": "add" if wish.is_added else "remove",
        "type": wish.type,
        "custom_emoji": wish.custom_emoji,
    }
