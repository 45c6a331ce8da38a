"""A sandbox served over a socket for each journey."""

import gc
from collections.abc import Iterator

import pytest

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions()


@pytest.fixture
def sandbox(sandbox_options: SandboxOptions) -> Iterator[SandboxAddress]:
    # The loop of the test before is garbage by now. Its timer must die in this thread, not in one of
    # the sandbox's.
    gc.collect()
    with SandboxServer(sandbox_options) as address:
        yield address
