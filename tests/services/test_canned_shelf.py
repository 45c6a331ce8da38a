from pathlib import Path
from typing import TYPE_CHECKING

from linqdesk.domain.canned import CannedReply
from linqdesk.local.canned_file import load_canned
from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.services.task_scope import TaskScope
from tests.journeys.outside import until
from tests.local.written_replies import write_replies

if TYPE_CHECKING:
    from linqdesk.domain.errors import LocalFaultError

THANKS, HOURS = CannedReply("thanks", "Thank you"), CannedReply("hours", "9 to 18")


async def test_what_others_write_into_a_shared_file_is_told(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    write_replies(file, (THANKS,))
    shelf = CannedShelf(file, tasks)
    told: list[tuple[CannedReply, ...]] = []
    shelf.tell(lambda: told.append(shelf.replies))
    shelf.look_again()
    shelf.look_again()
    await until(lambda: told == [(THANKS,)], "they are read once")
    write_replies(file, (THANKS, HOURS))
    shelf.look_again()
    await until(lambda: told[1:] == [(THANKS, HOURS)], "what others wrote is read")
    await tasks.close()


async def test_replies_are_kept_and_a_fault_is_told(tmp_path: Path) -> None:
    tasks = TaskScope("test")
    shelf = CannedShelf(tmp_path / "canned.toml", tasks)
    heard: list[LocalFaultError | None] = []
    shelf.keep((HOURS,), heard.append)
    assert shelf.replies == (HOURS,)
    await until(lambda: heard == [None], "it is written")
    assert load_canned(tmp_path / "canned.toml") == (HOURS,)
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    shelf.turn_to(blocked / "canned.toml")
    await until(lambda: shelf.fault is not None, "it cannot be read")
    shelf.keep((THANKS,), heard.append)
    await until(lambda: heard[-1] is not None, "it cannot be written")
    await tasks.close()


async def test_turning_to_another_file_shows_its_replies_alone(tmp_path: Path) -> None:
    one, other, tasks = tmp_path / "one.toml", tmp_path / "other.toml", TaskScope("test")
    write_replies(one, (THANKS,))
    write_replies(other, (HOURS,))
    shelf = CannedShelf(one, tasks)
    shelf.look_again()
    shelf.turn_to(other)
    shelf.turn_to(other)
    await until(lambda: shelf.replies == (HOURS,), "the other file is read")
    await tasks.close()


async def test_a_change_leaves_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    write_replies(file, (THANKS,))
    shelf = CannedShelf(file, tasks)
    shelf.look_again()
    await until(lambda: shelf.replies == (THANKS,), "they are read")
    write_replies(file, (THANKS, HOURS))
    heard: list[LocalFaultError | None] = []
    louder = CannedReply("thanks", "Thank you!")
    shelf.keep((louder,), heard.append)
    await until(lambda: heard == [None], "it is written")
    assert load_canned(file) == shelf.replies == (louder, HOURS)
    await tasks.close()


async def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    file.write_text("[[reply]\nname =")
    shelf = CannedShelf(file, tasks)
    shelf.look_again()
    await until(lambda: shelf.fault is not None, "it cannot be read")
    heard: list[LocalFaultError | None] = []
    shelf.keep((HOURS,), heard.append)
    assert heard[0] is not None
    assert heard[0].message.startswith("Not saved. canned.toml is not valid TOML")
    assert file.read_text() == "[[reply]\nname ="
    await tasks.close()


async def test_what_a_colleague_changed_too_stays_in_both_versions_and_is_said(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    write_replies(file, (THANKS,))
    shelf = CannedShelf(file, tasks)
    shelf.look_again()
    await until(lambda: shelf.replies == (THANKS,), "they are read")
    theirs, ours = CannedReply("thanks", "Thanks"), CannedReply("thanks", "Ta")
    write_replies(file, (theirs,))
    heard: list[LocalFaultError | None] = []
    shelf.keep((ours,), heard.append)
    await until(lambda: heard == [None], "it is written")
    assert load_canned(file) == shelf.replies == (theirs, CannedReply("thanks 2", "Ta"))
    assert shelf.notice == "A colleague changed /thanks too: theirs stays, yours is now /thanks 2."
    shelf.keep((*shelf.replies, HOURS), heard.append)
    await until(lambda: heard == [None, None], "it is written")
    assert shelf.notice == ""
    await tasks.close()


async def test_changes_that_follow_at_once_are_all_kept(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    shelf = CannedShelf(file, tasks)
    heard: list[LocalFaultError | None] = []
    shelf.keep((THANKS,), heard.append)
    shelf.look_again()
    shelf.keep((THANKS, HOURS), heard.append)
    shelf.turn_to(tmp_path / "other.toml")
    shelf.turn_to(file)
    await until(lambda: heard == [None, None], "both are written")
    assert load_canned(file) == (THANKS, HOURS)
    assert not (tmp_path / "other.toml").exists()
    shelf.look_again()
    await until(lambda: shelf.replies == (THANKS, HOURS), "they are there")
    await tasks.close()


async def test_what_could_not_be_written_is_no_reply(tmp_path: Path) -> None:
    tasks = TaskScope("test")
    shelf = CannedShelf(tmp_path / ("x" * 250), tasks)
    heard: list[LocalFaultError | None] = []
    shelf.keep((HOURS,), heard.append)
    await until(lambda: heard != [], "it is told")
    assert heard[0] is not None
    await until(lambda: shelf.replies == (), "it is not offered")
    await tasks.close()


async def test_files_are_copied_and_looked_at(tmp_path: Path) -> None:
    tasks, source = TaskScope("test"), tmp_path / "a.pdf"
    source.write_bytes(b"1234")
    shelf = CannedShelf(tmp_path / "team" / "canned.toml", tasks)
    heard: list[object] = []
    shelf.copy([(source, "a.pdf")], lambda *told: heard.append(told))
    await until(lambda: heard == [(("canned files/a.pdf",), None)], "it is copied")
    shelf.look_at(["canned files/a.pdf", "gone"], lambda found: heard.append([e.size_bytes for e in found]))
    await until(lambda: heard[1:] == [[4, None]], "they are looked at")
    shelf.look_at([], heard.append)
    assert heard[2:] == [()]
    shelf.add(HOURS, [(tmp_path / "none", "none")], heard.append)
    await until(lambda: len(heard) == 4, "it cannot be copied")
    assert shelf.replies == ()
    await tasks.close()
