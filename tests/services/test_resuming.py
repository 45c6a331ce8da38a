from datetime import UTC, datetime, timedelta

import pytest

from linqdesk.services.resuming import ResumeWatch
from linqdesk.services.task_scope import TaskScope
from tests.services.virtual import VirtualClock


@pytest.mark.parametrize("slept_s", [3_600.0, 86_400.0, -3_600.0])
async def test_a_sleep_and_a_clock_that_is_set_are_noticed_once(slept_s: float) -> None:
    clock = VirtualClock()
    resumed: list[datetime] = []
    scope = TaskScope("test")
    scope.start(ResumeWatch(clock, lambda: resumed.append(clock.now())).run(), name="watch")
    await clock.run(3_600)
    assert resumed == []
    clock.sleep(slept_s)
    await clock.run(60)
    assert len(resumed) == 1
    assert resumed[0] - datetime(2026, 3, 1, 1, tzinfo=UTC) <= timedelta(seconds=slept_s + 5)
    await scope.close()


async def test_a_clock_that_drifts_is_nothing_to_notice() -> None:
    clock = VirtualClock()
    resumed: list[bool] = []
    scope = TaskScope("test")
    scope.start(ResumeWatch(clock, lambda: resumed.append(True)).run(), name="watch")
    for _ in range(100):
        clock.sleep(2)
        await clock.run(5)
    assert resumed == []
    await scope.close()
