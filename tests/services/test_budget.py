from collections.abc import AsyncIterator

import pytest

from linqdesk.services.budget import Budget
from linqdesk.services.task_scope import TaskScope
from tests.services.virtual import VirtualClock


class Greedy:
    """Six that look as often as they may."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.budget = Budget(self.clock)
        self.looks = 0
        self.scope = TaskScope("greedy")
        for number in range(6):
            self.scope.start(self.look(), name=str(number))

    async def look(self) -> None:
        while True:
            await self.budget.turn()
            self.budget.spend()
            self.looks += 1


@pytest.fixture
async def greedy() -> AsyncIterator[Greedy]:
    made = Greedy()
    await made.clock.run(60)
    yield made
    await made.scope.close()


async def test_looks_keep_to_two_a_second_on_average(greedy: Greedy) -> None:
    before = greedy.looks
    await greedy.clock.run(600)
    assert 1_150 <= greedy.looks - before <= 1_210


async def test_another_allowance_holds_at_once(greedy: Greedy) -> None:
    greedy.budget.allow(5.0)
    before = greedy.looks
    await greedy.clock.run(60)
    assert 290 <= greedy.looks - before <= 310


async def test_what_the_agent_asks_for_holds_looks_back_for_seconds_only(greedy: Greedy) -> None:
    for _ in range(1_000):
        greedy.budget.spend()
    before = greedy.looks
    await greedy.clock.run(10)
    assert greedy.looks > before
