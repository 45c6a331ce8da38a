import asyncio
import os
import threading
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.outgoing_files import (
    FileChange,
    FileSource,
    LateFile,
    OutgoingFile,
    PastedFile,
    Refused,
    Taken,
)
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.file_intake import FileIntake
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.files import FileVerbs

PNG = b"\x89PNG\r\n\x1a\n" + bytes(1_000)
WEBP = b"RIFF\x00\x00\x00\x00WEBP"


@pytest.fixture
def files(tmp_path: Path) -> OutgoingFiles:
    return OutgoingFiles(tmp_path / "unsent" / "files")


class Unchanging:
    """Sends every file as it is."""

    async def prepare(self, file: OutgoingFile) -> tuple[OutgoingFile, tuple[FileChange, ...]]:
        return file, ()

    async def change(self, file: OutgoingFile, change: FileChange) -> OutgoingFile:
        raise LocalFaultError(f"The file {file.name} cannot be changed here ({change.value}).")


class Shrinking:
    """Offers to make pictures smaller."""

    def __init__(self, files: OutgoingFiles) -> None:
        self._files = files

    async def prepare(self, file: OutgoingFile) -> tuple[OutgoingFile, tuple[FileChange, ...]]:
        return file, (FileChange.SHRINK,)

    async def change(self, file: OutgoingFile, change: FileChange) -> OutgoingFile:
        return self._files.take(PastedFile(f"{change} {file.name}", PNG[:100])).file


async def test_hostile_files_hold_up_none_of_the_others(tmp_path: Path, files: OutgoingFiles) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    good = tmp_path / "good.png"
    good.write_bytes(PNG)
    sources: list[FileSource] = [
        tmp_path / "pipe.png",
        tmp_path,
        tmp_path / "vanished.png",
        good,
        PastedFile("a.webp", WEBP),
    ]
    heard: dict[int, Taken | Refused] = {}
    await FileIntake(files, Unchanging()).take(sources, lambda one: heard.update({one.index: one}))
    assert [type(heard[index]) for index in range(5)] == [Refused, Refused, Refused, Taken, Refused]
    refused = heard[4]
    assert isinstance(refused, Refused)
    assert refused.offers == (FileChange.CONVERT,)
    assert refused.file is not None
    assert files.path_of(refused.file.key).read_bytes() == WEBP


async def test_what_is_not_encoded_yet_is_encoded_off_the_ui_thread(files: OutgoingFiles) -> None:
    threads: list[int] = []

    def encode() -> bytes:
        threads.append(threading.get_ident())
        return PNG

    heard: list[Taken | Refused] = []
    await FileIntake(files, Unchanging()).take([LateFile("Picture.png", encode)], heard.append)
    (taken,) = heard
    assert isinstance(taken, Taken)
    assert files.path_of(taken.file.key).read_bytes() == PNG
    assert threading.get_ident() not in threads


async def test_more_files_than_a_message_takes_are_refused(files: OutgoingFiles) -> None:
    heard: list[Taken | Refused] = []
    sources = [PastedFile(f"{number}.png", PNG) for number in range(101)]
    await FileIntake(files, Unchanging()).take(sources, heard.append)
    assert sum(isinstance(each, Taken) for each in heard) == 100
    refused = next(each for each in heard if isinstance(each, Refused))
    assert (refused.index, refused.name) == (100, "100.png")
    assert "100 files at most" in refused.words


async def heard_by(verbs: FileVerbs, data: bytes) -> Taken:
    """Take bytes in by the window's verb and return what it hears."""
    heard: asyncio.Future[Taken | Refused] = asyncio.get_running_loop().create_future()
    verbs.take_in([PastedFile("cat.png", data)], heard.set_result)
    taken = await heard
    assert isinstance(taken, Taken)
    return taken


async def test_the_window_takes_in_changes_and_drops_files(files: OutgoingFiles) -> None:
    scope = TaskScope("test")
    verbs = FileVerbs(files, Shrinking(files), scope)
    taken = await heard_by(verbs, PNG)
    assert taken.offers == (FileChange.SHRINK,)
    changed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    verbs.change(taken.file, FileChange.SHRINK, changed.set_result)
    smaller = await changed
    assert isinstance(smaller, OutgoingFile)
    assert smaller.size_bytes == 100
    assert verbs.path_of(taken.file.key).exists()
    await FileIntake(files, Unchanging()).discard([taken.file.key])
    assert not verbs.path_of(taken.file.key).exists()
    assert verbs.path_of(smaller.key).exists()
    await scope.close()
    await verbs.close()


async def test_a_change_that_cannot_be_made_says_so(files: OutgoingFiles) -> None:
    scope = TaskScope("test")
    verbs = FileVerbs(files, Unchanging(), scope)
    taken = await heard_by(verbs, PNG)
    assert taken.offers == ()
    changed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    verbs.change(taken.file, FileChange.CONVERT, changed.set_result)
    assert isinstance(await changed, LocalFaultError)
    await scope.close()
