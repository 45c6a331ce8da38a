from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from linq import APIStatusError, BadRequestError, NotFoundError

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from tests.sandbox.conftest import Outsider
from tests.sandbox.vendor import vendors_client

BYTES = b"RIFF" + bytes(range(200))


def create(world: Outsider, **body: Any) -> Any:
    slot = {"filename": "bell.wav", "content_type": "audio/x-wav", "size_bytes": len(BYTES), **body}
    return world.api.post("/v3/attachments", json=slot)


def put(slot: Any, headers: Mapping[str, str] | None = None, body: bytes = BYTES) -> httpx.Response:
    wanted = {**slot["required_headers"], **(headers or {})}
    return httpx.put(slot["upload_url"], content=body, headers=wanted, trust_env=False)


def uploaded(world: Outsider, **body: Any) -> Any:
    slot = create(world, **body).json()
    assert put(slot).status_code == 200
    world.act("/world", {"advance_s": 2})
    return slot


def fetch(url: str, **headers: str) -> httpx.Response:
    return httpx.get(url, headers=headers, trust_env=False)


def send(world: Outsider, attachment_id: str) -> httpx.Response:
    message = {"parts": [{"type": "media", "attachment_id": attachment_id}]}
    return world.api.post(f"/v3/chats/{world.chat('Ana Ruiz')['id']}/messages", json={"message": message})


def refusal(reply: Any) -> tuple[int, int]:
    return reply.status_code, reply.json()["error"]["code"]


def test_a_file_goes_up_is_processed_and_comes_down_again(world: Outsider) -> None:
    slot = create(world).json()
    attachment_id = slot["attachment_id"]
    assert slot["required_headers"] == {"Content-Type": "audio/x-wav", "Content-Length": str(len(BYTES))}
    assert refusal(send(world, attachment_id)) == (404, 2007)
    assert put(slot).status_code == 200
    assert refusal(send(world, attachment_id)) == (404, 2007)
    world.act("/world", {"advance_s": 2})
    part = send(world, attachment_id).json()["message"]["parts"][0]
    assert (part["id"], part["filename"], part["mime_type"]) == (attachment_id, "bell.wav", "audio/x-wav")
    for url in (part["url"], world.get(f"/v3/attachments/{attachment_id}")["download_url"]):
        reply = fetch(url)
        assert (reply.content, reply.headers["Content-Type"]) == (BYTES, "audio/x-wav")
        assert reply.headers["Content-Length"] == str(len(BYTES))


def test_ranges_of_a_file_are_served(world: Outsider) -> None:
    url = world.get(f"/v3/attachments/{uploaded(world)['attachment_id']}")["download_url"]
    reply = fetch(url, Range="bytes=4-9")
    assert (reply.status_code, reply.content) == (206, BYTES[4:10])
    assert reply.headers["Content-Range"] == f"bytes 4-9/{len(BYTES)}"
    assert fetch(url, Range="bytes=900-").status_code == 416


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"filename": None}, (400, 1001)),
        ({"filename": ""}, (400, 1005)),
        ({"filename": "x" * 256}, (400, 1005)),
        ({"content_type": None}, (400, 1001)),
        ({"content_type": "audio/flac"}, (400, 5004)),
        ({"content_type": "application/x-msdownload"}, (400, 5004)),
        ({"size_bytes": None}, (400, 1001)),
        ({"size_bytes": 0}, (400, 1005)),
        ({"size_bytes": 1.5}, (400, 1005)),
        ({"size_bytes": 104_857_601}, (400, 5005)),
    ],
)
def test_a_slot_is_refused_for_what_the_documents_name(
    world: Outsider, body: dict[str, Any], expected: tuple[int, int]
) -> None:
    assert refusal(create(world, **body)) == expected


@pytest.mark.parametrize(
    ("declared", "kept", "delivered"),
    [
        ("audio/wav", "audio/x-wav", "audio/x-wav"),
        ("audio/mp3", "audio/mp3", "audio/mpeg"),
        ("image/jpg", "image/jpeg", "image/jpeg"),
    ],
)
def test_old_names_of_types_give_way_to_todays(
    world: Outsider, declared: str, kept: str, delivered: str
) -> None:
    slot = uploaded(world, content_type=declared)
    assert world.get(f"/v3/attachments/{slot['attachment_id']}")["content_type"] == kept
    assert send(world, slot["attachment_id"]).json()["message"]["parts"][0]["mime_type"] == delivered


def test_an_upload_must_be_what_was_announced(world: Outsider) -> None:
    slot = create(world).json()
    assert put(slot, {"Content-Length": str(len(BYTES) - 1)}, BYTES[:-1]).status_code == 403
    assert put(slot, {"Content-Type": "image/png"}).status_code == 403
    assert put(slot, {"Authorization": "Bearer sandbox-token"}).status_code == 400
    unsigned = {**slot, "upload_url": slot["upload_url"].partition("?")[0]}
    assert put(unsigned).status_code == 403
    elsewhere = {**slot, "upload_url": slot["upload_url"].replace(slot["attachment_id"], "none")}
    assert put(elsewhere).status_code == 404
    assert refusal(send(world, slot["attachment_id"])) == (404, 2007)
    assert put(slot).status_code == 200


