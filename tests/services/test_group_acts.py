import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest

from linqdesk.domain.chat import MemberStatus
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
    OfflineError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
)
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    ChangeNotSeenError,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
    has_left,
)
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.group_acts import GroupActs
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock, settle

G = ChatId("g")
LINE, ANA, BEN, CLEO, DAN = (Handle(f"+1415555011{digit}") for digit in range(5))


class Linq:
    """One group at a server that carries out what it accepts, sooner or later."""

    def __init__(self) -> None:
        self.members = {LINE: "active", ANA: "active", BEN: "active", CLEO: "active"}
        self.name = "Riders"
        self.icon: str | None = None
        self.carries_out = True
        self.answers: list[tuple[int, Any]] = []
        self.reads: list[int] = []
        self.network = Network(self.answer)
        self.clock = VirtualClock()
        self.cache = Cache()
        self.connectivity = Connectivity(self.cache, self.clock)
        self.acts = GroupActs(self.cache, self.connectivity, self.clock)
        self.client = self.network.client()
        self.acts.use(self.client)
        self.failures: list[LinqDeskError | None] = []

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if request.method == "GET":
            status = self.reads.pop(0) if self.reads else 200
            return status, self.chat() if status == 200 else refusal(status, 2013)
        if self.carries_out:
            self.carry_out(request)
        return self.answers.pop(0) if self.answers else (202, {"status": "accepted"})

    def carry_out(self, request: httpx.Request) -> None:
        what = request.url.path.rpartition("/")[2]
        body = json.loads(request.content) if request.content else {}
        if what == "leave":
            self.members[LINE] = "left"
        elif what == "participants":
            self.members[Handle(body["handle"])] = "active" if request.method == "POST" else "removed"
        else:
            self.name = body.get("display_name", self.name)
            self.icon = body.get("group_chat_icon", self.icon)

    def chat(self) -> dict[str, Any]:
        at = "2026-03-01T12:00:00Z"
        handles = [
            {"id": each, "handle": each, "service": "iMessage", "joined_at": at}
            | {"is_me": each == LINE, "status": status}
            for each, status in self.members.items()
        ]
        times = {"created_at": at, "updated_at": at}
        icon = {"group_chat_icon": self.icon}
        return {"id": G, "display_name": self.name, "handles": handles, "is_group": True} | {
            "service": "iMessage",
            **times,
            **icon,
        }

    async def know(self) -> None:
        self.cache.merge_chats([await self.client.get_chat(G)])
        self.network.asked.clear()

    async def act(self, *changes: GroupChange, icon: Path | None = None) -> list[LinqDeskError | None]:
        """Carry out changes at once and to their end; returns what each came to."""
        acts = [self.watched(self.acts.carry_out(G, change, icon)) for change in changes]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in acts]
            await settle()
            await self.clock.run(60)
        return [each.result() for each in tasks]

    async def watched(self, act: Coroutine[Any, Any, None]) -> LinqDeskError | None:
        try:
            await act
        except LinqDeskError as error:
            return error
        return None

    def asked(self) -> list[tuple[str, str]]:
        asked = [each for each in self.network.asked if each.method != "GET"]
        return [(each.method, each.url.path.rpartition("/")[2]) for each in asked]

    def pending(self) -> list[GroupChange]:
        summary = self.cache.summary(G)
        assert summary is not None
        return [each.change for each in summary.changes]

    def status(self, handle: Handle) -> MemberStatus | None:
        summary = self.cache.summary(G)
        assert summary is not None
        return next((each.status for each in summary.chat.handles if each.handle == handle), None)


def refusal(status: int, code: int) -> dict[str, Any]:
    return {"success": False, "error": {"status": status, "code": code, "message": "no"}}


@pytest.fixture
async def linq() -> Linq:
    made = Linq()
    await made.know()
    return made


async def test_a_change_is_pending_at_once_and_confirmed_by_the_next_read(linq: Linq) -> None:
    act = linq.acts.carry_out(G, AddMember(DAN))
    assert linq.pending() == [AddMember(DAN)]
    assert linq.status(DAN) is None
    assert not linq.acts.is_idle
    async with asyncio.TaskGroup() as group:
        group.create_task(linq.watched(act))
        await linq.clock.run(1)
    assert linq.pending() == []
    assert linq.status(DAN) is MemberStatus.ACTIVE
    assert linq.acts.is_idle


