"""Accounts for the cases: a sandbox of its own for each, or the real API under `-m live`."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from linqdesk.local.environment import DEFAULT_BASE_URL
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer
from tests.contract.sdk import Sdk, opened
from tests.contract.world import Account, Talk, World, controlled

CALLERS = dict(os.environ)
"""The environment as the caller set it: within a test the variables of the program are gone."""

LINE = "+14155550112"
"""The sandbox's only line without a contact card."""


@pytest.fixture
def variants() -> dict[str, str]:
    return {}


@pytest.fixture(scope="session")
def afterwards() -> Iterator[ThreadPoolExecutor]:
    """Stops servers while the next case runs already: stopping one takes 0.15 s of waiting."""
    with ThreadPoolExecutor() as workers:
        yield workers


@pytest.fixture(params=["sandbox", pytest.param("live", marks=pytest.mark.live)])
def sandbox(
    request: pytest.FixtureRequest, variants: dict[str, str], afterwards: ThreadPoolExecutor
) -> Iterator[SandboxAddress | None]:
    """A sandbox without chats; None where the real API takes its place."""
    if request.param == "live":
        yield None
    else:
        server = SandboxServer(SandboxOptions(chats=0, variants=variants))
        yield server.start()
        afterwards.submit(server.stop)


@pytest.fixture
def account(sandbox: SandboxAddress | None) -> Account:
    if sandbox is not None:
        return Account(sandbox.base_url, sandbox.token, LINE)
    token, line = CALLERS.get("LINQDESK_TOKEN"), CALLERS.get("LINQDESK_LIVE_NUMBER")
    if not token or not line:
        pytest.skip("set LINQDESK_TOKEN, and LINQDESK_LIVE_NUMBER to a sandbox number of that account")
    return Account(CALLERS.get("LINQDESK_BASE_URL") or DEFAULT_BASE_URL, token, line)


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the vendor's two clients speaks."""
    return str(request.param)


@pytest.fixture
def sdk(account: Account, kind: str) -> Iterator[Sdk]:
    with opened(kind, account.base_url, account.token) as client:
        yield client


@pytest.fixture
def world(sandbox: SandboxAddress | None) -> Iterator[World]:
    if sandbox is None:
        pytest.skip("nobody can turn the real world's clock or write as its customers")
    with controlled(sandbox, LINE) as outside:
        yield outside


@pytest.fixture
def talk(sandbox: SandboxAddress | None, account: Account, sdk: Sdk) -> Talk:
    """A one-to-one iMessage chat of our line, in which the customer wrote first."""
    if sandbox is not None:
        with controlled(sandbox, LINE) as outside:
            return outside.talk()
    chats = sdk.every(lambda linq: linq.chats.list_chats(from_=account.line))
    for chat in chats:
        if not chat.is_group and chat.service == "iMessage":
            return Talk(chat.id, next(each.handle for each in chat.handles if not each.is_me))
    pytest.skip("write to the sandbox number from an iPhone first")
