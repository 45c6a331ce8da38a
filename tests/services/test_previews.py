from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from linqdesk.domain.ids import ChatId
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.previews import Previews
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock, settle

A, B = ChatId("a"), ChatId("b")


class Desk:
    """Previews at work on a server whose chats are all empty."""

    def __init__(self) -> None:
        self.network = Network(_nothing_said)
        cache = Cache()
        self.clock = VirtualClock()
        connectivity = Connectivity(cache, self.clock)
        reader = ThreadReader(self.network.client(), cache, connectivity)
        self.previews = Previews(reader, connectivity, self.clock)

    async def asked(self) -> list[str]:
        """Return of which chats was asked since the last time."""
        await settle()
        asked, self.network.asked[:] = [each.url.path.split("/")[-2] for each in self.network.asked], []
        return asked


def _nothing_said(_request: httpx.Request) -> tuple[int, Any]:
    return 200, {"messages": []}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    scope = TaskScope("test")
    scope.start(made.previews.work(), name="previews")
    yield made
    await scope.close()


async def test_a_sweep_leaves_out_what_was_fetched_lately(desk: Desk) -> None:
    desk.previews.refresh([A])
    assert await desk.asked() == ["a"]
    await desk.clock.run(20)
    desk.previews.sweep([A, B], older_than_s=22.5)
    assert await desk.asked() == ["b"]
    await desk.clock.run(20)
    desk.previews.sweep([A, B], older_than_s=22.5)
    assert await desk.asked() == ["a"]


async def test_what_is_on_screen_is_fetched_once_and_before_what_changed(desk: Desk) -> None:
    desk.previews.refresh([B])
    desk.previews.want([A])
    assert await desk.asked() == ["a", "b"]
    desk.previews.want([A])
    assert await desk.asked() == []
