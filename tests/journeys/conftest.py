"""A sandbox served over a socket for each journey."""

import gc
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer
from tests.journeys.readings import OTHER_READINGS, reading
from tests.journeys.secrecy import secrets_of, told_in
from tests.local.keyrings import Store, installed


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all journeys run under one reading: `pytest tests/journeys --variant health=score`."""
    parser.addoption("--variant", choices=OTHER_READINGS, help="how the sandbox reads a disputed point")


@pytest.fixture
def sandbox_options(request: pytest.FixtureRequest) -> SandboxOptions:
    choice = request.config.getoption("--variant", default=None)
    return SandboxOptions() if choice is None else reading(choice)


@pytest.fixture
def sandbox(sandbox_options: SandboxOptions) -> Iterator[SandboxAddress]:
    # The loop of the test before is garbage by now. Its timer must die in this thread, not in one of
    # the sandbox's.
    gc.collect()
    with SandboxServer(sandbox_options) as address:
        yield address


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    installed(NoKeyring)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def store() -> Iterator[Store]:
    made: Store = installed(Store)
    yield made
    # Whatever still hangs would keep the next one waiting.
    made.woken.set()


@pytest.fixture(autouse=True)
def _no_secret_is_told(
    request: pytest.FixtureRequest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Look after every journey for secrets in its files, in its log at DEBUG and in what was printed."""
    has_sandbox = "sandbox" in request.fixturenames
    # Asked for here so that it still answers below.
    sandbox = request.getfixturevalue("sandbox") if has_sandbox else None
    yield
    # As above: the loop is garbage, and the sandbox is asked once more.
    gc.collect()
    if sandbox is not None:
        secrets = secrets_of(sandbox)
        said = "".join(capfd.readouterr())
        assert told_in(tmp_path, secrets) == []
        assert not [each for each in secrets if each in said]
