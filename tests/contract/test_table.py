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
from tests.contract.table import rows
from tests.contract.world import NOWHERE, Account

PROMISED = {
    *("create a chat with its first message", "list chats", "get a chat", "update a chat", "mark read"),
    *("leave", "share contact card", "send a voice memo", "add a participant", "remove a participant"),
    *("start typing", "stop typing", "send a message", "list messages"),
    *("create an attachment", "upload an attachment", "get an attachment", "delete an attachment"),
    *("get a message", "edit a message", "delete a message", "add a reaction", "remove a reaction"),
    *(
        "list a thread",
        "phone numbers",
        "blocked handles",
        "capability check for iMessage",
        "capability check for RCS",
    ),
    *("get a contact card", "create a contact card", "update a contact card"),
}
NO_OPERATIONS = {"close", "download"}
"""What the client does without asking the API."""

BY_SDK = [row for row in rows() if row.vendors]


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


def test_the_vendors_clients_have_every_method() -> None:
    patient = AsyncLinqAPIV3(api_key="none", base_url="http://127.0.0.1:1")
    with LinqAPIV3(api_key="none", base_url="http://127.0.0.1:1") as linq:
        for row in BY_SDK:
            assert callable(attrgetter(row.vendors)(linq))
            assert callable(attrgetter(row.vendors)(patient))
    asyncio.run(patient.close())


@pytest.mark.usefixtures("world")
def test_the_sandbox_has_every_route_and_says_so_where_it_has_none(account: Account) -> None:
    routes = {row.route: True for row in BY_SDK} | {"GET /v3/nothing": False, "PATCH /v3/chats": False}
    with httpx.Client(
        headers={"Authorization": f"Bearer {account.token}"}, trust_env=False, verify=TRUST
    ) as http:
        assert {route: is_served(http, account, route) for route in routes} == routes


def is_served(http: httpx.Client, account: Account, route: str) -> bool:
    method, _, path = route.partition(" ")
    reply = http.request(method, account.base_url + path.replace("{id}", NOWHERE))
    return reply.status_code < 500 and "No such operation" not in reply.text
