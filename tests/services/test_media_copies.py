from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError, NotFoundError
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, TextPart
from linqdesk.services.media_copies import MediaCopies
from tests.services.test_media import BYTES, Bench, media
from tests.store.messages import a_message

JPEG = b"\xff\xd8\xff\xe0 and so on"
HOSTILE = "../../evil\u202egpj.exe"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "media")
    yield made
    await made.scope.close()


@pytest.fixture
def copies(bench: Bench) -> MediaCopies:
    return MediaCopies(bench.fetcher, bench.files.opened_folder)


async def test_saving_fetches_what_is_not_there_yet(
    bench: Bench, copies: MediaCopies, tmp_path: Path
) -> None:
    saved = await copies.save(media(), 1, tmp_path / "cat.png")
    assert saved == tmp_path / "cat.png"
    assert saved.read_bytes() == BYTES
    again = await copies.save(media(), 1, tmp_path / "cat.png")
    assert again == tmp_path / "cat (2).png"
    assert bench.origin.asked == ["https://cdn/cat"]


async def test_what_is_not_to_be_had_cannot_be_saved(
    bench: Bench, copies: MediaCopies, tmp_path: Path
) -> None:
    bench.origin.behind = {}
    with pytest.raises(NotFoundError):
        await copies.save(media(), 1, tmp_path / "cat.png")
    for part_index in (0, 5, -1):
        with pytest.raises(NotFoundError):
            await copies.save(media(), part_index, tmp_path / "cat.png")
        with pytest.raises(NotFoundError):
            await bench.fetcher.bring(media(), part_index)


async def test_what_is_opened_is_a_copy_with_a_harmless_name(bench: Bench, copies: MediaCopies) -> None:
    bench.origin.behind = {"https://cdn/photo": [JPEG]}
    part = MediaPart(AttachmentId("photo"), HOSTILE, "image/jpeg", len(JPEG), "https://cdn/photo")
    message = replace(a_message("m", 0), parts=(part,))
    path = await copies.prepare_to_open(message, 0)
    assert path.parent == bench.files.opened_folder
    assert path.suffix == ".jpg"
    assert path.read_bytes() == JPEG


async def test_a_program_is_not_opened(bench: Bench, copies: MediaCopies) -> None:
    bench.origin.behind = {"https://cdn/tool": [b"MZ\x90\x00"]}
    part = MediaPart(AttachmentId("tool"), "cat.jpg", "image/jpeg", 4, "https://cdn/tool")
    with pytest.raises(LocalFaultError, match="not opened"):
        await copies.prepare_to_open(replace(a_message("m", 0), parts=(TextPart(""), part)), 1)


async def test_what_is_dragged_is_a_copy_of_its_own_whose_name_cannot_choose_a_folder(
    bench: Bench, copies: MediaCopies
) -> None:
    bench.origin.behind = {"https://cdn/photo": [JPEG]}
    part = MediaPart(AttachmentId("photo"), HOSTILE, "image/jpeg", len(JPEG), "https://cdn/photo")
    message = replace(a_message("m", 0), parts=(part,))
    first = await copies.prepare_to_drag(message, 0)
    second = await copies.prepare_to_drag(message, 0)
    assert first.name == second.name
    assert first.parent.parent == second.parent.parent
    assert first.parent.parent.name.startswith("linqdesk-dragged-")
    assert first.read_bytes() == JPEG
    copies.close()
    assert not first.exists()
    copies.close()
