"""Every file of the gallery comes to this computer, or says why not, and every picture is decoded."""

from collections import Counter
from functools import partial

import pytest

from linqdesk.domain.message import MediaPart, Message
from linqdesk.local.picture_decoder import DecodedPicture, PictureError, PictureRequest
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.store.media import MediaState
from linqdesk.ui.media.media_words import is_picture
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

Files = list[tuple[Message, int, MediaPart]]


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


async def all_files(agent: Agent) -> Files:
    found: Files = []
    for chat_id in agent.desk.cache.chat_ids():
        agent.desk.window.open_chat(chat_id)
        await until(lambda: agent.desk.session.is_settled and agent.shown(), "the chat is read")
        for row in agent.desk.cache.rows(chat_id):
            parts = row.content.parts if isinstance(row.content, Message) else ()
            for index, part in enumerate(parts):
                if isinstance(part, MediaPart) and isinstance(row.content, Message):
                    found.append((row.content, index, part))
    return found


@at_the_desk
async def test_every_file_arrives_or_says_why(agent: Agent) -> None:
    desk = agent.desk
    files = await all_files(agent)
    assert len(files) > 20
    for message, index, _ in files:
        desk.session.media.retry(message, index)
    await until(lambda: desk.session.is_settled, "all files are here or refused")
    states = Counter(desk.cache.media(part.attachment_id).state for _, _, part in files)
    assert states[MediaState.READY] > 20
    assert states[MediaState.GONE] >= 1
    assert states[MediaState.FAILED] >= 1
    assert set(states) <= {MediaState.READY, MediaState.GONE, MediaState.FAILED}
    await pictures_are_decoded(agent, files)
    requests = await agent.outside.requests()
    assert all(each["path"].startswith("/api") for each in requests if each["has_token"])


async def pictures_are_decoded(agent: Agent, files: Files) -> None:
    desk = agent.desk
    outcomes: dict[str, object] = {}
    for _, _, part in files:
        path = desk.cache.media(part.attachment_id).path
        if is_picture(part) and path is not None:
            request = PictureRequest(380, 420, 1_000_000)
            desk.session.media.decode_picture(path, request, partial(outcomes.__setitem__, part.filename))
    await until(lambda: desk.session.is_settled, "all pictures are decoded")
    assert len(outcomes) >= 7
    refused = {name for name, each in outcomes.items() if isinstance(each, PictureError)}
    assert refused == {"damaged.jpg", "enormous.png"}
    assert all(isinstance(each, DecodedPicture) for name, each in outcomes.items() if name not in refused)


@at_the_desk
async def test_media_that_expired_while_the_chat_was_open_are_fetched_by_a_fresh_address(
    agent: Agent,
) -> None:
    files = await all_files(agent)
    await agent.outside.world(expire_media=True)
    message, index, part = next(each for each in files if each[2].filename.endswith(".png"))
    agent.desk.session.media.want(message, index)
    await until(lambda: agent.desk.session.is_settled, "the picture is here")
    assert agent.desk.cache.media(part.attachment_id).state is MediaState.READY


@at_the_desk
async def test_a_picture_is_saved_under_its_own_name(
    agent: Agent, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = await all_files(agent)
    folder = tmp_path_factory.mktemp("Downloads")
    message, index, _ = next(each for each in files if each[2].filename.endswith(".png"))
    outcomes: list[object] = []
    agent.desk.session.media.save(message, index, folder / "picture.png", outcomes.append)
    await until(lambda: outcomes, "it is saved")
    assert outcomes == [folder / "picture.png"]
    assert (folder / "picture.png").read_bytes().startswith(b"\x89PNG")