def test_a_slot_lives_for_a_quarter_of_an_hour(world: Outsider) -> None:
    slot = create(world).json()
    world.act("/world", {"advance_s": 15 * 60 + 1})
    assert put(slot).status_code == 403
    assert refusal(send(world, slot["attachment_id"])) == (404, 2003)
    assert world.get(f"/v3/attachments/{slot['attachment_id']}")["status"] == "failed"


def test_an_address_runs_out_after_an_hour_and_a_fresh_one_is_given(world: Outsider) -> None:
    path = f"/v3/attachments/{uploaded(world)['attachment_id']}"
    url = world.get(path)["download_url"]
    world.act("/world", {"advance_s": 3_590})
    assert fetch(url).status_code == 200
    world.act("/world", {"advance_s": 20})
    assert fetch(url).status_code == 403
    fresh = world.get(path)["download_url"]
    assert fetch(fresh).status_code == 200
    world.act("/world", {"expire_media": True})
    assert fetch(fresh).status_code == 403
    assert fetch(world.get(path)["download_url"]).status_code == 200
    for wrong in (fresh[:-1] + "ü", fresh.partition("?")[0]):
        assert fetch(wrong).status_code == 403


@pytest.mark.parametrize("options", [SandboxOptions(variants={"media_urls": "long"})])
def test_long_lived_addresses_last_until_the_file_is_deleted(world: Outsider) -> None:
    path = f"/v3/attachments/{uploaded(world)['attachment_id']}"
    url = world.get(path)["download_url"]
    world.act("/world", {"advance_s": 90_000, "expire_media": True})
    assert fetch(url).status_code == 200
    assert world.api.delete(path).status_code == 204
    assert fetch(url).status_code == 404


def test_a_deleted_attachment_leaves_its_messages_without_a_file(world: Outsider) -> None:
    slot = uploaded(world)
    path = f"/v3/attachments/{slot['attachment_id']}"
    url = send(world, slot["attachment_id"]).json()["message"]["parts"][0]["url"]
    assert world.api.delete(path).status_code == 204
    assert fetch(url).status_code == 404
    assert refusal(world.api.get(path)) == (404, 2003)
    assert refusal(world.api.delete(path)) == (404, 2003)
    assert refusal(send(world, slot["attachment_id"])) == (404, 2003)


def test_files_sent_by_url_are_noted_and_never_fetched(world: Outsider) -> None:
    def sent(url: str) -> Any:
        message = {"parts": [{"type": "media", "url": url}]}
        path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/messages"
        return world.api.post(path, json={"message": message})

    part = sent("https://x.invalid/holiday%20photo.jpg?size=2").json()["message"]["parts"][0]
    assert (part["filename"], part["mime_type"]) == ("holiday photo.jpg", "image/jpeg")
    assert fetch(part["url"]).status_code == 404
    assert refusal(sent("https://x.invalid/setup.exe")) == (400, 5004)


def test_a_voice_memo_reaches_the_customer(world: Outsider) -> None:
    path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/voicememo"
    attachment_id = uploaded(world)["attachment_id"]
    told = world.api.post(path, json={"attachment_id": attachment_id})
    memo = told.json()["voice_memo"]
    assert (told.status_code, memo["voice_memo"]["id"]) == (202, attachment_id)
    assert memo["to"] == ["+14155550134"]
    world.act("/world", {"advance_s": 5})
    entry = world.control.get("/ledger").json()[0]
    assert (entry["kind"], entry["parts"][0]["filename"]) == ("voice_memo", "bell.wav")
    assert world.get(f"/v3/messages/{memo['id']}")["delivery_status"] == "read"


def test_a_voice_memo_is_one_audio_file_of_ten_megabytes(world: Outsider) -> None:
    path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/voicememo"
    big = "https://x.example/a.mp3"
    for body, expected in (
        ({}, (422, 1003)),
        ({"attachment_id": "a", "voice_memo_url": big}, (422, 1003)),
        ({"voice_memo_url": "http://x.example/a.mp3"}, (422, 1003)),
        ({"voice_memo_url": "https://x.example/a.png"}, (400, 5004)),
        ({"attachment_id": "none"}, (404, 2003)),
    ):
        assert refusal(world.api.post(path, json=body)) == expected
    assert world.api.post(path, json={"voice_memo_url": big}).status_code == 202


