"""Attachments and voice memos: ask for a slot, upload, send, get, delete."""

import asyncio
from io import BytesIO

import httpx
import pytest
from linq.types import AttachmentCreateResponse, MessageContentParam, SupportedContentType

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.ids import AttachmentId
from tests.contract.sdk import TRUST, Sdk
from tests.contract.world import NOWHERE, Account, Talk, World

PROCESSED_S = 60
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(5_000)
SOUND = b"ID3" + bytes(3_000)


def slot(
    sdk: Sdk, content: bytes = PICTURE, name: str = "bike.png", kind: SupportedContentType = "image/png"
) -> AttachmentCreateResponse:
    """Ask for a place to upload to."""
    return sdk(
        lambda linq: linq.attachments.create(filename=name, content_type=kind, size_bytes=len(content))
    )


def put(
    place: AttachmentCreateResponse, content: bytes = PICTURE, other: dict[str, str] | None = None
) -> httpx.Response:
    """Upload as the documents say, the raw bytes and every required header; `other` headers are wrong."""
    headers = {**place.required_headers, **(other or {})}
    return httpx.put(place.upload_url, content=content, headers=headers, verify=TRUST, trust_env=False)


def uploaded(
    sdk: Sdk, world: World, content: bytes, name: str, kind: SupportedContentType
) -> AttachmentCreateResponse:
    """Upload a file and wait until Linq has processed it."""
    place = slot(sdk, content, name, kind)
    assert put(place, content).is_success
    world.act(advance_s=PROCESSED_S)
    return place


def media(attachment_id: str) -> MessageContentParam:
    return {"parts": [{"type": "media", "attachment_id": attachment_id}]}


def test_a_file_is_uploaded_sent_twice_and_downloaded(sdk: Sdk, world: World, talk: Talk) -> None:
    place = slot(sdk)
    assert sdk.status == 200
    assert place.http_method == "PUT"
    assert put(place).is_success
    world.act(advance_s=PROCESSED_S)
    for _ in range(2):
        sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=media(place.attachment_id)))
    world.act(advance_s=60)
    assert len(world.ledger()) == 2
    sent = sdk.every(lambda linq: linq.chats.messages.list(talk.chat_id, limit=1))[0]
    (part,) = sent.parts or []
    assert part.type == "media"
    assert (part.id, part.filename, part.mime_type, part.size_bytes) == (
        place.attachment_id,
        "bike.png",
        "image/png",
        len(PICTURE),
    )
    assert httpx.get(part.url, verify=TRUST, trust_env=False).content == PICTURE


@pytest.mark.parametrize(("variants", "lasts"), [({}, False), ({"media_urls": "long"}, True)])
def test_the_address_of_a_file_lasts_an_hour_or_longer(
    sdk: Sdk, world: World, talk: Talk, lasts: bool
) -> None:
    place = uploaded(sdk, world, PICTURE, "bike.png", "image/png")
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=media(place.attachment_id)))
    sent = sdk.every(lambda linq: linq.chats.messages.list(talk.chat_id, limit=1))[0]
    (part,) = sent.parts or []
    assert part.type == "media"
    world.act(advance_s=3_601)
    assert httpx.get(part.url, verify=TRUST, trust_env=False).is_success is lasts


async def uploaded_by_us(account: Account) -> AttachmentId:
    """Let our client upload the picture; returns its id."""
    client = LinqClient(Transport(account.base_url, account.token))
    place = await client.create_attachment("bike.png", "image/png", len(PICTURE))
    await client.upload_attachment(place, BytesIO(PICTURE))
    await client.close()
    return place.attachment_id


def test_what_our_client_uploads_the_vendors_sends(
    sdk: Sdk, account: Account, world: World, talk: Talk
) -> None:
    attachment_id = asyncio.run(uploaded_by_us(account))
    world.act(advance_s=PROCESSED_S)
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=media(attachment_id)))
    got = sdk(lambda linq: linq.attachments.retrieve(attachment_id))
    assert got.download_url is not None
    assert httpx.get(got.download_url, verify=TRUST, trust_env=False).content == PICTURE


def test_an_attachment_is_got_with_a_fresh_address(sdk: Sdk, world: World) -> None:
    place = uploaded(sdk, world, PICTURE, "bike.png", "image/png")
    world.act(advance_s=2 * 3_600)
    got = sdk(lambda linq: linq.attachments.retrieve(place.attachment_id))
    assert sdk.status == 200
    assert (got.id, got.filename, got.content_type, got.size_bytes) == (
        place.attachment_id,
        "bike.png",
        "image/png",
        len(PICTURE),
    )
    assert got.download_url is not None
    assert httpx.get(got.download_url, verify=TRUST, trust_env=False).content == PICTURE


@pytest.mark.usefixtures("world")
def test_what_is_still_processed_is_not_sent(sdk: Sdk, talk: Talk) -> None:
    place = slot(sdk)
    assert put(place).is_success
    assert sdk.refusal(
        lambda linq: linq.chats.messages.send(talk.chat_id, message=media(place.attachment_id))
    ) == (404, 2007)


def test_an_attachment_that_is_none_is_not_sent(sdk: Sdk, talk: Talk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.messages.send(talk.chat_id, message=media(NOWHERE))) == (
        404,
        2003,
    )


def test_a_slot_lasts_fifteen_minutes(sdk: Sdk, world: World) -> None:
    place = slot(sdk)
    world.act(advance_s=15 * 60 + 1)
    assert put(place).status_code == 403


