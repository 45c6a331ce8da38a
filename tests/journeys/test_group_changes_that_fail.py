"""Changes that Linq accepts and never carries out; without the window, so that nobody has to wait."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    ChangeNotSeenError,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
)
from linqdesk.local.media_cache import MediaCache
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.services.clock import SystemClock
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from tests.journeys.outside import until
from tests.journeys.people import CHLOE, GROUP, NEW
from tests.journeys.readings import reading

if TYPE_CHECKING:
    from linqdesk.domain.errors import LinqDeskError


class Hurry(SystemClock):
    """Waits a hundredth of the time."""

    @override
    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        await super().wait(event, seconds / 100)


@pytest.mark.parametrize("sandbox_options", [reading("group_changes=fail")])
async def test_what_is_never_carried_out_is_rolled_back(sandbox: SandboxAddress, tmp_path: Path) -> None:
    cache = Cache()
    session = Session(cache, files=MediaCache(tmp_path), clock=Hurry())
    await session.open(LinqClient(Transport(sandbox.base_url, sandbox.token)))
    try:
        await until(lambda: bool(cache.chat_ids()), "the chats are there")
        summaries = [cache.summary(each) for each in cache.chat_ids()]
        chat = next(each.chat for each in summaries if each is not None and each.chat.own_name == GROUP)
        changes: list[GroupChange] = [
            AddMember(NEW),
            RemoveMember(CHLOE),
            RenameGroup("Never"),
            ChangeIcon("https://x.test/a.png"),
            LeaveGroup(),
        ]
        told: list[LinqDeskError | None] = []
        for change in changes:
            session.people.change_group(chat.id, change, told.append)
        await until(lambda: len(told) == len(changes), "all have come to their end")
        after = cache.summary(chat.id)
        assert after is not None
        assert after.changes == ()
        assert {type(each) for each in told} == {ChangeNotSeenError}
        assert after.chat.own_name == GROUP
        assert after.lock is None
    finally:
        await session.close()