def test_the_vendors_client_sends_files_and_voice_memos(world: Outsider) -> None:
    chat_id = world.chat("Ana Ruiz")["id"]
    with vendors_client(world) as linq:
        slot = linq.attachments.create(filename="bell.wav", content_type="audio/x-wav", size_bytes=len(BYTES))
        httpx.put(slot.upload_url, content=BYTES, headers=slot.required_headers, trust_env=False)
        with pytest.raises(NotFoundError):
            linq.chats.send_voicememo(chat_id, attachment_id=slot.attachment_id)
        world.act("/world", {"advance_s": 2})
        assert linq.attachments.retrieve(slot.attachment_id).status == "complete"
        memo = linq.chats.send_voicememo(chat_id, attachment_id=slot.attachment_id).voice_memo
        assert memo.voice_memo.size_bytes == len(BYTES)
        linq.chats.messages.send(
            chat_id, message={"parts": [{"type": "media", "attachment_id": slot.attachment_id}]}
        )
        assert len(linq.chats.messages.list(chat_id).messages) >= 2
        linq.attachments.delete(slot.attachment_id)
        with pytest.raises(NotFoundError):
            linq.attachments.retrieve(slot.attachment_id)
        with pytest.raises(BadRequestError):
            linq.attachments.create(filename="a", content_type="image/png", size_bytes=200_000_000)
        with pytest.raises(APIStatusError):
            linq.chats.send_voicememo(chat_id)


def test_faults_meet_the_second_origin_too(world: Outsider) -> None:
    url = world.get(f"/v3/attachments/{uploaded(world)['attachment_id']}")["download_url"]
    world.act("/faults", [{"match": {"path": "^/attachments/", "nth": 1}, "do": {"status": 503}}])
    assert [fetch(url).status_code for _ in range(2)] == [503, 200]
    world.act("/faults", [{"match": {"path": "^/attachments/"}, "do": {"truncate_at": 10}}])
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(url)


def test_uploads_go_with_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with SandboxServer(SandboxOptions()) as address:
        headers = {"Authorization": f"Bearer {address.token}"}
        with httpx.Client(base_url=address.base_url, headers=headers, trust_env=False) as api:
            body = {"filename": "a.wav", "content_type": "audio/x-wav", "size_bytes": len(BYTES)}
            put(api.post("/v3/attachments", json=body).json())
        assert [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()] == [BYTES]
    assert list(tmp_path.iterdir()) == []


def test_a_voice_memo_over_ten_megabytes_is_refused(world: Outsider) -> None:
    body = bytes(10_000_001)
    slot = create(world, size_bytes=len(body)).json()
    assert put(slot, body=body).status_code == 200
    world.act("/world", {"advance_s": 2})
    path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/voicememo"
    reply = world.api.post(path, json={"attachment_id": slot["attachment_id"]})
    assert refusal(reply) == (413, 5001)


def test_a_download_can_break_off_anywhere(world: Outsider) -> None:
    body = bytes(range(256)) * 1_000
    slot = create(world, size_bytes=len(body)).json()
    put(slot, body=body)
    world.act("/world", {"advance_s": 2})
    url = world.get(f"/v3/attachments/{slot['attachment_id']}")["download_url"]
    world.act("/faults", [{"match": {"path": "^/attachments/"}, "do": {"truncate_at": 200_000}}])
    received = bytearray()

    def read(reply: httpx.Response) -> None:
        for chunk in reply.iter_raw():
            received.extend(chunk)

    with httpx.stream("GET", url, trust_env=False) as reply, pytest.raises(httpx.RemoteProtocolError):
        read(reply)
    assert body.startswith(received)
    assert 65_536 < len(received) <= 200_000


def test_customers_send_the_files_that_come_with_the_sandbox(world: Outsider) -> None:
    chat_id = world.chat("Ana Ruiz")["id"]
    parts = [{"type": "media", "sample": "lake.jpg"}, {"type": "text", "value": "look"}]
    told = world.act("/inbound", {"from": "+14155550134", "chat_id": chat_id, "parts": parts})
    media = told["parts"][0]
    assert (media["filename"], media["mime_type"]) == ("lake.jpg", "image/jpeg")
    assert len(fetch(media["url"]).content) == media["size_bytes"]
    wrong = {"from": "+14155550134", "chat_id": chat_id, "parts": [{"type": "media", "sample": "none"}]}
    assert world.control.post("/inbound", json=wrong).status_code == 400


@pytest.mark.parametrize("cut_at", [0, 100, 10_000])
def test_an_upload_can_be_cut_off_at_any_byte(world: Outsider, cut_at: int) -> None:
    world.act("/faults", [{"match": {"method": "PUT"}, "do": {"cut_at": cut_at}}])
    slot = create(world).json()
    with pytest.raises(httpx.TransportError):
        put(slot)
    world.act("/faults", [])
    assert world.get(f"/v3/attachments/{slot['attachment_id']}")["status"] == "pending"
    assert put(slot).status_code == 200


def test_an_upload_can_be_slow(world: Outsider) -> None:
    world.act("/faults", [{"match": {"method": "PUT"}, "do": {"slow_bytes_per_s": 10_000}}])
    assert put(create(world).json()).status_code == 200


@pytest.mark.parametrize("options", [SandboxOptions(variants={"voice_memo": "url"})])
def test_voice_memos_may_be_known_by_address_alone(world: Outsider) -> None:
    path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/voicememo"
    attachment_id = uploaded(world)["attachment_id"]
    assert refusal(world.api.post(path, json={"attachment_id": attachment_id})) == (422, 1003)
    url = world.get(f"/v3/attachments/{attachment_id}")["download_url"]
    assert world.api.post(path, json={"voice_memo_url": url}).status_code == 202