@pytest.mark.parametrize("change", [AddMember(DAN), RemoveMember(CLEO), RenameGroup("Sunday"), LeaveGroup()])
async def test_a_change_that_does_not_come_about_is_rolled_back(linq: Linq, change: GroupChange) -> None:
    linq.carries_out = False
    (failure,) = await linq.act(change)
    assert isinstance(failure, ChangeNotSeenError)
    assert failure.change == change
    assert linq.pending() == []
    assert len(linq.asked()) == 1


async def test_two_quick_changes_are_asked_for_in_order_and_both_hold(linq: Linq) -> None:
    assert await linq.act(RenameGroup("Saturday"), RenameGroup("Sunday"), AddMember(DAN)) == [None] * 3
    assert linq.name == "Sunday"
    assert linq.asked() == [("PUT", "g"), ("PUT", "g"), ("POST", "participants")]


async def test_a_second_change_is_judged_by_what_the_first_has_left(linq: Linq) -> None:
    first, second = await linq.act(RemoveMember(CLEO), RemoveMember(BEN))
    assert first is None
    assert isinstance(second, RequestRejectedError)
    assert second.message == "Remove needs 3 left, you included; this would leave 2."
    assert linq.status(BEN) is MemberStatus.ACTIVE
    assert len(linq.asked()) == 1


async def test_a_lost_answer_is_settled_by_reading_and_nothing_is_repeated(linq: Linq) -> None:
    linq.answers = [(500, refusal(500, 3001))]
    assert await linq.act(RemoveMember(CLEO)) == [None]
    assert linq.asked() == [("DELETE", "participants")]


async def test_a_failure_that_carried_nothing_out_is_told(linq: Linq) -> None:
    linq.carries_out = False
    linq.answers = [(500, refusal(500, 3001))]
    (failure,) = await linq.act(RemoveMember(CLEO))
    assert isinstance(failure, ServerFaultError)
    assert len(linq.asked()) == 1


async def test_what_somebody_else_did_already_is_no_failure(linq: Linq) -> None:
    linq.members[CLEO] = "removed"
    linq.carries_out = False
    linq.answers = [(409, refusal(409, 2015))]
    assert await linq.act(RemoveMember(CLEO)) == [None]
    assert await linq.act(RemoveMember(CLEO)) == [None]
    assert len(linq.asked()) == 1


async def test_a_refusal_is_told_and_the_group_read_anew(linq: Linq) -> None:
    linq.members[LINE] = "left"
    linq.carries_out = False
    linq.answers = [(409, refusal(409, 2013))]
    (failure,) = await linq.act(RenameGroup("Sunday"))
    assert isinstance(failure, RequestRejectedError)
    assert linq.status(LINE) is MemberStatus.LEFT


async def test_a_group_that_is_gone_after_leaving_counts_as_left(linq: Linq) -> None:
    linq.reads = [404] * 9
    assert await linq.act(LeaveGroup()) == [None]
    summary = linq.cache.summary(G)
    assert summary is not None
    assert has_left(summary.chat)
    assert summary.lock is not None


async def test_reads_that_fail_are_repeated(linq: Linq) -> None:
    linq.reads = [500, 409]
    assert await linq.act(AddMember(DAN)) == [None]


async def test_a_change_waits_for_the_limit_and_gives_up_after_three_tries(linq: Linq) -> None:
    limited = (429, refusal(429, 1007))
    linq.answers = [limited]
    linq.carries_out = False
    async with asyncio.TaskGroup() as group:
        group.create_task(linq.watched(linq.acts.carry_out(G, AddMember(DAN))))
        await linq.clock.run(2)
        assert len(linq.asked()) == 1
        linq.carries_out = True
        await linq.clock.run(20)
    assert linq.status(DAN) is MemberStatus.ACTIVE
    linq.carries_out, linq.answers = False, [limited] * 3
    (failure,) = await linq.act(RenameGroup("Sunday"))
    assert isinstance(failure, RateLimitedError)


async def test_without_a_client_nothing_is_asked(linq: Linq) -> None:
    linq.acts.use(None)
    (failure,) = await linq.act(AddMember(DAN))
    assert isinstance(failure, OfflineError)


async def test_what_is_no_picture_becomes_no_icon(linq: Linq, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"<svg/>")
    (failure,) = await linq.act(ChangeIcon("logo.png"), icon=file)
    assert isinstance(failure, LocalFaultError)
    assert linq.asked() == []


async def test_two_quick_icons_both_come_about_in_order(linq: Linq) -> None:
    first, second = "https://a.test/1.png", "https://a.test/2.png"
    assert await linq.act(ChangeIcon(first), ChangeIcon(second)) == [None, None]
    assert linq.icon == second
    assert len(linq.asked()) == 2
