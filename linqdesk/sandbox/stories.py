"""Ready-made worlds: what the lines, people and chats are when the sandbox starts."""

import random
from datetime import datetime, timedelta

from linqdesk.sandbox.model import Service
from linqdesk.sandbox.pasts import GeneratedPast
from linqdesk.sandbox.teller import tell
from linqdesk.sandbox.world import World

WRITTEN = frozenset({"desk", "gallery"})
GIANT_MESSAGES = 100_000
_PLAIN_MESSAGES = 20
_GROUP_SHARE = 0.15
_SERVICES: tuple[Service, ...] = ("iMessage", "iMessage", "RCS", "SMS")
_FIRST = ("Ana", "Tom", "Priya", "Marcus", "Chloé", "Yuki", "Grace", "Liam", "Zoë", "Kwame", "Esra", "Noa")
_LAST = ("Ruiz", "Becker", "Nair", "Webb", "Martin", "Tanaka", "Okafor", "Murphy", "Visser", "Mensah", "Kaya")


def populate(world: World, story: str, chats: int | None, messages: int | None, seed: int) -> None:
    """Fill a new world.

    Args:
        world: without anything in it.
        story: desk, gallery, giant or empty; not asked where `chats` is given.
        chats: how many chats to make up instead of a story.
        messages: how many messages in each of them, or in the giant one.
        seed: the same one makes the same world.

    Raises:
        ValueError: there is no such story.
    """
    if chats is not None:
        _make_up(world, chats, _PLAIN_MESSAGES if messages is None else messages, seed)
    elif story in WRITTEN:
        tell(world, story)
    elif story == "giant":
        _make_up(world, 1, GIANT_MESSAGES if messages is None else messages, seed)
    elif story == "empty":
        world.add_line("+14155550110")
    else:
        raise ValueError(f"there is no story {story!r}; there are desk, gallery, giant and empty")


def _make_up(world: World, chats: int, messages: int, seed: int) -> None:
    lines = [world.add_line(f"+1415555011{digit}").number for digit in range(3)]
    maker = _ChatMaker(world, random.Random(seed), messages)
    newest_at = world.began_at
    for number in range(chats):
        newest_at -= timedelta(seconds=60 + maker.chance.randint(0, 540))
        maker.make(lines[number % len(lines)], f"{seed}/{number}", newest_at)


class _ChatMaker:
    """Makes up chats, each with a past of the same length."""

    def __init__(self, world: World, chance: random.Random, messages: int) -> None:
        self.chance = chance
        self._world = world
        self._messages = messages

    def make(self, line: str, name: str, newest_at: datetime) -> None:
        """Add a chat whose newest message was said at `newest_at`."""
        is_group = self.chance.random() < _GROUP_SHARE
        people = [self._person() for _ in range(self.chance.randint(2, 6) if is_group else 1)]
        unread_count = min(self.chance.choice((0, 0, 0, 1, 3)), self._messages)
        past = GeneratedPast(f"past/{name}", self._messages, newest_at, unread_count)
        chat = self._world.add_chat(
            line,
            list(dict.fromkeys(people)),
            service=self.chance.choice(_SERVICES),
            created_at=past.time_of(0) if self._messages else newest_at,
            past=past,
        )
        past.belong_to(chat)
        chat.updated_at = newest_at
        if not chat.is_group:
            chat.display_name = self._world.person_with(people[0]).name

    def _person(self) -> str:
        handle = f"+1{self.chance.randint(201, 989)}555{self.chance.randint(0, 9999):04d}"
        name = f"{self.chance.choice(_FIRST)} {self.chance.choice(_LAST)}"
        self._world.person_with(handle).name = name
        return handle
