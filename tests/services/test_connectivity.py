from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from random import Random
from statistics import pstdev

import pytest

from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.view import ConnectionState
from tests.services.virtual import VirtualClock, settle

ASKERS = 6


@dataclass
class Server:
    """Fails as it is told, and notes when it was asked."""

    clock: VirtualClock = field(default_factory=VirtualClock)
    cache: Cache = field(default_factory=Cache)
    failure: LinqDeskError | None = None
    asked_at: list[float] = field(default_factory=list)
    scope: TaskScope = field(default_factory=lambda: TaskScope("askers"))
    seed: int = 1

    def __post_init__(self) -> None:
        self.connectivity = Connectivity(self.cache, self.clock, Random(self.seed))

    async def ask(self) -> None:
        """Ask every 2 s for ever, as a poller does."""
        while True:
            await self.connectivity.allowed()
            self.asked_at.append(self.clock.monotonic())
            if self.failure is None:
                self.connectivity.succeeded()
                wait_s = 2.0
            else:
                wait_s = self.connectivity.failed(self.failure) or 2.0
            await self.connectivity.pause(wait_s)

    async def open(self, askers: int = ASKERS) -> None:
        for number in range(askers):
            self.scope.start(self.ask(), name=str(number))
        await settle()

    def state(self) -> ConnectionState:
        return self.cache.connection.state

    def asked_within(self, start_s: float, end_s: float) -> int:
        return sum(start_s <= at < end_s for at in self.asked_at)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    yield made
    await made.scope.close()


@pytest.mark.parametrize("failure", [ServerFaultError(), OfflineError(), UnexpectedReplyError()])
async def test_ten_minutes_of_outage_cost_twenty_requests_at_most(
    server: Server, failure: LinqDeskError
) -> None:
    await server.open()
    server.failure = failure
    began = server.clock.monotonic()
    await server.clock.run(600)
    assert 10 <= server.asked_within(began + 0.1, began + 600) <= 20
    assert server.state() is not ConnectionState.ONLINE
    server.failure = None
    await server.clock.run(61)
    assert server.state() is ConnectionState.ONLINE
    over = server.clock.monotonic()
    await server.clock.run(20)
    assert server.asked_within(over, over + 20) >= ASKERS * 9


async def test_fifty_clients_do_not_come_back_in_step() -> None:
    probes = []
    for seed in range(50):
        server = Server(seed=seed)
        await server.open(1)
        server.failure = ServerFaultError()
        await server.clock.run(600)
        probes.append(server.asked_at[-1])
        await server.scope.close()
    assert pstdev(probes) > 5


async def test_ten_minutes_of_429_cost_one_request_in_each_wait(server: Server) -> None:
    await server.open()
    server.failure = RateLimitedError(retry_after_s=60)
    await server.clock.run(3)
    began = server.clock.monotonic()
    await server.clock.run(600)
    assert 7 <= server.asked_within(began, began + 600) <= 10
    server.failure = None
    await server.clock.run(120)
    assert server.state() is ConnectionState.ONLINE


async def test_trying_now_ends_an_outages_wait_but_no_limit_of_the_servers(server: Server) -> None:
    await server.open(1)
    server.failure = OfflineError()
    await server.clock.run(300)
    asked = len(server.asked_at)
    server.connectivity.wake()
    await settle()
    assert len(server.asked_at) == asked + 1
    server.failure = RateLimitedError(retry_after_s=100)
    server.connectivity.wake()
    await settle()
    asked = len(server.asked_at)
    server.connectivity.wake()
    await server.clock.run(99)
    assert len(server.asked_at) == asked


async def test_a_probe_that_says_nothing_does_not_hold_the_others_for_ever(server: Server) -> None:
    server.connectivity.failed(RateLimitedError(retry_after_s=1))
    passed: list[str] = []

    async def pass_by(name: str) -> None:
        await server.connectivity.allowed()
        passed.append(name)

    server.scope.start(pass_by("gives up"), name="first")
    server.scope.start(pass_by("goes on"), name="second")
    await server.clock.run(3)
    assert passed == ["gives up"]
    await server.clock.run(36)
    assert passed == ["gives up", "goes on"]


async def test_who_does_not_tell_of_the_outcome_waits_until_it_is_over(server: Server) -> None:
    for _ in range(5):
        server.connectivity.failed(ServerFaultError())
    passed: list[bool] = []

    async def pass_by() -> None:
        await server.connectivity.calm()
        passed.append(True)

    server.scope.start(pass_by(), name="calm")
    await server.clock.run(300)
    assert not passed
    server.connectivity.succeeded()
    await settle()
    assert passed


async def test_a_refusal_of_one_thing_is_an_answer_that_ends_an_outage(server: Server) -> None:
    for _ in range(5):
        server.connectivity.failed(ServerFaultError())
    assert server.connectivity.failed(NotFoundError("", ApiDetails(status=404))) == 0
    assert server.state() is ConnectionState.ONLINE


@pytest.mark.parametrize("late", [None, OfflineError(), SignInRejectedError()])
async def test_what_was_asked_before_the_token_was_refused_says_nothing_about_now(
    server: Server, late: LinqDeskError | None
) -> None:
    server.connectivity.failed(SignInRejectedError())
    if late is None:
        server.connectivity.succeeded(is_sync=True)
    else:
        server.connectivity.failed(late)
    assert server.state() is ConnectionState.SIGNED_OUT
    server.connectivity.signed_in_again()
    server.connectivity.succeeded()
    assert server.state() is ConnectionState.ONLINE
