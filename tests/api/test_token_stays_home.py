"""Three real origins: the API, its CDN and a foreign one. The token reaches the first alone."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from linqdesk.api.client import LinqClient
from linqdesk.api.media_transport import MediaTransport
from linqdesk.api.transport import Transport
from linqdesk.domain.attachment import UploadSlot
from linqdesk.domain.errors import LinqDeskError, LocalFaultError, NotFoundError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.outgoing import Content, OutgoingText
from tests.api.loopback_origin import LoopbackOrigin, reply
from tests.api.recorder import TOKEN, Act

HELLO = Content((OutgoingText("hello"),))
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class World:
    api: LoopbackOrigin
    cdn: LoopbackOrigin
    foreign: LoopbackOrigin
    client: LinqClient
    media: MediaTransport

    def assert_token_stayed(self) -> None:
        carried = [each for each in (*self.cdn.heard, *self.foreign.heard) if _carries_token(each.headers)]
        assert carried == []
        assert all(each.header("authorization") == f"Bearer {TOKEN}" for each in self.api.heard)


def _carries_token(headers: tuple[tuple[str, str], ...]) -> bool:
    return any(name.lower() == "authorization" or TOKEN in value for name, value in headers)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with LoopbackOrigin() as api, LoopbackOrigin() as cdn, LoopbackOrigin() as foreign:
        media = MediaTransport(allows_loopback=True)
        client = LinqClient(Transport(f"{api.url}/api/partner", TOKEN), media)
        yield World(api, cdn, foreign, client, media)
        await client.close()


async def _drop(_: bytes) -> None:
    return None


def _slot(url: str) -> UploadSlot:
    return UploadSlot(AttachmentId("a"), 3, url, (("Content-Type", "image/png"),))


ACTS: list[tuple[str, Act]] = [
    ("chats", lambda it: it.list_chats()),
    ("chats/c1", lambda it: it.get_chat(ChatId("c1"))),
    ("chats/c1/messages", lambda it: it.send_message(ChatId("c1"), HELLO, key=LocalId("k"))),
    ("chats/c1/typing", lambda it: it.stop_typing(ChatId("c1"))),
    ("messages/m1", lambda it: it.edit_message(MessageId("m1"), "x")),
    ("messages/m1", lambda it: it.delete_message(MessageId("m1"))),
    ("contact_card", lambda it: it.get_contact_card(Handle("+14155550110"))),
]


@pytest.mark.parametrize("status", REDIRECTS)
async def test_no_redirect_of_the_api_is_followed(world: World, status: int) -> None:
    for path, act in ACTS:
        answer = reply(status, Location=f"{world.foreign.url}/v3/{path}")
        world.api.answers[f"/api/partner/v3/{path}"] = answer
        with pytest.raises(UnexpectedReplyError):
            await act(world.client)
    assert len(world.api.heard) == len(ACTS)
    assert world.foreign.heard == []
    world.assert_token_stayed()


async def test_an_absolute_cursor_stays_a_parameter(world: World) -> None:
    evil = f"{world.foreign.url}/v3/chats?cursor=2"
    page = json.dumps({"chats": [], "messages": [], "next_cursor": evil}).encode()
    for path in ("chats", "chats/c1/messages", "messages/m1/thread"):
        world.api.answers[f"/api/partner/v3/{path}"] = reply(200, page)
    assert (await world.client.list_chats()).next_cursor == evil
    await world.client.list_chats(cursor=evil)
    await world.client.list_messages(ChatId("c1"), cursor=evil)
    await world.client.list_thread(MessageId("m1"), cursor=f"//{evil}")
    assert len(world.api.heard) == 4
    assert world.foreign.heard == []
    world.assert_token_stayed()


async def test_an_id_that_is_an_address_stays_in_its_path(world: World) -> None:
    for evil in (
        world.foreign.url,
        f"//127.0.0.1:{world.foreign.port}/",
        "../../..",
        f"@{world.foreign.url}",
    ):
        with pytest.raises(NotFoundError):
            await world.client.get_message(MessageId(evil))
        with pytest.raises(NotFoundError):
            await world.client.mark_read(ChatId(evil))
    assert world.foreign.heard == []
    assert all(each.target.startswith("/api/partner/v3/") for each in world.api.heard)
    world.assert_token_stayed()


@pytest.mark.parametrize("status", REDIRECTS)
async def test_files_go_without_the_token_wherever_they_are_redirected(world: World, status: int) -> None:
    home = reply(status, Location=f"{world.api.url}/back")
    world.foreign.answers["/there"] = home
    world.cdn.answers["/file"] = reply(status, Location=f"{world.foreign.url}/there")
    world.cdn.answers["/up"] = reply(status, Location=f"{world.foreign.url}/up")
    with pytest.raises(NotFoundError):
        await world.media.download(f"{world.cdn.url}/file", _drop)
    assert [each.target for each in world.api.heard] == ["/back"]
    assert world.api.heard[0].header("authorization") is None
    with pytest.raises(LinqDeskError):
        await world.client.upload_attachment(_slot(f"{world.cdn.url}/up"), io.BytesIO(b"abc"))
    assert [each.target for each in world.foreign.heard] == ["/there"]
    world.api.heard.clear()
    world.assert_token_stayed()


async def test_files_on_every_origin_go_without_the_token(world: World) -> None:
    for origin in (world.cdn, world.foreign):
        origin.answers |= {"/file": reply(200, b"x"), "/up": reply(200)}
        await world.client.upload_attachment(_slot(f"{origin.url}/up"), io.BytesIO(b"abc"))
        await world.client.download(f"{origin.url}/file", _drop)
        await world.media.download(f"HTTP://LOCALHOST:{origin.port}/file", _drop)
    assert [len(origin.heard) for origin in (world.cdn, world.foreign)] == [3, 3]
    world.assert_token_stayed()


async def test_hosts_in_disguise_are_asked_nothing(world: World) -> None:
    port = world.foreign.port
    for address in (
        f"http://{TOKEN}@127.0.0.1:{port}/file",
        f"http://127.0.0.1:{world.api.port}@127.0.0.1:{port}/file",
        f"http://localhost.:{port}/file",
        f"http://LOCALHOST.:{port}/file",
        f"http://0.0.0.0:{port}/file",
        f"http://[::ffff:127.0.0.1]:{port}/file",
        f"http://2130706433:{port}/file",
        f"http:\\\\127.0.0.1:{port}\\file",
    ):
        with pytest.raises(LocalFaultError):
            await world.media.download(address, _drop)
        with pytest.raises(LocalFaultError):
            await world.client.upload_attachment(_slot(address), io.BytesIO(b"abc"))
    assert world.foreign.heard == []


def test_a_base_in_disguise_takes_no_token(world: World) -> None:
    port = world.foreign.port
    for base in (f"http://me@127.0.0.1:{port}", f"http://localhost.:{port}", f"http://example.com:{port}"):
        with pytest.raises(LocalFaultError):
            Transport(base, TOKEN)


async def test_an_upper_case_base_is_the_same_origin(world: World) -> None:
    client = LinqClient(Transport(f"HTTP://LOCALHOST:{world.api.port}/api/partner", TOKEN), world.media)
    with pytest.raises(NotFoundError):
        await client.list_phone_numbers()
    await client.close()
    assert len(world.api.heard) == 1
    world.assert_token_stayed()