def test_an_upload_has_the_headers_and_the_size_that_were_promised(sdk: Sdk) -> None:
    place = slot(sdk)
    longer = PICTURE + b"more"
    assert not put(place, longer, {"Content-Length": str(len(longer))}).is_success
    assert not put(place, other={"Content-Type": "image/jpeg"}).is_success
    assert not put(place, other={"Authorization": "Bearer token"}).is_success
    assert put(place).is_success


@pytest.mark.parametrize("content_type", ["audio/flac", "audio/ogg", "application/x-msdownload"])
def test_a_type_that_phones_do_not_know_is_refused(sdk: Sdk, content_type: str) -> None:
    assert sdk.refusal(
        lambda linq: linq.attachments.create(
            filename="file",
            content_type="image/png",
            size_bytes=1,
            extra_body={"content_type": content_type},
        )
    ) == (400, 5004)


def test_a_file_has_100_mib_at_most(sdk: Sdk) -> None:
    assert sdk.refusal(
        lambda linq: linq.attachments.create(
            filename="film.mp4", content_type="video/mp4", size_bytes=104_857_601
        )
    ) == (400, 5005)


@pytest.mark.parametrize("name", ["", "n" * 256])
def test_a_filename_has_1_to_255_characters(sdk: Sdk, name: str) -> None:
    refused = sdk.refused(
        lambda linq: linq.attachments.create(filename=name, content_type="image/png", size_bytes=1)
    )
    assert refused.status_code == 400


def test_a_deleted_attachment_is_gone(sdk: Sdk, world: World, talk: Talk) -> None:
    place = uploaded(sdk, world, PICTURE, "bike.png", "image/png")
    sdk(lambda linq: linq.attachments.delete(place.attachment_id))
    assert sdk.status == 204
    assert sdk.refusal(lambda linq: linq.attachments.retrieve(place.attachment_id)) == (404, 2003)
    assert sdk.refusal(lambda linq: linq.attachments.delete(place.attachment_id)) == (404, 2003)
    assert sdk.refusal(
        lambda linq: linq.chats.messages.send(talk.chat_id, message=media(place.attachment_id))
    ) == (404, 2003)


def test_an_attachment_that_is_none_is_not_found(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.attachments.retrieve(NOWHERE)) == (404, 2003)
    assert sdk.refusal(lambda linq: linq.attachments.delete(NOWHERE)) == (404, 2003)


def test_a_voice_memo_is_sent_from_an_upload(sdk: Sdk, world: World, talk: Talk) -> None:
    place = uploaded(sdk, world, SOUND, "memo.mp3", "audio/mpeg")
    memo = sdk(
        lambda linq: linq.chats.send_voicememo(talk.chat_id, attachment_id=place.attachment_id)
    ).voice_memo
    assert sdk.status == 202
    assert (memo.chat.id, memo.to) == (talk.chat_id, [talk.customer])
    assert (memo.voice_memo.filename, memo.voice_memo.size_bytes) == ("memo.mp3", len(SOUND))
    world.act(advance_s=60)
    assert [entry["chat_id"] for entry in world.ledger("voice_memo")] == [talk.chat_id]


def test_a_voice_memo_is_sent_from_an_address(sdk: Sdk, world: World, talk: Talk) -> None:
    memo = sdk(
        lambda linq: linq.chats.send_voicememo(talk.chat_id, voice_memo_url="https://example.com/hello.m4a")
    ).voice_memo
    assert sdk.status == 202
    assert memo.voice_memo.filename == "hello.m4a"
    world.act(advance_s=60)
    assert len(world.ledger("voice_memo")) == 1


def test_a_voice_memo_has_one_source(sdk: Sdk, talk: Talk) -> None:
    url = "https://example.com/hello.m4a"
    neither = sdk.refused(lambda linq: linq.chats.send_voicememo(talk.chat_id))
    both = sdk.refused(
        lambda linq: linq.chats.send_voicememo(talk.chat_id, voice_memo_url=url, attachment_id=NOWHERE)
    )
    assert {neither.status_code, both.status_code} <= {400, 422}


def test_a_voice_memo_has_10_mb_at_most(sdk: Sdk, world: World, talk: Talk) -> None:
    place = uploaded(sdk, world, bytes(10 * 1024 * 1024 + 1), "long.mp3", "audio/mpeg")
    assert sdk.refusal(
        lambda linq: linq.chats.send_voicememo(talk.chat_id, attachment_id=place.attachment_id)
    ) == (413, 5001)


def test_a_voice_memo_is_audio(sdk: Sdk, world: World, talk: Talk) -> None:
    place = uploaded(sdk, world, PICTURE, "bike.png", "image/png")
    refused = sdk.refused(
        lambda linq: linq.chats.send_voicememo(talk.chat_id, attachment_id=place.attachment_id)
    )
    assert refused.status_code in {400, 422}


def test_a_voice_memo_goes_into_a_chat_that_is_there(sdk: Sdk, talk: Talk) -> None:
    url = "https://example.com/hello.m4a"
    assert sdk.refusal(lambda linq: linq.chats.send_voicememo(NOWHERE, voice_memo_url=url)) == (404, 2001)
    assert sdk.refusal(lambda linq: linq.chats.send_voicememo(talk.chat_id, attachment_id=NOWHERE)) == (
        404,
        2003,
    )
