"""Uploads that are cut at each tenth: the file arrives whole and once, as a file and as a voice memo."""

from pathlib import Path

import pytest

from linqdesk.domain.outgoing import OutgoingPart
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo, PastedFile
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from tests.faults.figures import IS_FULL, note
from tests.services.sending_desk import SendingDesk

SIZE_BYTES = 1_000_000
TENTHS = range(10) if IS_FULL else (0, 9)
MEMO = b"#!AMR"


def sound(mark: int) -> PastedFile:
    return PastedFile(f"{mark}.amr", MEMO + bytes([mark]) * (SIZE_BYTES - len(MEMO)))


async def send_cut(desk: SendingDesk, part: OutgoingPart, tenth: int) -> None:
    cut = {"cut_at": tenth * SIZE_BYTES // 10}
    await desk.outside.fault({"match": {"method": "PUT", "path": "^/uploads/", "nth": 1}, "do": cut})
    await desk.send(part)
    await desk.until_sent()


@pytest.mark.parametrize("kind", ["message", "voice_memo"])
async def test_an_upload_cut_at_each_tenth_arrives_whole_and_once(kind: str, tmp_path: Path) -> None:
    with SandboxServer(SandboxOptions(chats=2, messages=2, speed="fast")) as sandbox:
        desk = SendingDesk(sandbox, tmp_path)
        await desk.start()
        files: list[OutgoingFile] = []
        for tenth in TENTHS:
            if kind == "message":
                files.append(await desk.take_picture(SIZE_BYTES, tenth))
                await send_cut(desk, files[-1], tenth)
            else:
                files.append(await desk.take(sound(tenth)))
                await send_cut(desk, OutgoingVoiceMemo(files[-1]), tenth)
        assert await desk.hashes_received(kind) == [file.sha256 for file in files]
        assert await desk.attachments_created() == 2 * len(files)
        await desk.close()
    note(f"upload cut at each tenth: {kind.replace('_', ' ')}", "10 of 1 MB, each arrived whole and once")
