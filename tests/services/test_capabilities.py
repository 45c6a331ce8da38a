import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service
from linqdesk.services.capabilities import Capabilities
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.view import ConnectionState
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import LINE

KIM, LEE, SAM = Handle("+14155559001"), Handle("+14155559002"), Handle("sam@example.com")
WAITING, CHECKING = Reach(ReachState.WAITING), Reach(ReachState.CHECKING)
UNKNOWN, NOWHERE = Reach(ReachState.UNKNOWN), Reach(ReachState.KNOWN)


def _over(service: Service) -> Reach:
    return Reach(ReachState.KNOWN, service)


class Desk:
    """Checks with a clock, and a Linq that reaches some by some services."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.scope = TaskScope("test")
        self.able: set[tuple[str, str]] = set()
        self.selected: str | None = None
        self.refusals: list[tuple[int, int]] = []
        self.asked: list[tuple[float, str, str]] = []
        self.told: list[tuple[Handle, Reach]] = []
        self.network = Network(self._answer)
        self.capabilities = Capabilities(Connectivity(self.cache, self.clock), self.scope, self.clock)

    def want(self, *handles: Handle) -> None:
        self.capabilities.want(LINE, handles, lambda handle, reach: self.told.append((handle, reach)))

    def last(self, handle: Handle) -> Reach:
        return [reach for told, reach in self.told if told == handle][-1]

    def _answer(self, request: httpx.Request) -> tuple[int, Any]:
        check = request.url.path.rpartition("check_")[2]
        address = json.loads(request.content)["address"]
        self.asked.append((self.clock.monotonic(), check, address))
        if self.refusals:
            status, code = self.refusals.pop(0)
            return status, {"error": {"status": status, "code": code, "message": "no"}}
        answer = {"address": address, "available": (check, address) in self.able}
        return 200, {**answer, "selected_service": self.selected} if self.selected else answer


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    made.capabilities.use(made.network.client())
    yield made
    await made.scope.close()


async def test_each_is_checked_in_turn_no_faster_than_once_in_ten_seconds(desk: Desk) -> None:
    desk.able = {("imessage", KIM), ("imessage", LEE), ("imessage", SAM)}
    desk.want(KIM, LEE, SAM)
    assert desk.told == [(KIM, WAITING), (LEE, WAITING), (SAM, WAITING)]
    await desk.clock.run(60)
    assert [at for at, _, _ in desk.asked] == [0, 10, 20]
    assert {desk.last(each) for each in (KIM, LEE, SAM)} == {_over(Service.IMESSAGE)}
    assert (KIM, CHECKING) in desk.told


async def test_who_has_no_imessage_is_checked_for_rcs_and_else_has_sms(desk: Desk) -> None:
    desk.able = {("rcs", KIM)}
    desk.want(KIM, LEE, SAM)
    await desk.clock.run(120)
    assert [check for _, check, _ in desk.asked] == ["imessage", "rcs", "imessage", "rcs", "imessage"]
    assert desk.last(KIM) == _over(Service.RCS)
    assert desk.last(LEE) == _over(Service.SMS)
    assert desk.last(SAM) == NOWHERE


async def test_an_answer_that_names_the_service_saves_the_second_check(desk: Desk) -> None:
    desk.selected = "SMS"
    desk.want(KIM)
    await desk.clock.run(60)
    assert len(desk.asked) == 1
    assert desk.last(KIM) == _over(Service.SMS)


async def test_what_was_found_out_is_known_for_minutes_and_then_asked_again(desk: Desk) -> None:
    desk.able = {("imessage", KIM)}
    desk.want(KIM)
    await desk.clock.run(1)
    desk.want(KIM)
    assert desk.told[-1] == (KIM, _over(Service.IMESSAGE))
    await desk.clock.run(700)
    assert len(desk.asked) == 1
    desk.want(KIM)
    await desk.clock.run(1)
    assert len(desk.asked) == 2


async def test_those_who_are_no_longer_wanted_are_not_asked_about(desk: Desk) -> None:
    desk.able = {("imessage", LEE)}
    desk.want(KIM, LEE, SAM)
    desk.want(LEE)
    await desk.clock.run(60)
    assert [address for _, _, address in desk.asked] == [LEE]
    desk.want()
    await desk.clock.run(60)
    assert len(desk.asked) == 1


async def test_after_429_it_waits_and_asks_again_while_all_else_goes_on(desk: Desk) -> None:
    desk.able = {("imessage", KIM)}
    desk.refusals = [(429, 1007)]
    desk.want(KIM)
    await desk.clock.run(60)
    assert [at for at, _, _ in desk.asked] == [0, 10]
    assert desk.last(KIM) == _over(Service.IMESSAGE)
    assert desk.cache.connection.state is not ConnectionState.RATE_LIMITED


@pytest.mark.parametrize("refusals", [[(503, 4004)], [(429, 1007)] * 3])
async def test_what_linq_cannot_tell_is_unknown_and_asked_again_after_a_minute(
    desk: Desk, refusals: list[tuple[int, int]]
) -> None:
    desk.able = {("imessage", KIM)}
    desk.refusals = list(refusals)
    desk.want(KIM)
    await desk.clock.run(59)
    assert desk.last(KIM) == UNKNOWN
    await desk.clock.run(70)
    desk.want(KIM)
    await desk.clock.run(20)
    assert desk.last(KIM) == _over(Service.IMESSAGE)


async def test_a_refused_token_is_told_to_the_window(desk: Desk) -> None:
    desk.refusals = [(401, 2004)]
    desk.want(KIM)
    await desk.clock.run(1)
    assert desk.last(KIM) == UNKNOWN
    assert desk.cache.connection.state is ConnectionState.SIGNED_OUT


async def test_without_a_client_everybody_waits(desk: Desk) -> None:
    desk.capabilities.use(None)
    desk.able = {("imessage", KIM)}
    desk.want(KIM)
    await desk.clock.run(60)
    assert desk.told == [(KIM, WAITING)]
    desk.capabilities.use(desk.network.client())
    await desk.clock.run(1)
    assert desk.last(KIM) == _over(Service.IMESSAGE)
