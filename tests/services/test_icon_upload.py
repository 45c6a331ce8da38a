from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from linqdesk.domain.attachment import Attachment, UploadSlot
from linqdesk.domain.errors import LocalFaultError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import AttachmentId
from linqdesk.services.icon_upload import upload_icon
from tests.services.virtual import VirtualClock

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
F = AttachmentId("file")


class Files:
    """Linq's side of files: tells a file's address after some looks."""

    def __init__(self, *looks: str | NotFoundError | None) -> None:
        self.looks = list(looks)
        self.asked: list[tuple[str, str, int]] = []
        self.uploaded: list[bytes] = []

    async def create_attachment(self, filename: str, mime_type: str, size_bytes: int) -> UploadSlot:
        self.asked.append((filename, mime_type, size_bytes))
        return UploadSlot(F, size_bytes, "https://up.test/x")

    async def upload_attachment(
        self, slot: UploadSlot, source: BinaryIO, *, progress: Callable[[int], None] | None = None
    ) -> None:
        del slot, progress
        self.uploaded.append(source.read())

    async def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        look = self.looks.pop(0)
        if isinstance(look, NotFoundError):
            raise look
        return Attachment(attachment_id, "icon.png", "image/png", download_url=look)

    async def delete_attachment(self, attachment_id: AttachmentId) -> None:
        raise AssertionError(attachment_id)

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        raise AssertionError(address, take, limit_bytes)


class Hurry(VirtualClock):
    """Nobody waits."""

    @override
    async def wait(self, event: object, seconds: float) -> None:
        del event, seconds


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "our logo (final).png"
    file.write_bytes(PNG)
    return file


async def test_a_picture_goes_up_whole_and_tells_nothing_of_this_computer(picture: Path) -> None:
    files = Files(NotFoundError("processing"), None, "https://cdn.test/icon.png")
    assert await upload_icon(files, picture, Hurry()) == "https://cdn.test/icon.png"
    assert files.asked == [("icon.png", "image/png", len(PNG))]
    assert files.uploaded == [PNG]


async def test_a_file_without_an_address_is_told(picture: Path) -> None:
    with pytest.raises(RequestRejectedError):
        await upload_icon(Files(None, None, None, None), picture, Hurry())
    with pytest.raises(NotFoundError):
        await upload_icon(Files(*[NotFoundError("processing")] * 4), picture, Hurry())


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<svg/>", "no JPEG"), (b"%PDF-1.4", "no JPEG"), (b"II*\0", "no JPEG"), (None, "could not be read")],
)
async def test_what_is_no_picture_stays_here(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "logo.png"
    if content is not None:
        file.write_bytes(content)
    files = Files()
    with pytest.raises(LocalFaultError, match=words):
        await upload_icon(files, file, Hurry())
    assert files.asked == []


async def test_a_folder_and_a_giant_stay_here(tmp_path: Path) -> None:
    giant = tmp_path / "giant.png"
    with giant.open("wb") as opened:
        opened.truncate(10 * 1024 * 1024 + 1)
    for file in (giant, Path("/dev/null")):
        with pytest.raises(LocalFaultError, match=r"too large|no file"):
            await upload_icon(Files(), file, Hurry())
