"""What becomes of real files before they are sent, made by real child processes."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.outgoing_files import FileChange, OutgoingFile, PastedFile
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.local.picture_changer import PictureChanger
from linqdesk.local.sound_encoder import SoundEncoder
from linqdesk.services.file_changes import MadeFiles
from linqdesk.services.workshop import Workshop
from tests.local.films import PLACE, WAYS, film
from tests.local.pictures import encoded, two_halves
from tests.local.sounds import write_sound
from tests.local.test_picture_changer import a_place, gps_of

NOISE = Image.effect_noise((2_600, 1_400), 90).convert("RGB")


class Desk:
    """Files that were taken, and what is made of them."""

    def __init__(self, folder: Path) -> None:
        self.files = OutgoingFiles(folder)
        self.made = MadeFiles(self.files, Workshop(PictureChanger(), SoundEncoder()))

    def take(self, name: str, data: bytes) -> OutgoingFile:
        return self.files.take(PastedFile(name, data)).file

    def bytes_of(self, file: OutgoingFile) -> bytes:
        return self.files.path_of(file.key).read_bytes()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path / "unsent" / "files")
    yield made
    await made.made.close()


async def test_the_place_of_a_photo_goes_unless_the_agent_keeps_it(desk: Desk) -> None:
    photo = desk.take("beach.jpg", encoded(two_halves(), "JPEG", exif=a_place()))
    prepared, offers = await desk.made.prepare(photo)
    assert offers == (FileChange.KEEP_LOCATION,)
    assert gps_of(desk.bytes_of(prepared)) == {}
    assert (prepared.name, prepared.media_type) == ("beach.jpg", "image/jpeg")
    assert prepared.sha256 != photo.sha256
    kept = await desk.made.change(prepared, FileChange.KEEP_LOCATION)
    assert kept == photo
    assert gps_of(desk.bytes_of(kept))
    again = await desk.made.change(kept, FileChange.REMOVE_LOCATION)
    assert again.sha256 == prepared.sha256


@pytest.mark.parametrize(
    ("name", "media_type"), [("beach.mp4", "video/mp4"), ("beach.mov", "video/quicktime")]
)
async def test_the_place_of_a_film_goes_unless_the_agent_keeps_it(
    desk: Desk, name: str, media_type: str
) -> None:
    taken = desk.take(name, film(WAYS["user data"]))
    assert taken.media_type == media_type
    prepared, offers = await desk.made.prepare(taken)
    assert offers == (FileChange.KEEP_LOCATION,)
    assert PLACE not in desk.bytes_of(prepared)
    assert PLACE in desk.bytes_of(taken)
    assert (prepared.name, prepared.media_type, prepared.size_bytes) == (name, media_type, taken.size_bytes)
    kept = await desk.made.change(prepared, FileChange.KEEP_LOCATION)
    assert kept == taken
    assert (await desk.made.change(kept, FileChange.REMOVE_LOCATION)).sha256 == prepared.sha256


async def test_what_says_nothing_of_a_place_stays_the_same_file(desk: Desk) -> None:
    photo = desk.take("halves.png", encoded(two_halves(), "PNG"))
    paper = desk.take("paper.txt", b"words")
    assert await desk.made.prepare(photo) == (photo, ())
    assert await desk.made.prepare(paper) == (paper, ())
    assert await desk.made.change(photo, FileChange.REMOVE_LOCATION) == photo
    assert await desk.made.change(photo, FileChange.KEEP_LOCATION) == photo


async def test_a_large_picture_may_be_made_smaller(desk: Desk) -> None:
    large = desk.take("large.jpg", encoded(NOISE, "JPEG", quality=95))
    prepared, offers = await desk.made.prepare(large)
    assert offers == (FileChange.SHRINK,)
    smaller = await desk.made.change(prepared, FileChange.SHRINK)
    assert smaller.size_bytes < large.size_bytes
    assert smaller.name == "large.jpg"
    with pytest.raises(LocalFaultError, match="as small as"):
        await desk.made.change(desk.take("dot.png", encoded(two_halves(8, 8), "PNG")), FileChange.SHRINK)


@pytest.mark.parametrize("kind", ["flac", "ogg", "opus"])
async def test_a_sound_that_linq_refuses_becomes_one_that_it_takes(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    sound = write_sound(tmp_path / f"song.{kind}", kind, seconds=1.0)
    copied = desk.files.take(sound)
    assert copied.is_convertible
    made = await desk.made.change(copied.file, FileChange.CONVERT)
    assert (made.name, made.media_type) == ("song.m4a", "audio/x-m4a")


async def test_a_picture_that_linq_refuses_becomes_one_that_it_takes(desk: Desk) -> None:
    picture = desk.take("tile.webp", encoded(two_halves(), "WEBP"))
    made = await desk.made.change(picture, FileChange.CONVERT)
    assert (made.name, made.media_type) == ("tile.jpg", "image/jpeg")
    with Image.open(io.BytesIO(desk.bytes_of(made))) as image:
        assert image.size == (64, 32)


async def test_what_cannot_be_converted_says_so_and_leaves_no_rest(desk: Desk, tmp_path: Path) -> None:
    broken = desk.take("broken.webp", encoded(two_halves(), "WEBP")[:60])
    with pytest.raises(LocalFaultError, match="damaged"):
        await desk.made.change(broken, FileChange.CONVERT)
    assert [path.name for path in (tmp_path / "unsent" / "files").iterdir()] == [broken.key]
