"""Voice memos kept while they are heard: real files, and an encoder that is real where that matters."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.making import MadeFile
from linqdesk.domain.recording import RecordedMemo, SoundForm
from linqdesk.local.recording_files import OpenRecording
from linqdesk.local.sound_encoder import SoundEncoder
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.recording import RecordingVerbs
from tests.journeys.outside import until as until_named

ANA, LOCAL = ChatId("ana"), ChatId("local")
KEY = FileKey("copy.m4a")
FORM = SoundForm(8_000, 1)
A_SECOND = b"\x10\x27" * 8_000


class Encoding:
    """Copies instead of encoding; refuses where it is told to."""

    def __init__(self) -> None:
        self.words = ""
        self.heard = b""

    def encode(self, source: Path, target: Path) -> MadeFile:
        if self.words:
            raise LocalFaultError(self.words)
        self.heard = source.read_bytes()[44:]
        target.write_bytes(self.heard)
        return MadeFile("audio/x-m4a", ".m4a", len(self.heard), len(self.heard) // 16)

    def rest(self) -> None:
        pass

    def close(self) -> None:
        pass


class Studio:
    """Verbs over a folder."""

    def __init__(self, folder: Path | None, encoder: Encoding | SoundEncoder) -> None:
        self.scope = TaskScope("test")
        self.verbs = RecordingVerbs(folder, encoder, self.scope)
        self.failed: list[LocalFaultError] = []
        self.outcomes: list[RecordedMemo | LocalFaultError] = []

    def begin(self) -> None:
        self.verbs.begin(ANA, FORM, self.failed.append)

    def say(self, seconds: int) -> None:
        for _ in range(seconds):
            self.verbs.add(A_SECOND)

    async def memo(self) -> RecordedMemo:
        self.verbs.finish(self.outcomes.append)
        await until(lambda: bool(self.outcomes))
        outcome = self.outcomes.pop()
        assert isinstance(outcome, RecordedMemo)
        return outcome

    async def close(self) -> None:
        await self.scope.close()
        await self.verbs.close()


async def until(condition: Callable[[], bool]) -> None:
    await until_named(condition, "the disk")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
async def studio(folder: Path) -> AsyncIterator[Studio]:
    made = Studio(folder, Encoding())
    await made.verbs.take_up("linq")
    yield made
    await made.close()


async def test_what_was_said_becomes_a_memo_for_its_chat(studio: Studio) -> None:
    studio.begin()
    studio.say(2)
    await asyncio.sleep(0)
    studio.say(1)
    memo = await studio.memo()
    assert (memo.chat_id, memo.duration_ms) == (ANA, 3_000)
    assert memo.file.read_bytes() == A_SECOND * 3
    studio.verbs.forget(memo.id)
    await until(lambda: not memo.file.parent.exists())
    await until(lambda: not list(memo.file.parent.parent.iterdir()))


async def test_a_recording_is_on_the_disk_while_it_is_made(studio: Studio, folder: Path) -> None:
    studio.begin()
    studio.say(2)
    await until(lambda: any(path.stat().st_size >= 2 * len(A_SECOND) for path in folder.glob("*.wav")))


async def test_what_is_dropped_leaves_nothing(studio: Studio, folder: Path) -> None:
    studio.begin()
    studio.say(1)
    await until(lambda: bool(list(folder.glob("*.wav"))))
    studio.verbs.drop()
    studio.say(1)
    await until(lambda: not list(folder.iterdir()))
    studio.verbs.finish(studio.outcomes.append)
    assert studio.outcomes == []


async def test_a_new_recording_takes_the_place_of_the_one_before(studio: Studio) -> None:
    studio.begin()
    studio.say(5)
    studio.begin()
    studio.say(1)
    assert (await studio.memo()).duration_ms == 1_000


async def test_without_room_on_the_disk_it_says_so_and_has_no_memo(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    studio = Studio(tmp_path / "file", Encoding())
    studio.begin()
    studio.verbs.finish(studio.outcomes.append)
    await until(lambda: bool(studio.outcomes))
    assert isinstance(studio.outcomes[0], LocalFaultError)
    assert len(studio.failed) == 1
    await studio.close()


async def test_an_encoder_that_fails_keeps_the_recording_for_the_next_start(folder: Path) -> None:
    encoding = Encoding()
    studio = Studio(folder, encoding)
    await studio.verbs.take_up("linq")
    encoding.words = "The disk is full."
    studio.begin()
    studio.say(1)
    studio.verbs.finish(studio.outcomes.append)
    await until(lambda: bool(studio.outcomes))
    (fault,) = studio.outcomes
    assert isinstance(fault, LocalFaultError)
    assert fault.message.startswith("The disk is full. What was recorded is kept")
    await studio.close()
    found = await found_at_the_next_start(folder)
    assert [memo.duration_ms for memo in found] == [1_000]


async def test_a_program_that_ends_in_the_midst_of_it_finds_it_again(folder: Path) -> None:
    studio = Studio(folder, Encoding())
    await studio.verbs.take_up("linq")
    studio.begin()
    studio.say(2)
    await until(lambda: any(path.stat().st_size > 2 * len(A_SECOND) for path in folder.glob("*.wav")))
    await studio.close()
    assert [memo.duration_ms for memo in await found_at_the_next_start(folder)] == [2_000]


async def test_a_memo_that_nobody_took_is_found_again(studio: Studio, folder: Path) -> None:
    studio.begin()
    studio.say(1)
    await studio.memo()
    assert len(await found_at_the_next_start(folder)) == 1


async def test_who_asks_late_hears_of_what_was_found(folder: Path) -> None:
    recording = OpenRecording(folder, "linq", ANA, FORM)
    recording.append(A_SECOND)
    recording.close()
    studio = Studio(folder, Encoding())
    await studio.verbs.take_up("linq")
    found: list[RecordedMemo] = []
    await until(lambda: studio.verbs.is_idle)
    studio.verbs.tell_found(found.append)
    assert [memo.chat_id for memo in found] == [ANA]
    await studio.close()


async def test_another_account_and_a_fresh_one_find_nothing(folder: Path) -> None:
    recording = OpenRecording(folder, "demo", ANA, FORM)
    recording.append(A_SECOND)
    recording.close()
    assert await found_at_the_next_start(folder) == []
    studio = Studio(folder, Encoding())
    await studio.verbs.take_up("demo", is_fresh=True)
    await until(lambda: not list(folder.iterdir()))
    await studio.close()


async def test_a_run_that_leaves_nothing_behind_leaves_no_recording() -> None:
    studio = Studio(None, Encoding())
    await studio.verbs.take_up("demo")
    studio.begin()
    studio.say(1)
    memo = await studio.memo()
    assert memo.file.exists()
    await studio.close()
    assert not memo.file.parent.exists()


async def test_the_real_encoder_makes_a_memo_of_a_sound_that_was_cut_off(folder: Path) -> None:
    recording = OpenRecording(folder, "linq", ANA, SoundForm(48_000, 2))
    recording.append(bytes(48_000 * 4 * 2) + b"\x01")
    studio = Studio(folder, SoundEncoder())
    found: list[RecordedMemo] = []
    studio.verbs.tell_found(found.append)
    await studio.verbs.take_up("linq")
    await until(lambda: bool(found))
    assert abs(found[0].duration_ms - 2_000) <= 60
    assert found[0].file.read_bytes()[4:12] == b"ftypM4A "
    await studio.close()
    recording.close()


async def taken(studio: Studio) -> RecordedMemo:
    """Record a memo that the outbox has a copy of, and let the program end before it is forgotten."""
    studio.begin()
    studio.say(1)
    memo = await studio.memo()
    told: list[FileKey] = []
    studio.verbs.note_taken(memo.id, KEY, lambda: told.append(KEY))
    await until(lambda: bool(told))
    return memo


async def test_a_memo_that_a_draft_holds_does_not_come_again(studio: Studio, folder: Path) -> None:
    await taken(studio)
    assert await found_at_the_next_start(folder, {KEY}) == []
    await until(lambda: not list(folder.iterdir()))


async def test_a_memo_whose_copy_no_draft_holds_yet_comes_again(studio: Studio, folder: Path) -> None:
    memo = await taken(studio)
    found = await found_at_the_next_start(folder, {"another.m4a"})
    assert [each.id for each in found] == [memo.id]


async def test_a_full_disk_does_not_hold_a_memo_up(studio: Studio, folder: Path) -> None:
    studio.begin()
    studio.say(1)
    memo = await studio.memo()
    (folder / f"{memo.id}.json-fresh").mkdir()
    told: list[FileKey] = []
    studio.verbs.note_taken(memo.id, KEY, lambda: told.append(KEY))
    await until(lambda: bool(told))
    studio.verbs.adopt(ANA, LOCAL)
    assert [each.chat_id for each in await found_at_the_next_start(folder, {KEY})] == [ANA]


async def test_what_is_noted_of_a_memo_that_is_forgotten_leaves_nothing(studio: Studio, folder: Path) -> None:
    memo = await taken(studio)
    studio.verbs.forget(memo.id)
    await until(lambda: not list(folder.iterdir()))
    told: list[FileKey] = []
    studio.verbs.note_taken(memo.id, KEY, lambda: told.append(KEY))
    await until(lambda: bool(told))
    assert await found_at_the_next_start(folder) == []
    await until(lambda: not list(folder.iterdir()))


@pytest.mark.parametrize("is_begun", [True, False], ids=["while it is heard", "at once"])
async def test_a_recording_goes_with_the_chat_that_linq_names(
    studio: Studio, folder: Path, *, is_begun: bool
) -> None:
    studio.verbs.begin(LOCAL, FORM, studio.failed.append)
    studio.say(1)
    if is_begun:
        await until(lambda: any(path.stat().st_size > len(A_SECOND) for path in folder.glob("*.wav")))
    studio.verbs.adopt(LOCAL, ANA)
    studio.verbs.adopt(ChatId("other"), ChatId("others"))
    await until(lambda: any(b'"ana"' in path.read_bytes() for path in folder.glob("*.json")))
    assert [each.chat_id for each in await found_at_the_next_start(folder)] == [ANA]
    assert (await studio.memo()).chat_id == ANA


async def test_a_run_that_leaves_nothing_behind_has_nothing_to_adopt() -> None:
    studio = Studio(None, Encoding())
    studio.verbs.adopt(LOCAL, ANA)
    await studio.close()


async def test_a_disk_that_takes_nothing_ends_the_recording_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    studio = Studio(tmp_path / "file", Encoding())

    # As the recorder does: it ends what cannot be kept.
    def end(fault: LocalFaultError) -> None:
        studio.failed.append(fault)
        studio.verbs.finish(studio.outcomes.append)

    studio.verbs.begin(ANA, FORM, end)
    studio.say(2)
    await until(lambda: bool(studio.outcomes))
    assert isinstance(studio.outcomes[0], LocalFaultError)
    await studio.close()


async def found_at_the_next_start(folder: Path, kept: Collection[str] = ()) -> list[RecordedMemo]:
    studio = Studio(folder, Encoding())
    found: list[RecordedMemo] = []
    studio.verbs.tell_found(found.append)
    await studio.verbs.take_up("linq", is_kept=kept.__contains__)
    await until(lambda: studio.verbs.is_idle)
    await studio.close()
    return found
