"""What runs for one client: everything that looks for news, in scopes of its own."""

from collections.abc import Callable

from linqdesk.services.block_list import BlockListReader
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.polling import ChatListPoller
from linqdesk.services.ports import Client
from linqdesk.services.previews import WORKERS, Previews
from linqdesk.services.resuming import ResumeWatch
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.services.unfinished import Unfinished
from linqdesk.store.cache import Cache


class Following:
    """Follows an account; `scope` is for what the agent asks of it meanwhile."""

    def __init__(
        self,
        client: Client,
        cache: Cache,
        connectivity: Connectivity,
        clock: Clock,
        on_failure: Callable[[Exception], None] | None,
    ) -> None:
        """Begin at once."""
        self.client = client
        self.scope = TaskScope("session", on_failure)
        self.reader = ThreadReader(client, cache, connectivity)
        self.previews = Previews(self.reader, connectivity, clock)
        self.chat_list = ChatListPoller(client, cache, self.previews, connectivity, clock)
        self._blocks = BlockListReader(client, cache, connectivity, clock)
        self._unfinished = Unfinished(client, cache, connectivity, clock)
        self._connectivity = connectivity
        self._clock = clock
        self._on_failure = on_failure
        self._when_resumed: Callable[[], None] = lambda: None
        self._looks = self._started()
        self.scope.start_loop(ResumeWatch(clock, self._on_resumed).run, name="resume", clock=clock)

    def _started(self) -> TaskScope:
        looks = TaskScope("looks", self._on_failure)
        looks.start_loop(self.chat_list.run, name="chat list", clock=self._clock)
        looks.start_loop(self._unfinished.run, name="unfinished", clock=self._clock)
        looks.start_loop(self._blocks.run, name="block list", clock=self._clock)
        for number in range(WORKERS):
            looks.start_loop(self.previews.work, name=f"previews {number}", clock=self._clock)
        return looks

    def when_resumed(self, act: Callable[[], None]) -> None:
        """Call this too after the computer slept."""
        self._when_resumed = act

    def refresh(self) -> None:
        """Ask anew for what is asked for only now and then."""
        self.chat_list.refresh_lines()
        self._blocks.refresh()

    def _on_resumed(self) -> None:
        self._connectivity.wake()
        self._when_resumed()
        self.scope.start(self._look_anew(), name="look anew")

    async def _look_anew(self) -> None:
        """Give up what is on its way and ask again: after a sleep its connections are dead without a word."""
        await self._looks.close()
        self._looks = self._started()

    async def close(self) -> None:
        """Stop, and close the client."""
        await self._looks.close()
        await self.scope.close()
        self._unfinished.close()
        self._blocks.close()
        await self.client.close()
