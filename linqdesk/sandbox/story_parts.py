"""Reads what a story's message carries: words with their marks, files, links, cards, reactions."""

from collections.abc import Sequence
from typing import Any

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import ANIMATIONS
from linqdesk.sandbox.media_types import type_of
from linqdesk.sandbox.model import (
    CardPart,
    Decoration,
    LinkPart,
    MediaPart,
    Member,
    Part,
    Reaction,
    TextPart,
)
from linqdesk.sandbox.samples import sticker_of, tell_sample
from linqdesk.sandbox.world import World


class StoryParts:
    """Makes the parts of messages, and the attachments behind them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def read(self, tree: dict[str, Any]) -> list[Part]:
        """Return the parts of a message: those listed, or the one that it says itself."""
        return [self._part(each) for each in tree.get("parts", [tree])]

    def react(self, chat: Chat, parts: Sequence[Part], tree: dict[str, Any]) -> None:
        """Put the reactions of a message on its parts."""
        short = [{"type": tree["reaction"], "by": 1}] if "reaction" in tree else []
        for each in [*short, *tree.get("reactions", [])]:
            member = member_of(chat, each["by"])
            parts[each.get("part", 0)].reactions.append(self._reaction(member, each))

    def _part(self, tree: dict[str, Any]) -> Part:
        if "link" in tree:
            return LinkPart(tree["link"])
        if "media" in tree:
            return self._media(tree)
        if "card" in tree:
            return CardPart(tree["card"], dict(tree.get("fields", {})))
        text = tree["text"]
        marks = [_mark(text, word, words) for word, words in tree.get("decorate", [])]
        marks += [_raw_mark(*each) for each in tree.get("marks", [])]
        return TextPart(text, tuple(marks))

    def _media(self, tree: dict[str, Any]) -> MediaPart:
        """Return a file; "lost" ones are of no attachment, those with a fate cannot be fetched."""
        name, fate = tree["media"], tree.get("fate", "kept")
        size = tree.get("size_bytes")
        if fate == "lost":
            return MediaPart(self._world.ids.next_uuid(), name, type_of(name) or "", size or 0)
        attachments = self._world.attachments
        if fate == "kept":
            return tell_sample(attachments, name, size).as_part()
        attachment = attachments.tell(None, name, type_of(name) or "", size or 0)
        attachment.fate = fate
        return attachment.as_part()

    def _reaction(self, member: Member, tree: dict[str, Any]) -> Reaction:
        attachments = self._world.attachments
        sticker = sticker_of(tell_sample(attachments, tree["sticker"])) if "sticker" in tree else None
        return Reaction(self._world.ids.next_uuid(), member, tree["type"], tree.get("emoji"), sticker)


def member_of(chat: Chat, number: int) -> Member:
    """Return who is meant by a number of the story: 0 for the desk, else the customer in that place."""
    return chat.me if number == 0 else [member for member in chat.members if not member.is_me][number - 1]


def _mark(text: str, word: str, words: str) -> Decoration:
    start = _units(text[: text.index(words)])
    return _raw_mark(start, start + _units(words), word)


def _raw_mark(start: int, end: int, word: str) -> Decoration:
    if word in ANIMATIONS:
        return Decoration(start, end, animation=word)
    return Decoration(start, end, style=word)


def _units(text: str) -> int:
    """Return a text's length in UTF-16 code units, in which the API counts."""
    return len(text.encode("utf-16-le")) // 2
