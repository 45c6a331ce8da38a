"""The table in README.md names what exists, and all that was promised."""

import asyncio
import inspect
from operator import attrgetter

import httpx
import pytest
from linq import AsyncLinqAPIV3, LinqAPIV3

from linqdesk.api.client import LinqClient
from tests.contract.acts import ACTS
from tests.contract.sdk import TRUST
from tests.contract.table import Row, rows
from tests.contract.world import NOWHERE, Account, World

PROMISED = {
    *("create a chat with its first message", "list chats", "get a chat", "update a chat", "mark read"),
    *("leave", "share contact card", "send a voice memo", "add a participant", "remove a participant"),
    *("start typing", "stop typing", "send a message", "list messages"),
    *("create an attachment", "upload an attachment", "get an attachment", "delete an attachment"),
    *("get a message", "edit a message", "delete a message", "add a reaction", "remove a reaction"),
    *("list a thread", "phone numbers", "capability check for iMessage", "capability check for RCS"),
    *("get a contact card", "create a contact card", "update a contact card"),
}
NO_OPERATIONS = {"close", "download"}
"""What the client does without asking the API."""

BY_SDK = [row for row in rows() if row.vendors]


def named(row: Row) -> str:
    return row.operation


def test_every_promised_operation_is_in_the_table() -> None:
    assert {row.operation for row in rows()} == PROMISED
    assert len(rows()) == len(PROMISED)


def test_the_table_names_every_coroutine_of_the_client() -> None:
    coroutines = {
        name
        for name, _ in inspect.getmembers(LinqClient, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert {row.ours for row in rows()} == coroutines - NO_OPERATIONS


def test_every_operation_with_a_vendors_method_is_compared() -> None:
    assert {row.ours for row in BY_SDK} == {act.name for act in ACTS}
    assert [row.operation for row in rows() if not row.vendors] == ["upload an attachment"]


@pytest.mark.parametrize("row", BY_SDK, ids=named)
def test_the_vendors_clients_have_the_method(row: Row) -> None:
    with LinqAPIV3(api_key="none", base_url="http://127.0.0.1:1") as linq:
        assert callable(attrgetter(row.vendors)(linq))
    patient = AsyncLinqAPIV3(api_key="none", base_url="http://127.0.0.1:1")
    assert callable(attrgetter(row.vendors)(patient))
    asyncio.run(patient.close())


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("row", BY_SDK, ids=named)
def test_the_sandbox_has_the_route(account: Account, row: Row) -> None:
    method, _, path = row.route.partition(" ")
    reply = httpx.request(
        method,
        account.base_url + path.replace("{id}", NOWHERE),
        headers={"Authorization": f"Bearer {account.token}"},
        trust_env=False,
        verify=TRUST,
    )
    assert reply.status_code < 500
    assert "No such operation" not in reply.text


def test_the_sandbox_says_so_where_it_has_no_route(account: Account, world: World) -> None:
    """What the case above relies on."""
    del world
    headers = {"Authorization": f"Bearer {account.token}"}
    for method, path in (("GET", "/v3/nothing"), ("PATCH", "/v3/chats")):
        reply = httpx.request(method, account.base_url + path, headers=headers, trust_env=False, verify=TRUST)
        assert "No such operation" in reply.text
