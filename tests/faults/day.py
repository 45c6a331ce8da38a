"""One day of a window, its agent and its customers, hour by hour, in a time of its own."""

import asyncio
import gc
import sys
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from random import Random
from statistics import quantiles

from PySide6.QtWidgets import QApplication

from linqdesk.sandbox.bounds import Bounds
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.services.pace import Pace
from tests.faults.day_customers import Arrivals, Customers
from tests.faults.day_desk import Agent, Seat
from tests.faults.day_time import DayClock, DayLoop
from tests.faults.desk import Inline
from tests.faults.gauges import Gauges, read_gauges
from tests.faults.inside import Wire

_LATENCY_S = 0.15
# In it all that was written arrives, and what decodes pictures goes to rest.
_REST_S = 90.0
# What the load is that reliability.md asks for: so many messages a minute.
_LOAD = 60
_OUTAGE_S, _SLEEP_S = 600.0, 1_800.0
# The world beside the program must not grow either.
_BOUNDS = Bounds(requests=500, messages=3_000, receipts=3_000, idempotency_keys=3_000)


class Trouble(Enum):
    """What befalls the agent in the middle of an hour."""

    NONE = auto()
    SIGNED_OUT = auto()
    OFFLINE = auto()
    ASLEEP = auto()
    SPOILT = auto()


@dataclass(frozen=True, slots=True)
class Hour:
    """How many messages come, how the window stands, how often the agent acts, and what befalls him."""

    per_minute: float
    pace: Pace = Pace.FOCUSED
    acts_every_s: float = 20.0
    happens: Trouble = Trouble.NONE

    @property
    def is_load(self) -> bool:
        """Whether it counts for how fresh the window is: nothing happens but work."""
        return self.pace is Pace.FOCUSED and self.per_minute >= _LOAD and self.happens is Trouble.NONE


@dataclass(slots=True)
class Measures:
    """What a day came to; times in seconds.

    `late` is the most that was not on screen at the end of an hour, `missing` what was not at the day's.
    """

    readings: list[Gauges] = field(default_factory=list)
    took_s: float = 0.0
    written: int = 0
    sent: int = 0
    late: int = 0
    missing: int = 0
    limited: int = 0
    left_behind: int = 0
    requests_per_s: float = 0.0
    open_p95_s: float = 0.0
    other_p95_s: float = 0.0


class Day:
    """A desk at which hours can pass."""

    def __init__(self, application: QApplication, folder: Path, seed: int, chats: int) -> None:
        self.failures: list[Exception] = []
        self._loop = DayLoop()
        self._inline = Inline(1)
        self._loop.set_default_executor(self._inline)
        self._clock = DayClock(self._loop)
        self._wire = Wire(SandboxOptions(chats=chats, messages=20, seed=3, bounds=_BOUNDS), self._clock)
        self._wire.latency_s = _LATENCY_S
        self._arrivals = Arrivals()
        chance = Random(seed)
        self._application = application
        self._folder = folder
        self._agent = Agent(application, chance)
        self._customers = Customers(
            self._wire, self._clock, self._arrivals, chance, lambda: self._agent.open_chat
        )
        self._agent.hear = lambda key: self._arrivals.shown(str(key), self._clock.monotonic())
        self._seats: list[weakref.ref[Seat]] = []
        self._told = Measures()
        self._loaded_s = self._loaded = 0.0

    def close(self) -> None:
        self._loop.close()
        self._inline.shutdown()
        self._wire.close()

    def live(self, hours: Sequence[Hour]) -> Measures:
        """Let the hours pass."""
        began_s = time.process_time()
        self._loop.run_until_complete(self._live(hours))
        self._told.took_s = time.process_time() - began_s
        return self._told

    async def _live(self, hours: Sequence[Hour]) -> None:
        await self._customers.meet()
        await self._sit_down()
        writing = self._loop.create_task(self._customers.live())
        for number, hour in enumerate(hours):
            await self._pass(number, hour)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        self._told.missing = len(self._arrivals.due)
        await self._stand_up()
        self._sum_up()

    async def _pass(self, number: int, hour: Hour) -> None:
        began_s, asked = self._clock.monotonic(), self._wire.asked
        self._agent.pace = hour.pace
        self._seat.session.set_pace(hour.pace)
        self._customers.per_minute = hour.per_minute
        self._arrivals.is_counted = hour.is_load
        ends_s = began_s + 3_600.0 - _REST_S
        half_s = began_s + 1_800.0
        await self._work_until(half_s, hour)
        await self._happen(hour.happens)
        await self._work_until(ends_s, hour)
        if hour.is_load:
            self._loaded_s += self._clock.monotonic() - began_s
            self._loaded += self._wire.asked - asked
        self._customers.per_minute = 0
        await asyncio.sleep(began_s + 3_600.0 - self._clock.monotonic())
        self._note(number + 1)

    def _note(self, at_h: int) -> None:
        self._agent.look()
        reading = read_gauges(self._application, at_h)
        self._told.readings.append(reading)
        late = len(self._arrivals.due)
        self._told.late = max(late, self._told.late)
        sys.stderr.write(f"{time.process_time():.0f} s: hour {at_h}, {late} late: {reading}\n")

    async def _work_until(self, ends_s: float, hour: Hour) -> None:
        while self._clock.monotonic() < ends_s:
            await asyncio.sleep(min(hour.acts_every_s, ends_s - self._clock.monotonic()))
            self._agent.act()

    async def _happen(self, what: Trouble) -> None:
        match what:
            case Trouble.NONE:
                return
            case Trouble.SIGNED_OUT:
                await self._stand_up()
                self._arrivals.due.clear()
                await self._sit_down()
            case Trouble.OFFLINE:
                self._wire.is_offline = True
                await asyncio.sleep(_OUTAGE_S)
                self._wire.is_offline = False
            case Trouble.ASLEEP:
                self._clock.sleep(_SLEEP_S)
            case Trouble.SPOILT:
                self._wire.writes.extend(["before", "after", "500", "429"] * 5)
                await self._spoil_reads()

    async def _spoil_reads(self) -> None:
        """Spoil all reads for a while: so many one by one would take an hour, with the waits between them."""
        self._wire.reads.extend(["before", "502", "portal"] * 20)
        await asyncio.sleep(_OUTAGE_S)
        self._wire.reads.clear()

    async def _sit_down(self) -> None:
        self._seat = Seat(self._folder, self._wire, self._clock, self.failures.append)
        self._seats.append(weakref.ref(self._seat))
        self._agent.sit_down(self._seat)
        await self._seat.sign_in()

    async def _stand_up(self) -> None:
        await self._seat.sign_out()
        del self._seat
        self._agent.stand_up()

    def _sum_up(self) -> None:
        gc.collect()
        told, arrivals = self._told, self._arrivals
        told.left_behind = sum(seat() is not None for seat in self._seats)
        told.limited = self._wire.limited
        told.written, told.sent = self._customers.wrote, self._agent.sent
        if self._loaded_s:
            told.requests_per_s = self._loaded / self._loaded_s
            told.open_p95_s, told.other_p95_s = _p95(arrivals.open_s), _p95(arrivals.other_s)


def _p95(times_s: list[float]) -> float:
    return quantiles(times_s, n=20)[-1] if len(times_s) > 1 else 0.0
