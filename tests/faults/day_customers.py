"""The customers of a day: they write, send pictures, react and change their words, all day long."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from linqdesk.domain.ids import ChatId
from tests.faults.inside import DeskClock, Wire

_PICTURES = ("star.png", "bicycle.webp", "wheels.gif", "tiny.png")
EVERY_MESSAGE = "velocipede"
"""A word that each customer says each time."""
_WORDS = ("the", "bicycle", "is", "ready", "from", "noon", "on", "and", "chain", "changed", "thank", "you")
# Whoever is answered writes back: so often it is in the chat that is open.
_ANSWERS = 0.15
# Decoding is real work even where time is not: pictures come into some chats only.
_PICTURE_CHATS = 15


@dataclass(frozen=True, slots=True)
class Place:
    """A chat as those outside know it."""

    chat_id: ChatId
    line: str
    customer: str


@dataclass(slots=True)
class Arrivals:
    """What was written and is not on screen yet, and how long all else took, in seconds."""

    due: dict[str, tuple[float, bool]] = field(default_factory=dict)
    open_s: list[float] = field(default_factory=list)
    other_s: list[float] = field(default_factory=list)
    is_counted: bool = False

    def wrote(self, message_id: str, now_s: float, *, is_open: bool) -> None:
        self.due[message_id] = (now_s, is_open)

    def shown(self, message_id: str, now_s: float) -> None:
        known = self.due.pop(message_id, None)
        if known is not None and self.is_counted:
            (self.open_s if known[1] else self.other_s).append(now_s - known[0])


class Customers:
    """Writes so many messages a minute; half of them go on where something was said lately."""

    def __init__(
        self,
        wire: Wire,
        clock: DeskClock,
        arrivals: Arrivals,
        chance: Random,
        open_chat: Callable[[], ChatId | None],
    ) -> None:
        self.per_minute = 0.0
        self.wrote = 0
        self._wire = wire
        self._clock = clock
        self._arrivals = arrivals
        self._chance = chance
        self._open_chat = open_chat
        self._lately: list[Place] = []
        self._said: list[tuple[str, Place, bool]] = []
        self.places: list[Place] = []
        self._by_id: dict[ChatId, Place] = {}

    async def meet(self) -> None:
        """Learn who there is."""
        for each in (await self._wire.control("GET", "/state"))["chats"]:
            line = next(who["handle"] for who in each["handles"] if who["is_me"])
            customer = next(who["handle"] for who in each["handles"] if not who["is_me"])
            self.places.append(Place(ChatId(each["id"]), line, customer))
        self._by_id = {place.chat_id: place for place in self.places}

    async def live(self) -> None:
        """Act for ever."""
        while True:
            await self._clock.wait(asyncio.Event(), 60.0 / max(self.per_minute, 0.5))
            if self.per_minute > 0:
                await self._act()

    async def _act(self) -> None:
        die = self._chance.random()
        if die < 0.1 and self._said:
            message_id, place, is_text = self._chance.choice(self._said)
            if is_text and die < 0.03:
                await self._tell({"edit": {"message_id": message_id, "text": self._words()}})
            else:
                kind = self._chance.choice(("love", "like", "laugh"))
                told = {"message_id": message_id, "type": kind}
                await self._tell({"reaction": told, "from": place.customer})
            return
        await self._write(die)

    async def _write(self, die: float) -> None:
        place = self._place(die)
        is_picture = die > 0.9 and place in self.places[:_PICTURE_CHATS]
        part = {"type": "text", "value": self._words()}
        if is_picture:
            part = {"type": "media", "sample": self._chance.choice(_PICTURES)}
        body = {"chat_id": place.chat_id, "from": place.customer, "to": place.line, "parts": [part]}
        told = await self._tell(body)
        self.wrote += 1
        is_open = place.chat_id == self._open_chat()
        self._arrivals.wrote(told["id"], self._clock.monotonic(), is_open=is_open)
        self._lately = [*self._lately[-9:], place]
        self._said = [*self._said[-49:], (told["id"], place, not is_picture)]

    def _place(self, die: float) -> Place:
        opened = self._open_chat()
        if opened is not None and self._chance.random() < _ANSWERS:
            return self._by_id[opened]
        return self._chance.choice(self._lately if die < 0.55 and self._lately else self.places)

    async def _tell(self, body: dict[str, Any]) -> Any:
        return await self._wire.control("POST", "/inbound", body)

    def _words(self) -> str:
        return " ".join([EVERY_MESSAGE, *self._chance.choices(_WORDS, k=self._chance.randint(1, 25))])
