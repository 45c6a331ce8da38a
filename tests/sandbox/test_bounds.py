"""However many requests come, the sandbox keeps only so much."""

import gc
import tracemalloc
from datetime import UTC, datetime
from itertools import count

import pytest

from linqdesk.sandbox.bounds import Bounds
from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.history import History
from linqdesk.sandbox.limits import CAPABILITY_CHECKS, MESSAGES_OF_PAIR, Limits
from linqdesk.sandbox.model import Member, Message, TextPart
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.requests_seen import SeenRequest, SeenRequests
from linqdesk.sandbox.world import Rules, World
from tests.sandbox.inside import inside
from tests.sandbox.past import SHORT_PAST

AT = datetime(2026, 1, 1, tzinfo=UTC)
ANA = Member("m", "+14155550100", "iMessage", is_me=False, joined_at=AT)


def message(number: int) -> Message:
    return Message(
        id=f"arrived-{number}",
        chat_id="c",
        sender=ANA,
        parts=[TextPart(str(number))],
        created_at=AT,
        updated_at=AT,
        status="received",
        service="iMessage",
    )


def test_requests_are_forgotten_from_the_oldest_on() -> None:
    seen = SeenRequests(kept=3)
    for number in range(10):
        seen.note(SeenRequest("GET", f"/{number}", "", 200, has_token=True, at=AT))
    assert [each["path"] for each in seen.as_json()] == ["/7", "/8", "/9"]


def test_idle_counts_are_forgotten_and_live_ones_kept() -> None:
    clock = Clock(AT, ticks=lambda: 0.0)
    limits = Limits(clock)
    for number in range(5_000):
        limits.take(MESSAGES_OF_PAIR, f"pair {number}")
        clock.advance(1)
    assert len(limits) <= 62
    limits.take(CAPABILITY_CHECKS, "account")
    with pytest.raises(RefusalError):
        limits.take(CAPABILITY_CHECKS, "account")


def test_a_history_forgets_what_arrived_first_and_keeps_its_past_and_its_gaps() -> None:
    history = History(SHORT_PAST)
    past_count = len(history)
    for number in range(6):
        history.append(message(number))
    history.remove("arrived-1")
    history.remove("arrived-4")
    for _ in range(3):
        history.forget_oldest_arrival()
    kept = [each.id for each in history.oldest_first(past_count, 10)]
    assert kept == ["arrived-3", "arrived-5"]
    assert len(history) == past_count + 2
    assert [history.find(f"arrived-{number}") is not None for number in range(6)] == [
        False,
        False,
        False,
        True,
        False,
        True,
    ]
    history.append(message(6))
    assert [each.id for each in history.newest_first(0, 3)] == ["arrived-6", "arrived-5", "arrived-3"]


def test_a_world_keeps_only_so_many_messages_chats_and_strangers() -> None:
    world = World(Clock(AT), 1, Rules(bounds=Bounds(messages=10, chats=3, strangers=4)))
    line = world.add_line("+14155550110").number
    for number in range(8):
        handle = f"+1415555{number:04}"
        world.person_with(handle)
        chat = world.add_chat(line, [handle], service="iMessage", created_at=AT)
        for index in range(5):
            world.add_message(chat, message(number * 5 + index))
    assert [len(chat.history) for chat in world.chats.values()] == [0, 5, 5]
    assert world.find_message("arrived-39") is not None
    assert world.find_message("arrived-29") is None
    assert len(world.people) == 4


def test_the_chat_that_was_quiet_for_longest_is_forgotten_first() -> None:
    world = World(Clock(AT), 1, Rules(bounds=Bounds(chats=2)))
    line = world.add_line("+14155550110").number
    old, quiet = (world.add_chat(line, [each], service="RCS", created_at=AT) for each in ("a@b.cd", "c@d.ef"))
    world.add_message(old, message(1))
    world.add_chat(line, ["e@f.gh"], service="RCS", created_at=AT)
    assert world.chats_by_activity(handle="a@b.cd") == [old]
    assert world.chats_by_activity(handle="c@d.ef") == []
    with pytest.raises(RefusalError):
        world.chat_with(quiet.id)


def test_many_requests_leave_no_more_behind_than_fewer() -> None:
    bounds = Bounds(requests=100, messages=80, receipts=60, idempotency_keys=70)
    with inside(SandboxOptions(chats=60, messages=1, bounds=bounds)) as world:
        chats = [chat["id"] for chat in world.get("/v3/chats", limit=100)["chats"]]

        keys = count()

        def live() -> int:
            for number in range(120):
                said = world.say(chats[number % len(chats)], "x" * 1_000, f"key {next(keys)}")
                assert said.status_code == 202
                world.get("/v3/chats", limit=1)
            world.act("/world", {"advance_s": 120})
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

        tracemalloc.start()
        live()
        growth = live() - live()
        tracemalloc.stop()
        assert abs(growth) < 50_000
        assert len(world.control.get("/requests").json()) == 100
