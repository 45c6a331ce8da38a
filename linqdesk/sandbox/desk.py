"""The story "desk": a small shop on an ordinary day, read from `resources/sandbox/desk.toml`."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import EFFECTS
from linqdesk.sandbox.model import Decoration, Effect, LinkPart, Message, Part, Reaction, TextPart
from linqdesk.sandbox.pasts import GeneratedPast
from linqdesk.sandbox.world import World

_PACE = timedelta(seconds=70)
_PAUSE_BEFORE_PAST = timedelta(hours=5)


def tell_desk(world: World) -> None:
    """Fill a world with the story; its times are relative to the world's beginning."""
    story = tomllib.loads((_resources() / "sandbox" / "desk.toml").read_text("utf-8"))
    for number in story["lines"]:
        world.add_line(number)
    for tree in story["chat"]:
        _ChatTeller(world, tree).tell()


def _resources() -> Traversable:
    packed = files("linqdesk") / "resources"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "resources"


class _ChatTeller:
    """Makes one chat of the story."""

    def __init__(self, world: World, tree: dict[str, Any]) -> None:
        self._world = world
        self._tree = tree
        self._newest_at = world.began_at - timedelta(minutes=tree["ago_min"])

    def tell(self) -> None:
        """Make the chat with everything that was said in it."""
        lines = list(_lines(self._tree["talk"]))
        first_at = self._newest_at - sum((pause for pause, _ in lines[1:]), timedelta())
        chat = self._chat(first_at)
        at, said = first_at, []
        for index, (pause, tree) in enumerate(lines):
            at += pause if index else timedelta()
            said.append(self._say(chat, tree, at))
        self._mark_read(said)
        chat.updated_at = self._newest_at

    def _chat(self, first_at: datetime) -> Chat:
        tree = self._tree
        line = self._world.lines[tree["line"]].number
        past = None
        if "past" in tree:
            past = GeneratedPast(f"desk/{tree['names'][0]}", tree["past"], first_at - _PAUSE_BEFORE_PAST)
        created_at = past.time_of(0) if past is not None else first_at
        chat = self._world.add_chat(
            line, tree["people"], service=tree["service"], created_at=created_at, past=past
        )
        if past is not None:
            past.belong_to(chat)
        for handle, name in zip(tree["people"], tree["names"], strict=True):
            person = self._world.person_with(handle)
            person.name = name
            if not chat.is_group:
                person.service, person.language = tree["service"], tree["language"]
        chat.health = tree.get("health", "HEALTHY")
        if chat.health == "OPTED_OUT":
            self._world.person_with(tree["people"][0]).is_opted_out = True
        chat.display_name = _title(tree, chat)
        return chat

    def _say(self, chat: Chat, tree: dict[str, Any], at: datetime) -> Message:
        sender = chat.me if tree["from"] == 0 else chat.others()[tree["from"] - 1]
        effect = tree.get("effect")
        kind = next((kind for kind, names in EFFECTS.items() if effect in names), None)
        message = Message(
            id=self._world.ids.next_uuid(),
            chat_id=chat.id,
            sender=sender,
            parts=[_part(tree)],
            created_at=at,
            updated_at=at,
            status="received",
            service=chat.service,
            sent_at=at,
            delivered_at=at,
            effect=Effect(kind, tree["effect"]) if kind is not None else None,
        )
        if sender.is_me:
            is_told = not chat.is_group and chat.service != "SMS"
            message.status = "read" if is_told else "sent"
            message.delivered_at = at if is_told else None
            message.read_at = at + _PACE / 2 if is_told else None
        if "reaction" in tree:
            reaction = Reaction(self._world.ids.next_uuid(), chat.others()[0], tree["reaction"])
            message.parts[0].reactions.append(reaction)
        self._world.add_message(chat, message)
        return message

    def _mark_read(self, said: list[Message]) -> None:
        unread = self._tree.get("unread", 0)
        inbound = [message for message in said if not message.sender.is_me]
        for message in inbound[: len(inbound) - unread]:
            message.read_at = message.created_at + _PACE / 2


def _title(tree: dict[str, Any], chat: Chat) -> str | None:
    title = tree.get("title")
    if title == "handles":
        return ", ".join(tree["people"])
    if title == "none" or (title is None and chat.is_group):
        return None
    return str(title or tree["names"][0])


def _lines(talk: list[Any]) -> Iterator[tuple[timedelta, dict[str, Any]]]:
    """Yield each line of a talk with the time that passed before it."""
    pause = _PACE
    for item in talk:
        if isinstance(item, str) and item.startswith("~"):
            pause = timedelta(minutes=int(item[1:]))
            continue
        yield pause, item if isinstance(item, dict) else _spoken(item)
        pause = _PACE


def _spoken(item: str) -> dict[str, Any]:
    sign, _, text = item.partition(" ")
    return {"from": 0 if sign == ">" else int(sign.rstrip("<") or 1), "text": text}


def _part(tree: dict[str, Any]) -> Part:
    if "link" in tree:
        return LinkPart(tree["link"])
    text = tree["text"]
    marks = [_mark(text, style, words) for style, words in tree.get("decorate", [])]
    return TextPart(text, tuple(marks))


def _mark(text: str, style: str, words: str) -> Decoration:
    start = _units(text[: text.index(words)])
    return Decoration(start, start + _units(words), style=style)


def _units(text: str) -> int:
    """Return a text's length in UTF-16 code units, in which the API counts."""
    return len(text.encode("utf-16-le")) // 2
