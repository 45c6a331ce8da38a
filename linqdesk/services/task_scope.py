"""Owns tasks: the only module that starts them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from linqdesk.services.backoff import after_failures

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from linqdesk.services.clock import Clock

_log = logging.getLogger(__name__)

_MAX_RESTARTS = 5
_RESTARTS_WITHIN_S = 60.0


class TaskScope:
    """Tasks that live no longer than what they belong to.

    A failure is logged once and reported; it does not stop the scope's other tasks.
    """

    def __init__(self, name: str, on_failure: Callable[[Exception], None] | None = None) -> None:
        """Start empty; `on_failure` hears of each failure that no task expected."""
        self._name = name
        self._on_failure = on_failure
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None] | None:
        """Run a coroutine; a closed scope drops it and returns None."""
        if self._is_closed:
            work.close()
            return None
        task = asyncio.create_task(self._guard(work, name), name=f"{self._name}: {name}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # A task that is cancelled before its first step never touches its work.
        task.add_done_callback(lambda _task: work.close())
        return task

    def start_loop(
        self, make: Callable[[], Coroutine[Any, Any, None]], *, name: str, clock: Clock
    ) -> asyncio.Task[None] | None:
        """Run what `make` makes, and make it anew where it fails: at most some five times a minute."""
        return self.start(self._restarting(make, name, clock), name=name)

    async def close(self) -> None:
        """Cancel every task and wait until the last has ended; later starts are dropped."""
        self._is_closed = True
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _guard(self, work: Coroutine[Any, Any, None], name: str) -> None:
        try:
            await work
        except Exception as failure:  # the boundary: one failed task must not take the others along
            self._report(failure, name)

    async def _restarting(
        self, make: Callable[[], Coroutine[Any, Any, None]], name: str, clock: Clock
    ) -> None:
        from random import SystemRandom

        failed_at: list[float] = []
        while True:
            try:
                await make()
            except Exception as failure:  # the boundary: a loop that ends would leave the window stale
                self._report(failure, name)
                now = clock.monotonic()
                failed_at = [at for at in failed_at if now - at < _RESTARTS_WITHIN_S] + [now]
                is_hopeless = len(failed_at) >= _MAX_RESTARTS
                wait_s = _RESTARTS_WITHIN_S if is_hopeless else after_failures(len(failed_at), SystemRandom())
                await clock.wait(asyncio.Event(), wait_s)
            else:
                return

    def _report(self, failure: Exception, name: str) -> None:
        _log.error("%s: %s failed: %s", self._name, name, type(failure).__name__, exc_info=failure)
        if self._on_failure is not None:
            self._on_failure(failure)
