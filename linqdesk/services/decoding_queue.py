"""Has files decoded off the UI thread, what is looked at first."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from linqdesk.services.clock import Clock
from linqdesk.services.task_scope import TaskScope

Request = TypeVar("Request")
Outcome = TypeVar("Outcome")

_MOST_WAITING = 48
# A child that has nothing to do costs no time, but some memory.
_IDLE_S = 20.0


@dataclass(frozen=True, slots=True)
class _Order(Generic[Request, Outcome]):
    """A file to decode and who waits for it."""

    file: Path
    request: Request
    done: Callable[[Outcome | None], None]


@dataclass(frozen=True, slots=True)
class Decoder(Generic[Request, Outcome]):
    """Something that decodes files; its functions block, so they are called in threads.

    `decode` returns what became of a file, a failure too; `rest` gives back what it holds between files,
    and `close` ends it for good.
    """

    name: str
    decode: Callable[[Path, Request], Outcome]
    rest: Callable[[], None]
    close: Callable[[], None]


class DecodingQueue(Generic[Request, Outcome]):
    """A queue in front of a decoder, the newest order first; the decoder rests when there is none."""

    def __init__(self, decoder: Decoder[Request, Outcome], scope: TaskScope, clock: Clock) -> None:
        """Start with nothing to do."""
        self._decoder = decoder
        self._scope = scope
        self._clock = clock
        self._orders: list[_Order[Request, Outcome]] = []
        self._more = asyncio.Event()
        self._is_busy = False
        self._has_started = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being decoded."""
        return not self._orders and not self._is_busy

    def order(self, file: Path, request: Request, done: Callable[[Outcome | None], None]) -> None:
        """Have a file decoded.

        `done` is called once, later, on this thread: with what became of it, or with None where so many
        others were ordered since that nobody seems to look at this one any more.
        """
        self._orders.append(_Order(file, request, done))
        if len(self._orders) > _MOST_WAITING:
            self._orders.pop(0).done(None)
        self._more.set()
        if not self._has_started:
            self._has_started = True
            self._scope.start_loop(self._work, name=self._decoder.name, clock=self._clock)

    def close(self) -> None:
        """End the decoder for good, even in the middle of a file; blocks for a moment."""
        self._decoder.close()

    async def _work(self) -> None:
        while True:
            self._more.clear()
            while self._orders:
                await self._decode(self._orders.pop())
            await self._clock.wait(self._more, _IDLE_S)
            if not self._orders:
                await asyncio.to_thread(self._decoder.rest)
                await self._more.wait()

    async def _decode(self, order: _Order[Request, Outcome]) -> None:
        self._is_busy = True
        try:
            outcome = await asyncio.to_thread(self._decoder.decode, order.file, order.request)
        finally:
            self._is_busy = False
        order.done(outcome)
