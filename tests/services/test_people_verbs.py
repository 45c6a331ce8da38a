from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from linqdesk.domain.contacts import Contact
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    ServerFaultError,
)
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.rules import check_share_card
from linqdesk.services.address_book import ImportReport
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.people import PeopleVerbs
from linqdesk.store.cache import Cache
from linqdesk.store.view import ConnectionState
from tests.journeys.outside import until
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat


class Desk:
    """The verbs before a network that answers as it is told."""

    def __init__(self) -> None:
        self.status, self.body = 204, dict[str, Any]()
        self.network = Network(self.answer)
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        connectivity = Connectivity(self.cache, self.clock)
        self.people = PeopleVerbs(self.cache, connectivity, TaskScope("test"), self.clock)
        self.people.use(self.network.client())
        self.outcomes: list[LinqDeskError | ImportReport | None] = []

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        del request
        return self.status, self.body

    async def share(self) -> LinqDeskError | ImportReport | None:
        self.people.share_contact_card(ANA, self.outcomes.append)
        await self.told()
        return self.outcomes.pop()

    async def told(self) -> None:
        await until(lambda: bool(self.outcomes), "it is told")

    def may_share(self) -> bool:
        at = self.people.card_shared_at(ANA)
        return not check_share_card(a_chat(), has_written=True, last_shared_at=at, now=self.clock.now())


@pytest.fixture
async def desk() -> Desk:
    return Desk()


async def test_a_card_is_shared_and_then_not_for_five_minutes(desk: Desk) -> None:
    assert desk.people.card_shared_at(ANA) is None
    assert await desk.share() is None
    assert desk.people.card_shared_at(ANA) == desk.clock.now()
    assert not desk.may_share()
    await desk.clock.run(timedelta(minutes=5).total_seconds())
    assert desk.may_share()


@pytest.mark.parametrize(
    ("status", "kind", "may_share"), [(404, NotFoundError, True), (502, ServerFaultError, False)]
)
async def test_a_failed_share_counts_only_where_it_may_have_arrived(
    desk: Desk, status: int, kind: type[LinqDeskError], *, may_share: bool
) -> None:
    desk.status = status
    assert isinstance(await desk.share(), kind)
    assert desk.may_share() is may_share


async def test_the_pace_of_cards_holds_nothing_else_up(desk: Desk) -> None:
    desk.status, desk.body = 429, {"error": {"status": 429, "code": 1007, "retry_after": 30}}
    assert isinstance(await desk.share(), RateLimitedError)
    assert not desk.may_share()
    await desk.clock.run(31)
    assert desk.may_share()
    assert desk.cache.connection.state is not ConnectionState.RATE_LIMITED


async def test_nothing_is_shared_while_signed_out(desk: Desk) -> None:
    desk.people.rest()
    assert isinstance(await desk.share(), OfflineError)
    assert desk.people.card_shared_at(ANA) is None


async def test_names_and_notes_are_kept_and_told(desk: Desk, tmp_path: Path) -> None:
    ana, group = Handle("+14155550134"), ChatId("g")
    desk.people.keep_in(tmp_path / "contacts.json")
    await desk.people.load()
    assert desk.people.contact(ana) == Contact()
    desk.people.keep_contact(ana, Contact("Ana", "tea"))
    desk.people.keep_chat_note(group, "Saturdays")
    assert desk.people.contact(ana) == Contact("Ana", "tea")
    assert desk.people.chat_note(group) == "Saturdays"
    assert desk.people.named_count == 1
    assert not desk.people.is_idle
    await until(lambda: desk.people.is_idle, "all is kept")
    assert desk.people.contacts_fault is None


async def test_an_import_tells_what_came_of_it(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL:+14155550134\nEND:VCARD\n")
    desk.people.import_contacts(file, desk.outcomes.append)
    await desk.told()
    assert desk.outcomes.pop() == ImportReport(1, 0, 0)
    desk.people.import_contacts(tmp_path / "nowhere.vcf", desk.outcomes.append)
    await desk.told()
    assert isinstance(desk.outcomes.pop(), LocalFaultError)
