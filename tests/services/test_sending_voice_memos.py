"""Voice memos have no key: they go once, and what is ambiguous is looked for and then asked about (F4)."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import AttachmentId, LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingVoiceMemo
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer
from tests.services.sending_desk import MEDIA, SendingDesk

MEMO = {"method": "POST", "path": "/voicememo$"}
LIST = {"method": "GET", "path": "/messages$"}
# The delay gives Linq its time to look at what was uploaded; before that it takes no memo of it.
ACCEPTED: dict[str, object] = {"delay_s": 10, "drop": "after"}
FORMATS = (
    "tune.mp3",
    "voice memo.m4a",
    "tune.aac",
    "bell.caf",
    "bell.wav",
    "bell.aiff",
    "voice memo.amr",
)


@pytest.fixture
def options() -> SandboxOptions:
    return SandboxOptions(chats=2, messages=2, speed="fast")


@pytest.fixture
def sandbox(options: SandboxOptions) -> Iterator[SandboxAddress]:
    with SandboxServer(options) as address:
        yield address


@pytest.fixture
async def desk(sandbox: SandboxAddress, tmp_path: Path) -> AsyncIterator[SendingDesk]:
    made = SendingDesk(sandbox, tmp_path)
    await made.start()
    yield made
    await made.close()


async def memo(desk: SendingDesk, name: str = "voice memo.m4a") -> OutgoingVoiceMemo:
    return OutgoingVoiceMemo(await desk.take(MEDIA / name))


async def memos_asked(desk: SendingDesk) -> int:
    return len(await desk.asked("/voicememo"))


async def test_recordings_of_every_kind_are_heard_as_voice_memos(desk: SendingDesk) -> None:
    sent = [await memo(desk, name) for name in FORMATS]
    for each in sent:
        await desk.send(each)
    await desk.until_sent()
    assert await desk.hashes_received("voice_memo") == [each.file.sha256 for each in sent]
    assert await desk.received() == []


@pytest.mark.parametrize("do", [ACCEPTED, {"status": 500}, {"body": "<html>sign in</html>"}])
async def test_an_ambiguous_memo_is_never_repeated_unasked(desk: SendingDesk, do: dict[str, object]) -> None:
    await desk.outside.fault({"match": {**MEMO, "nth": 1}, "do": do})
    await desk.send(await memo(desk))
    has_arrived = do == ACCEPTED
    if has_arrived:
        await desk.until_sent()
    else:
        failed = await desk.until_failed()
        assert isinstance(failed.failure, LocalFaultError)
        assert "Send it again?" in failed.failure.message
    assert len(await desk.received("voice_memo")) == has_arrived
    if not has_arrived:
        desk.session.sending.retry(desk.unsent()[0].local_id)
        await desk.until_sent()
        assert len(await desk.received("voice_memo")) == 1


async def test_a_memo_that_arrived_is_found_although_reading_fails_at_first(desk: SendingDesk) -> None:
    await desk.outside.fault(
        {"match": {**MEMO, "nth": 1}, "do": ACCEPTED},
        {"match": {**LIST, "probability": 0.7}, "do": {"status": 502}},
    )
    await desk.send(await memo(desk))
    await desk.until_sent()
    assert await memos_asked(desk) == 1


@pytest.mark.parametrize("do", [{"status": 429, "retry_after": 1}, {"code": 2007, "status": 404}])
async def test_a_memo_that_was_certainly_not_sent_goes_again(
    desk: SendingDesk, do: dict[str, object]
) -> None:
    await desk.outside.fault({"match": {**MEMO, "nth": 1}, "do": do})
    await desk.send(await memo(desk))
    await desk.until_sent()
    assert len(await desk.received("voice_memo")) == 1


async def test_two_memos_of_the_same_recording_are_told_apart(desk: SendingDesk) -> None:
    first, second = await memo(desk), await memo(desk)
    assert first.file.sha256 == second.file.sha256
    await desk.send(first)
    await desk.until_sent()
    await desk.outside.fault({"match": {**MEMO, "nth": 1}, "do": {"status": 500}})
    await desk.send(second)
    await desk.until_failed()
    assert len(await desk.received("voice_memo")) == 1


async def test_after_a_crash_a_memo_is_looked_for_before_anything_else(desk: SendingDesk) -> None:
    given = await memo(desk)
    await desk.send(given)
    await desk.until_sent()
    ((part,),) = await desk.received("voice_memo")
    sent = OutgoingVoiceMemo(replace(given.file, attachment_id=AttachmentId(part["id"])))
    at = datetime.now(UTC)
    left = OutgoingMessage(LocalId("left"), desk.chat, None, at, Content((sent,)), OutgoingState.SENDING)
    await desk.journal.add([left])
    asked = await memos_asked(desk)
    await desk.restart()
    await desk.until_sent()
    assert (await desk.journal.load()).messages == ()
    assert await memos_asked(desk) == asked


async def test_a_memo_that_cannot_be_noted_does_not_leave(desk: SendingDesk) -> None:
    given = await memo(desk)
    desk.journal.is_full = True
    await desk.send(given)
    failed = await desk.until_failed()
    assert isinstance(failed.failure, LocalFaultError)
    assert await memos_asked(desk) == 0


@pytest.mark.parametrize(
    "options", [SandboxOptions(chats=2, messages=2, speed="fast", variants={"voice_memo": "url"})]
)
async def test_where_linq_knows_memos_by_address_alone_they_go_so(desk: SendingDesk) -> None:
    given = await memo(desk)
    await desk.send(given)
    await desk.until_sent()
    (parts,) = await desk.received("voice_memo")
    assert parts[0]["filename"] == "voice memo.m4a"
    assert await memos_asked(desk) >= 2
    assert len(await desk.received("voice_memo")) == 1


async def test_a_memo_keeps_its_place_among_messages(desk: SendingDesk) -> None:
    await desk.send(OutgoingText("before"))
    await desk.send(await memo(desk))
    await desk.send(OutgoingText("after"))
    await desk.until_sent()
    kinds = [each["kind"] for each in await desk.outside.ledger()]
    assert [each for each in kinds if each in {"message", "voice_memo"}] == [
        "message",
        "voice_memo",
        "message",
    ]
