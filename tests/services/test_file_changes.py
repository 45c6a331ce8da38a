import asyncio
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.file_change import ChangedFile, FileChange
from linqdesk.local.picture_changer import PictureChanger
from linqdesk.local.sound_encoder import SoundEncoder
from linqdesk.services.file_changes import FileChanges
from tests.local.pictures import encoded, two_halves

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"


class Worker:
    """Changes nothing; notes what it is asked and whether it rests."""

    def __init__(self) -> None:
        self.asked: list[Path] = []
        self.rested = 0
        self.is_closed = False
        self.most_at_once = self._at_once = 0

    def change(self, source: Path, wanted: FileChange, target: Path) -> ChangedFile | None:
        del wanted
        return self.encode(source, target)

    def encode(self, source: Path, target: Path) -> ChangedFile:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.asked.append(source)
        self._at_once -= 1
        if source.name == "bad":
            raise LocalFaultError("bad")
        return ChangedFile("audio/x-m4a", target.suffix, 1)

    def rest(self) -> None:
        self.rested += 1

    def close(self) -> None:
        self.is_closed = True


async def test_sounds_and_pictures_go_to_their_own_child(tmp_path: Path) -> None:
    pictures, sounds = Worker(), Worker()
    changes = FileChanges(pictures, sounds)
    await changes.change(Path("a.webp"), FileChange.AS_COMMON_PICTURE, tmp_path / "a")
    await changes.change(Path("b.ogg"), FileChange.AS_M4A, tmp_path / "b.m4a")
    assert (pictures.asked, sounds.asked) == ([Path("a.webp")], [Path("b.ogg")])


async def test_many_files_wait_for_each_other_and_no_process_stays(tmp_path: Path) -> None:
    pictures = Worker()
    changes = FileChanges(pictures, Worker())
    orders = [
        changes.change(Path(f"{number}"), FileChange.SMALLER, tmp_path / f"{number}") for number in range(20)
    ]
    await asyncio.gather(*orders)
    assert len(pictures.asked) == 20
    assert (pictures.most_at_once, pictures.rested) == (1, 1)


async def test_a_file_that_cannot_be_changed_holds_nobody_up(tmp_path: Path) -> None:
    changes = FileChanges(Worker(), Worker())
    bad = changes.change(Path("bad"), FileChange.SMALLER, tmp_path / "bad")
    good = changes.change(Path("good"), FileChange.SMALLER, tmp_path / "good")
    outcomes = await asyncio.gather(bad, good, return_exceptions=True)
    assert isinstance(outcomes[0], LocalFaultError)
    assert isinstance(outcomes[1], ChangedFile)


async def test_both_children_end_with_the_program() -> None:
    pictures, sounds = Worker(), Worker()
    FileChanges(pictures, sounds).close()
    assert pictures.is_closed
    assert sounds.is_closed


async def test_real_children_change_real_files(tmp_path: Path) -> None:
    changes = FileChanges(PictureChanger(), SoundEncoder())
    webp = tmp_path / "a.webp"
    webp.write_bytes(encoded(two_halves(), "WEBP"))
    picture = await changes.change(webp, FileChange.AS_COMMON_PICTURE, tmp_path / "a.jpg")
    sound = await changes.change(MEDIA / "bell.wav", FileChange.AS_M4A, tmp_path / "b.m4a")
    changes.close()
    assert picture is not None
    assert picture.media_type == "image/jpeg"
    assert sound is not None
    assert sound.duration_ms == pytest.approx(1_800, abs=60)
