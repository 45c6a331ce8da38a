"""Our client and the vendor's make the same request for the same act, as seen by the sandbox."""

import asyncio
import re
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import pytest
from linq import APIStatusError

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId
from tests.contract.acts import ACTS, Act, Scene
from tests.contract.sdk import Sdk, opened, said
from tests.contract.table import rows
from tests.contract.world import Account, Talk, World

ROUTES = {row.ours: row.route for row in rows()}


@pytest.fixture
def scene(sdk: Sdk, account: Account, world: World, talk: Talk) -> Scene:
    people = [world.customer() for _ in range(4)]
    group = sdk(lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello")))
    sent = sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("Hello")))
    slot = sdk(
        lambda linq: linq.attachments.create(filename="a.mp3", content_type="audio/mpeg", size_bytes=9)
    )
    return Scene(
        line=Handle(account.line),
        customer=Handle(talk.customer),
        stranger=Handle(world.customer()),
        chat_id=ChatId(talk.chat_id),
        group=asyncio.run(got(account, ChatId(group.chat.id))),
        member=Handle(people[0]),
        received_id=MessageId(world.write(talk.customer, "Which colour?")["id"]),
        sent_id=MessageId(sent.message.id),
        attachment_id=AttachmentId(slot.attachment_id),
    )


async def got(account: Account, chat_id: ChatId) -> Chat:
    client = LinqClient(Transport(account.base_url, account.token))
    chat = await client.get_chat(chat_id)
    await client.close()
    return chat


async def done(account: Account, act: Act, scene: Scene) -> None:
    """Let our client act. Whether the world says no is of no interest here."""
    client = LinqClient(Transport(account.base_url, account.token))
    with suppress(LinqDeskError):
        await act.ours(client, scene)
    await client.close()


def templated(path: str) -> str:
    """Return a path with {id} for each id in it."""
    return re.sub(r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "/{id}", path.removeprefix("/api/partner"))


def comparable(request: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": request["method"],
        "path": request["path"],
        "query": sorted(parse_qsl(request["query"], keep_blank_values=True)),
        "body": request["body"],
        "has_token": request["has_token"],
    }


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_both_clients_ask_alike(sdk: Sdk, account: Account, world: World, scene: Scene, act: Act) -> None:
    before = len(world.requests())
    asyncio.run(done(account, act, scene))
    with suppress(APIStatusError):
        sdk(lambda linq: act.theirs(linq, scene))
    ours, theirs = world.requests()[before:]
    assert comparable(ours) == comparable(theirs)
    assert ours["has_token"]
    assert f"{ours['method']} {templated(ours['path'])}" == ROUTES[act.name]


def test_a_wrong_token_is_refused_everywhere(kind: str, account: Account, scene: Scene) -> None:
    with opened(kind, account.base_url, "wrong") as stranger:
        refusals = {act.name: refusal(stranger, act, scene) for act in ACTS}
    assert refusals == {act.name: (401, 2004) for act in ACTS}


def refusal(sdk: Sdk, act: Act, scene: Scene) -> tuple[int, int | None]:
    return sdk.refusal(lambda linq: act.theirs(linq, scene))


def test_what_has_a_body_is_compared_with_its_body(sdk: Sdk, world: World, scene: Scene) -> None:
    """The sandbox keeps bodies at all: else the comparison above would compare nothing with nothing."""
    sdk(lambda linq: linq.chats.participants.remove(scene.group.id, handle=scene.member))
    assert comparable(world.requests()[-1])["body"] == {"handle": scene.member}
