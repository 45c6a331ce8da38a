import asyncio
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile, Making
from linqdesk.local.picture_changer import PictureChanger
from linqdesk.local.sound_encoder import SoundEncoder
from linqdesk.services.workshop import Workshop
from tests.local.pictures import encoded, two_halves

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"


class Worker:
    """Changes nothing; notes what it is asked and whether it rests."""

    def __init__(self) -> None:
        self.asked: list[Path] = []
        self.rested = 0
        self.is_closed = False
        self.most_at_once = self._at_once = 0

    def change(self, source: Path, wanted: Making, target: Path) -> MadeFile | None:
        del wanted
        return self.encode(source, target)

    def encode(self, source: Path, target: Path) -> MadeFile:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.asked.append(source)
        self._at_once -= 1
        if source.name == "bad":
            raise LocalFaultError("bad")
        return MadeFile("audio/x-m4a", target.suffix, 1)

    def rest(self) -> None:
        self.rested += 1

    def close(self) -> None:
        self.is_closed = True


async def test_sounds_and_pictures_go_to_their_own_child(tmp_path: Path) -> None:
    pictures, sounds = Worker(), Worker()
    workshop = Workshop(pictures, sounds)
    await workshop.make(Path("a.webp"), Making.COMMON_PICTURE, tmp_path / "a")
    await workshop.make(Path("b.ogg"), Making.M4A, tmp_path / "b.m4a")
    assert (pictures.asked, sounds.asked) == ([Path("a.webp")], [Path("b.ogg")])


async def test_many_files_wait_for_each_other_and_no_process_stays(tmp_path: Path) -> None:
    pictures = Worker()
    workshop = Workshop(pictures, Worker())
    orders = [
        workshop.make(Path(f"{number}"), Making.SMALLER, tmp_path / f"{number}") for number in range(20)
    ]
    await asyncio.gather(*orders)
    assert len(pictures.asked) == 20
    assert (pictures.most_at_once, pictures.rested) == (1, 1)


async def test_a_file_that_cannot_be_changed_holds_nobody_up(tmp_path: Path) -> None:
    workshop = Workshop(Worker(), Worker())
    bad = workshop.make(Path("bad"), Making.SMALLER, tmp_path / "bad")
    good = workshop.make(Path("good"), Making.SMALLER, tmp_path / "good")
    outcomes = await asyncio.gather(bad, good, return_exceptions=True)
    assert isinstance(outcomes[0], LocalFaultError)
    assert isinstance(outcomes[1], MadeFile)


async def test_both_children_end_with_the_program() -> None:
    pictures, sounds = Worker(), Worker()
    Workshop(pictures, sounds).close()
    assert pictures.is_closed
    assert sounds.is_closed


async def test_real_children_change_real_files(tmp_path: Path) -> None:
    workshop = Workshop(PictureChanger(), SoundEncoder())
    webp = tmp_path / "a.webp"
    webp.write_bytes(encoded(two_halves(), "WEBP"))
    picture = await workshop.make(webp, Making.COMMON_PICTURE, tmp_path / "a.jpg")
    sound = await workshop.make(MEDIA / "bell.wav", Making.M4A, tmp_path / "b.m4a")
    workshop.close()
    assert picture is not None
    assert picture.media_type == "image/jpeg"
    assert sound is not None
    assert sound.duration_ms == pytest.approx(1_800, abs=60)
