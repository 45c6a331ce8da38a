from datetime import timedelta

import pytest

from linqdesk.services.server_time import ServerTime
from tests.services.virtual import VirtualClock


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-9), timedelta(hours=9)])
async def test_a_wrong_clock_does_not_matter_once_linq_has_answered(wrong_by: timedelta) -> None:
    clock = VirtualClock()
    time = ServerTime(clock)
    made_at = clock.now() + wrong_by
    time.learn(made_at - timedelta(hours=3))
    time.learn(made_at, is_answer=True)
    assert time.age_s(made_at) == 0
    assert time.age_s(made_at - timedelta(seconds=40)) == 40
    await clock.run(20)
    assert time.age_s(made_at) == 20


def test_without_an_answer_what_is_old_is_old_although_nothing_newer_was_seen() -> None:
    clock = VirtualClock()
    time = ServerTime(clock)
    made_at = clock.now() - timedelta(hours=3)
    time.learn(made_at)
    assert time.age_s(made_at) == 3 * 3_600


def test_what_the_wall_clock_is_set_to_later_does_not_matter() -> None:
    clock = VirtualClock()
    time = ServerTime(clock)
    made_at = clock.now()
    time.learn(made_at)
    clock.sleep(3_600)
    assert time.age_s(made_at) == 0


def test_before_anything_was_seen_the_own_clock_is_believed() -> None:
    clock = VirtualClock()
    assert ServerTime(clock).age_s(clock.now() - timedelta(seconds=7)) == 7


def test_a_date_that_no_clock_explains_says_nothing() -> None:
    clock = VirtualClock()
    time = ServerTime(clock)
    time.learn(clock.now() + timedelta(days=900), is_answer=True)
    assert time.age_s(clock.now() - timedelta(seconds=7)) == 7
