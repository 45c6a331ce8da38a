from dataclasses import replace
from datetime import timedelta

import pytest

from linqdesk.domain.ids import LocalId
from linqdesk.services.pair_meter import PairLoad, PairMeter
from linqdesk.store.cache import Cache
from tests.services.virtual import VirtualClock
from tests.store.messages import ANA, a_chat, a_message, a_send


class Desk:
    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.meter = PairMeter(self.cache, self.clock)

    def see(self, count: int, *, age_s: float = 0.0, is_mine: bool = True) -> None:
        """Let a poll bring messages that were made so long ago."""
        at = self.clock.now() - timedelta(seconds=age_s)
        told = [
            replace(a_message(f"{at}-{is_mine}-{number}", 0, is_mine=is_mine), created_at=at, sent_at=at)
            for number in range(count)
        ]
        self.cache.merge_messages(ANA, told, self.cache.next_sequence())


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_what_others_send_counts_for_a_minute_from_when_it_was_made(desk: Desk) -> None:
    desk.see(3, is_mine=False)
    desk.see(5, age_s=40)
    desk.see(9, age_s=400)
    assert desk.meter.load(ANA) == PairLoad(5, has_company=True)
    await desk.clock.run(21)
    assert desk.meter.load(ANA) == PairLoad(0)


async def test_a_send_of_ours_counts_once_and_until_a_minute_after_its_answer(desk: Desk) -> None:
    sent = a_send("one")
    desk.cache.add_outgoing(sent)
    desk.meter.note_try(ANA, sent.local_id)
    assert desk.meter.load(ANA).count == 1
    await desk.clock.run(10)
    answer = replace(a_message("m1", 0, is_mine=True), created_at=desk.clock.now())
    desk.cache.confirm(ANA, sent.local_id, answer)
    assert desk.meter.load(ANA) == PairLoad(1)
    await desk.clock.run(55)
    # That it was read is told much later, and makes it no younger.
    desk.cache.merge_messages(ANA, [replace(answer, read_at=desk.clock.now())], desk.cache.next_sequence())
    assert desk.meter.load(ANA).count == 1
    await desk.clock.run(6)
    assert desk.meter.load(ANA).count == 0


async def test_alone_thirty_go_and_beside_others_room_is_left_for_what_is_not_seen_yet(desk: Desk) -> None:
    for number in range(29):
        desk.meter.note_try(ANA, LocalId(f"send {number}"))
    assert desk.meter.load(ANA) == PairLoad(29)
    desk.meter.note_try(ANA, LocalId("the last"))
    assert desk.meter.load(ANA) == PairLoad(30, 60.5)
    assert desk.meter.load(ANA, LocalId("the last")) == PairLoad(29)
    await desk.clock.run(61)
    desk.see(28)
    assert desk.meter.load(ANA) == PairLoad(28, 60.5, has_company=True)
