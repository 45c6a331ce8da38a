from typing import Any

import httpx
import pytest
from PIL import Image

from linqdesk.sandbox.contents import ANIMATIONS, EFFECTS, STYLES
from linqdesk.sandbox.options import SandboxOptions
from tests.media_maker.__main__ import FOLDER
from tests.sandbox.conftest import Outsider

SUFFIXES = {
    *("jpg", "png", "gif", "webp", "bmp", "tiff", "heic", "mp4"),
    *("mp3", "m4a", "aac", "caf", "wav", "aiff", "amr"),
    *("pdf", "zip", "txt", "docx", "vcf", "ics"),
}


@pytest.fixture
def options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


def messages(world: Outsider) -> list[Any]:
    chats = world.get("/v3/chats", limit=100)["chats"]
    pages = [world.get(f"/v3/chats/{chat['id']}/messages", limit=100) for chat in chats]
    assert all(page["next_cursor"] is None for page in pages)
    return [message for page in pages for message in page["messages"]]


def parts(world: Outsider, kind: str) -> list[Any]:
    return [part for message in messages(world) for part in message["parts"] if part["type"] == kind]


def test_every_style_animation_and_effect_appears(world: Outsider) -> None:
    marks = [mark for part in parts(world, "text") for mark in part["text_decorations"] or []]
    assert {mark.get("style") for mark in marks} >= STYLES
    assert {mark.get("animation") for mark in marks} >= ANIMATIONS
    effects = [message["effect"] for message in messages(world) if message["effect"] is not None]
    for kind, names in EFFECTS.items():
        assert {effect["name"] for effect in effects if effect["type"] == kind} >= names
    assert any(effect["name"] not in EFFECTS["screen"] | EFFECTS["bubble"] for effect in effects)


def test_every_kind_of_file_appears_and_most_can_be_fetched(world: Outsider) -> None:
    media = parts(world, "media")
    assert {part["filename"].rpartition(".")[2] for part in media} >= SUFFIXES
    counts = [len(each["parts"]) for each in messages(world)]
    assert max(counts) >= 9
    fetched = {part["filename"]: httpx.head(part["url"], trust_env=False) for part in media}
    assert {reply.status_code for reply in fetched.values()} == {200, 403, 404, 500}
    for part in media:
        reply = fetched[part["filename"]]
        if reply.status_code == 200:
            assert reply.headers["Content-Type"].partition(";")[0] == part["mime_type"]


def test_what_is_lost_stays_lost_and_what_ran_out_stays_so(world: Outsider) -> None:
    found = {part["filename"]: part for part in parts(world, "media")}
    assert world.api.get(f"/v3/attachments/{found['deleted.jpg']['id']}").status_code == 404
    again = world.get(f"/v3/attachments/{found['last summer.jpg']['id']}")["download_url"]
    assert httpx.get(again, trust_env=False).status_code == 403


def test_every_reaction_reply_and_state_of_delivery_appears(world: Outsider) -> None:
    told = messages(world)
    reactions = [each for message in told for part in message["parts"] for each in part["reactions"] or []]
    assert {each["type"] for each in reactions} >= {
        *("love", "like", "dislike", "laugh", "emphasize", "question", "custom", "sticker")
    }
    sticker = next(each["sticker"] for each in reactions if each["type"] == "sticker")
    assert httpx.get(sticker["url"], trust_env=False).headers["Content-Type"] == "image/png"
    assert {message["delivery_status"] for message in told} == {
        *("pending", "queued", "sent", "delivered", "received", "read", "failed")
    }
    ids = {message["id"] for message in told}
    targets = {message["reply_to"]["message_id"] for message in told if message["reply_to"] is not None}
    assert targets & ids
    assert targets - ids


def test_threads_end_although_replies_run_in_a_circle(world: Outsider) -> None:
    told = {
        part["value"]: message for message in messages(world) for part in message["parts"] if "value" in part
    }
    sizes = {
        text: len(world.get(f"/v3/messages/{told[text]['id']}/thread")["messages"])
        for text in ("The egg came first", "This answers itself", "This answers a message that is gone")
    }
    assert list(sizes.values()) == [2, 1, 1]
    assert len(world.get(f"/v3/messages/{told['1.9 kg with its bag.']['id']}/thread")["messages"]) == 5


def test_cards_and_unknown_parts_appear(world: Outsider) -> None:
    kinds = {part["type"] for message in messages(world) for part in message["parts"]}
    assert kinds == {"text", "media", "link", "imessage_app", "app_clip", "hologram"}
    assert any(message["parts"] == [] for message in messages(world))
    assert any(message["updated_at"] != message["created_at"] for message in messages(world))


def test_a_group_changes_while_one_watches(world: Outsider) -> None:
    chat_id = world.chat("Changing group")["id"]
    world.act("/world", {"advance_s": 60})
    chat = world.get(f"/v3/chats/{chat_id}")
    assert chat["display_name"] == "Saturday, the long loop"
    statuses = [handle["status"] for handle in chat["handles"]]
    assert statuses == ["active", "active", "active", "active", "left", "active"]


def test_the_pictures_are_what_their_names_say() -> None:
    formats = {".jpg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP", ".bmp": "BMP", ".tiff": "TIFF"}
    for file in FOLDER.iterdir():
        if file.suffix in formats and file.stem not in {"damaged", "enormous"}:
            with Image.open(file) as picture:
                picture.load()
                assert picture.format == formats[file.suffix]
    with Image.open(FOLDER / "wheels.gif") as gif:
        assert getattr(gif, "n_frames", 1) > 4


def test_the_files_are_small_together() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 1_500_000
