from typing import Any

import httpx

from linqdesk.services.connectivity import Connectivity
from linqdesk.services.polling import ChatListPoller
from linqdesk.services.previews import Previews
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock, settle


class Desk:
    """A poller of 130 chats, in pages of at most 50."""

    def __init__(self) -> None:
        self.chats = [_chat(number, "2026-02-01T00:00:00Z") for number in range(130)]
        self.refused_cursor: str | None = None
        self.network = Network(self.answer)
        self.cache = Cache()
        self.clock = VirtualClock()
        connectivity = Connectivity(self.cache, self.clock)
        client = self.network.client()
        previews = Previews(ThreadReader(client, self.cache, connectivity), connectivity)
        self.poller = ChatListPoller(client, self.cache, previews, connectivity, self.clock)

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if request.url.path.endswith("/phone_numbers"):
            return 200, {"phone_numbers": []}
        cursor = request.url.params.get("cursor")
        if cursor is not None and cursor == self.refused_cursor:
            return 400, {"error": {"code": 1005}}
        start = int(cursor or 0)
        end = start + 50
        following = str(end) if end < len(self.chats) else None
        return 200, {"chats": self.chats[start:end], "next_cursor": following}

    def names(self) -> set[str | None]:
        summaries = [self.cache.summary(chat_id) for chat_id in self.cache.chat_ids()]
        return {summary.chat.display_name for summary in summaries if summary is not None}


def _chat(number: int, updated_at: str, name: str = "before") -> dict[str, Any]:
    times = {"created_at": "2026-02-01T00:00:00Z", "updated_at": updated_at}
    return {"id": f"c{number}", "display_name": name, "handles": [], "is_group": True, **times}


async def test_a_look_that_broke_off_is_made_up_for() -> None:
    desk = Desk()
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await settle()
    assert desk.names() == {"before"}
    desk.chats = [_chat(number, "2026-02-02T00:00:00Z", "after") for number in range(130)]
    desk.refused_cursor = "50"
    await desk.clock.run(5)
    assert desk.names() == {"before", "after"}
    desk.refused_cursor = None
    await desk.clock.run(5)
    assert desk.names() == {"after"}
    asked = len(desk.network.asked)
    await desk.clock.run(60)
    assert {each.url.params.get("cursor") for each in desk.network.asked[asked:]} == {None}
    await scope.close()
