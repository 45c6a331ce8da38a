"""Files go out once, whole and in order; the sandbox's ledger is the judge."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.outgoing import Draft, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, PastedFile
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer
from linqdesk.store.changes import Change, UploadMoved
from linqdesk.store.uploads import UploadState
from linqdesk.ui.models.own_files import media_message
from tests.journeys.outside import until
from tests.services.sending_desk import MEDIA, SendingDesk

PUT = {"method": "PUT", "path": "^/uploads/"}
CREATE = {"method": "POST", "path": "/attachments$"}
SEND = {"method": "POST", "path": "/messages$"}


FAST = SandboxOptions(chats=2, messages=2, speed="fast")
# Where time is fast, nothing is slow.
SLOW = SandboxOptions(chats=2, messages=2)


@pytest.fixture
def options() -> SandboxOptions:
    return FAST


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


def left(desk: SendingDesk) -> list[Path]:
    return list((desk.folder / "unsent" / "files").iterdir())


async def test_text_files_and_text_arrive_as_one_message_byte_for_byte(desk: SendingDesk) -> None:
    files = [await desk.take(MEDIA / name) for name in ("dawn.jpg", "invoice 20418.pdf", "rolling.mp4")]
    await desk.send(OutgoingText("Look"), *files[:2], OutgoingText("and"), files[2])
    await desk.until_sent()
    (parts,) = await desk.received()
    assert [part.get("value", part.get("filename")) for part in parts] == [
        "Look",
        "dawn.jpg",
        "invoice 20418.pdf",
        "and",
        "rolling.mp4",
    ]
    assert await desk.hashes_received() == [file.sha256 for file in files]
    await until(lambda: not left(desk), "the copies are gone")


async def test_what_was_sent_need_not_be_fetched_to_be_shown(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    await desk.send(file)
    await desk.until_sent()
    ((part,),) = await desk.received()
    shown = desk.media.find(AttachmentId(part["id"]))
    assert shown is not None
    assert hashlib.sha256(shown.read_bytes()).hexdigest() == file.sha256


async def test_what_waits_behind_a_file_keeps_its_place(desk: SendingDesk) -> None:
    file = await desk.take_picture(3_000_000)
    await desk.send(file)
    await desk.send(OutgoingText("after"))
    await desk.until_sent()
    assert [parts[0]["type"] for parts in await desk.received()] == ["media", "text"]


async def test_progress_is_told_from_nothing_to_all(desk: SendingDesk) -> None:
    file = await desk.take_picture(4_000_000)
    heard: list[tuple[UploadState, int]] = []

    def hear(change: Change) -> None:
        if change == UploadMoved(file.key):
            upload = desk.cache.uploads.of(file.key)
            assert upload is not None
            assert 0 <= upload.progress <= 1
            heard.append((upload.state, upload.sent_bytes))

    desk.cache.subscribe(hear)
    await desk.send(file)
    await desk.until_sent()
    assert heard[0] == (UploadState.WAITING, 0)
    assert heard[-1] == (UploadState.DONE, 4_000_000)
    assert heard == sorted(heard, key=lambda step: step[1])
    assert desk.cache.uploads.of(file.key) is None


@pytest.mark.parametrize("tenth", range(10))
async def test_an_upload_that_is_cut_off_starts_over(desk: SendingDesk, tenth: int) -> None:
    file = await desk.take_picture(1_000_000)
    await desk.outside.fault({"match": {**PUT, "nth": 1}, "do": {"cut_at": tenth * 100_000}})
    await desk.send(file)
    await desk.until_sent()
    assert await desk.hashes_received() == [file.sha256]
    assert await desk.attachments_created() == 2


@pytest.mark.parametrize("do", [{"status": 403}, {"status": 500}, {"drop": "after"}, {"drop": "before"}])
async def test_a_refused_slot_is_asked_for_anew(desk: SendingDesk, do: dict[str, object]) -> None:
    file = await desk.take_picture()
    await desk.outside.fault({"match": {**PUT, "nth": 1}, "do": do})
    await desk.send(file)
    await desk.until_sent()
    assert await desk.hashes_received() == [file.sha256]
    assert await desk.attachments_created() == 2


async def test_a_slot_that_expires_on_the_way_is_asked_for_anew(desk: SendingDesk) -> None:
    file = await desk.take_picture(100_000)
    await desk.outside.fault({"match": {**PUT, "nth": 1}, "do": {"delay_s": 1_200}})
    await desk.send(file)
    await until(lambda: desk.cache.uploads.of(file.key) is not None, "it is under way")
    await desk.outside.world(advance_s=1_000)
    await desk.until_sent()
    assert await desk.hashes_received() == [file.sha256]


async def test_after_four_broken_uploads_the_agent_decides(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    await desk.outside.fault({"match": PUT, "do": {"status": 403}})
    await desk.send(file)
    await desk.send(OutgoingText("after"))
    failed = await desk.until_failed()
    assert isinstance(failed.failure, NotFoundError)
    assert await desk.attachments_created() == 4
    upload = desk.cache.uploads.of(file.key)
    assert upload is not None
    assert upload.state is UploadState.FAILED
    assert await desk.received() == []

    await desk.outside.fault()
    desk.session.sending.retry(failed.local_id)
    await desk.until_sent()
    assert [parts[0]["type"] for parts in await desk.received()] == ["media", "text"]


@pytest.mark.parametrize("options", [SLOW])
async def test_a_cancelled_upload_waits_for_the_agent(desk: SendingDesk) -> None:
    file = await desk.take_picture(5_000_000)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(file)
    await desk.until_uploading(file)
    desk.session.sending.cancel_upload(desk.unsent()[0].local_id)
    failed = await desk.until_failed()
    assert isinstance(failed.failure, LocalFaultError)
    assert "cancelled" in failed.failure.message
    desk.session.sending.discard(failed.local_id)
    await desk.until_sent()
    await until(lambda: not left(desk), "the copy is gone")
    assert await desk.received() == []


@pytest.mark.parametrize("options", [SLOW])
async def test_discarding_in_the_middle_of_an_upload_lets_the_next_go(desk: SendingDesk) -> None:
    file = await desk.take_picture(5_000_000)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(file)
    await desk.send(OutgoingText("after"))
    await desk.until_uploading(file)
    desk.session.sending.discard(desk.unsent()[0].local_id)
    await desk.until_sent()
    assert [parts[0]["value"] for parts in await desk.received()] == ["after"]


async def test_a_type_that_linq_refuses_is_told_at_once(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    await desk.outside.fault({"match": CREATE, "do": {"code": 5004, "status": 400}})
    await desk.send(file)
    failed = await desk.until_failed()
    assert isinstance(failed.failure, RequestRejectedError)
    assert await desk.attachments_created() == 1


async def test_an_upload_waits_for_the_network_as_long_as_it_takes(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    await desk.outside.fault({"match": {**CREATE, "probability": 1}, "do": {"status": 503}})
    await desk.send(file)

    while await desk.attachments_created() < 6:
        assert desk.unsent()[0].state is OutgoingState.QUEUED
    await desk.outside.fault()
    await desk.until_sent()
    assert await desk.hashes_received() == [file.sha256]


async def test_the_same_file_again_needs_no_upload(desk: SendingDesk) -> None:
    for _ in range(2):
        await desk.send(await desk.take_picture())
        await desk.until_sent()
    other_name = await desk.take(PastedFile("other.png", (MEDIA / "tiny.png").read_bytes()))
    await desk.send(other_name)
    await desk.until_sent()
    assert await desk.attachments_created() == 2
    first, second, third = [parts[0]["id"] for parts in await desk.received()]
    assert first == second != third


async def test_an_attachment_that_linq_has_lost_is_uploaded_again(desk: SendingDesk) -> None:
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    await desk.outside.fault({"match": {**SEND, "nth": 1}, "do": {"code": 2003, "status": 404}})
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    assert await desk.attachments_created() == 2
    assert len(await desk.received()) == 2


async def test_an_attachment_that_was_deleted_meanwhile_is_uploaded_again(desk: SendingDesk) -> None:
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    ((part,),) = await desk.received()
    await desk.client.delete_attachment(AttachmentId(part["id"]))
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    assert await desk.attachments_created() == 2
    assert len(await desk.received()) == 2


@pytest.mark.parametrize("do", [{"status": 400, "code": 1004}, {"status": 404, "body": {}}, {"status": 422}])
async def test_an_old_attachment_that_linq_refuses_in_other_words_is_uploaded_again(
    desk: SendingDesk, do: dict[str, object]
) -> None:
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    await desk.outside.fault({"match": {**SEND, "nth": 1}, "do": do})
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    assert await desk.attachments_created() == 2
    assert len(await desk.received()) == 2


async def test_what_is_refused_with_a_new_attachment_too_is_told(desk: SendingDesk) -> None:
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    await desk.outside.fault({"match": SEND, "do": {"status": 400, "code": 1004}})
    await desk.send(await desk.take_picture())
    await desk.until_failed()
    assert await desk.attachments_created() == 2


@pytest.mark.parametrize("code", [2001, 2002])
async def test_a_chat_that_is_gone_is_no_reason_to_upload_again(desk: SendingDesk, code: int) -> None:
    await desk.send(await desk.take_picture())
    await desk.until_sent()
    await desk.outside.fault({"match": SEND, "do": {"status": 404, "code": code}})
    await desk.send(await desk.take_picture())
    await desk.until_failed()
    assert await desk.attachments_created() == 1


async def test_a_retry_uploads_what_linq_keeps_losing(desk: SendingDesk) -> None:
    await desk.outside.fault({"match": SEND, "do": {"code": 2003, "status": 404}})
    await desk.send(await desk.take_picture())
    failed = await desk.until_failed()
    created = await desk.attachments_created()
    assert created < 6
    await desk.outside.fault()
    desk.session.sending.retry(failed.local_id)
    await desk.until_sent()
    assert await desk.attachments_created() == created + 1
    assert len(await desk.received()) == 1


async def test_a_copy_that_vanished_is_told(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    desk.files.remove([file.key])
    await desk.send(file)
    failed = await desk.until_failed()
    assert isinstance(failed.failure, LocalFaultError)
    assert "not there any more" in failed.failure.message


async def test_a_message_with_a_file_that_lost_its_answer_arrives_once(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    await desk.outside.fault({"match": {**SEND, "nth": 1}, "do": {"drop": "after"}})
    await desk.send(file, OutgoingText("once"))
    await desk.until_sent()
    assert len(await desk.received()) == 1


@pytest.mark.parametrize("options", [SLOW])
async def test_the_next_run_uploads_what_this_one_did_not(desk: SendingDesk) -> None:
    file = await desk.take_picture(5_000_000)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(file)
    await desk.until_uploading(file)
    await desk.outside.fault()
    await desk.restart()
    await desk.until_sent()
    assert await desk.hashes_received() == [file.sha256]


async def test_a_file_that_is_also_in_a_draft_outlives_its_message(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    desk.session.sending.keep_draft(desk.chat, Draft("", tray=(DraftFile(file),)))
    await desk.send(file)
    await desk.until_sent()
    assert desk.files.path_of(file.key).exists()


async def test_a_file_that_linq_has_lost_is_uploaded_again_when_the_agent_retries(desk: SendingDesk) -> None:
    gone: dict[str, object] = {"match": {**SEND, "nth": 1}, "do": {"status": 404, "code": 2003}}
    trouble: dict[str, object] = {"match": {**SEND, "nth": 1}, "do": {"status": 503}}
    await desk.outside.fault(trouble, trouble, trouble, gone)
    await desk.send(await desk.take_picture())
    await desk.until_failed()
    await desk.outside.fault(gone)
    desk.session.sending.retry(desk.unsent()[0].local_id)
    await desk.until_sent()
    assert len(await desk.received()) == 1


@pytest.mark.parametrize("options", [SLOW])
async def test_cancelling_reaches_what_waits_behind_an_upload_too(desk: SendingDesk) -> None:
    first, second = await desk.take_picture(5_000_000), await desk.take_picture(3_000, 1)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(first)
    await desk.send(OutgoingText("between"))
    await desk.send(second)
    await desk.until_uploading(first)
    assert desk.cache.uploads.total().file_count == 2
    for unsent in desk.unsent():
        desk.session.sending.cancel_upload(unsent.local_id)
    await until(lambda: not desk.cache.uploads.total().is_under_way, "nothing moves any more")
    await desk.outside.fault()
    behind = desk.unsent()[2]
    assert [each.state for each in desk.unsent()] == ["failed", "queued", "failed"]

    desk.session.sending.discard(desk.unsent()[0].local_id)
    await until(lambda: len(desk.unsent()) == 1, "the text is sent, the cancelled picture is not")
    desk.session.sending.retry(behind.local_id)
    await desk.until_sent()
    assert [parts[0]["type"] for parts in await desk.received()] == ["text", "media"]
    assert await desk.hashes_received() == [second.sha256]


@pytest.mark.parametrize("options", [SLOW])
async def test_a_message_behind_a_failed_one_can_be_taken_up_again_before_it(desk: SendingDesk) -> None:
    first, second = await desk.take_picture(5_000_000), await desk.take_picture(3_000, 1)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(first)
    await desk.send(second)
    await desk.until_uploading(first)
    for unsent in reversed(desk.unsent()):
        desk.session.sending.cancel_upload(unsent.local_id)
    await until(lambda: [each.state for each in desk.unsent()] == ["failed", "failed"], "both are cancelled")
    await desk.outside.fault()
    head, behind = desk.unsent()
    desk.session.sending.retry(behind.local_id)
    await until(lambda: desk.unsent()[1].state is OutgoingState.QUEUED, "it waits for its turn again")
    held = desk.cache.uploads.of(second.key)
    assert held is not None
    assert held.state is UploadState.HELD
    desk.session.sending.retry(head.local_id)
    await desk.until_sent()
    assert await desk.hashes_received() == [first.sha256, second.sha256]


@pytest.mark.parametrize("options", [SLOW])
async def test_a_file_that_is_discarded_while_it_waits_is_counted_no_longer(desk: SendingDesk) -> None:
    first, second = await desk.take_picture(5_000_000), await desk.take_picture(3_000, 1)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(first)
    await desk.send(second)
    await desk.until_uploading(first)
    desk.session.sending.discard(desk.unsent()[1].local_id)
    await until(lambda: desk.cache.uploads.total().file_count == 1, "it is gone")


@pytest.mark.parametrize("options", [SLOW])
async def test_a_file_of_ours_can_be_saved_before_and_after_linq_has_it(
    desk: SendingDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("Downloads")
    file = await desk.take_picture(600_000)
    await desk.outside.fault({"match": PUT, "do": {"slow_bytes_per_s": 100_000}})
    await desk.send(file)
    await desk.until_uploading(file)
    waiting = media_message(desk.unsent()[0])
    assert waiting is not None
    saved = [await desk.save(waiting, folder / "before.png")]
    await desk.outside.fault()
    desk.session.sending.cancel_upload(desk.unsent()[0].local_id)
    desk.session.sending.retry((await desk.until_failed()).local_id)
    await desk.until_sent()
    await until(lambda: not left(desk), "the copy is gone")
    saved.append(await desk.save(waiting, folder / "after.png"))
    hashes = [hashlib.sha256(each.read_bytes()).hexdigest() for each in saved if isinstance(each, Path)]
    assert hashes == [file.sha256] * 2


async def test_a_file_of_ours_that_vanished_cannot_be_saved(desk: SendingDesk) -> None:
    file = await desk.take_picture()
    desk.files.remove([file.key])
    await desk.send(file)
    waiting = media_message(await desk.until_failed())
    assert waiting is not None
    assert isinstance(await desk.save(waiting, desk.folder / "lost.png"), NotFoundError)
