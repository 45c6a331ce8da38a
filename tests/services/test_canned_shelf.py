from pathlib import Path
from typing import TYPE_CHECKING

from linqdesk.domain.canned import CannedReply
from linqdesk.local.canned_file import load_canned, save_canned
from linqdesk.services.canned_shelf import CannedShelf
from linqdesk.services.task_scope import TaskScope
from tests.journeys.outside import until

if TYPE_CHECKING:
    from linqdesk.domain.errors import LocalFaultError

THANKS, HOURS = CannedReply("thanks", "Thank you"), CannedReply("hours", "9 to 18")


async def test_what_others_write_into_a_shared_file_is_told(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    save_canned(file, (THANKS,))
    shelf = CannedShelf(file, tasks)
    told: list[tuple[CannedReply, ...]] = []
    shelf.tell(lambda: told.append(shelf.replies))
    shelf.look_again()
    shelf.look_again()
    await until(lambda: told == [(THANKS,)], "they are read once")
    save_canned(file, (THANKS, HOURS))
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
    save_canned(one, (THANKS,))
    save_canned(other, (HOURS,))
    shelf = CannedShelf(one, tasks)
    shelf.look_again()
    shelf.turn_to(other)
    shelf.turn_to(other)
    await until(lambda: shelf.replies == (HOURS,), "the other file is read")
    await tasks.close()


async def test_a_change_leaves_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    file, tasks = tmp_path / "canned.toml", TaskScope("test")
    save_canned(file, (THANKS,))
    shelf = CannedShelf(file, tasks)
    shelf.look_again()
    await until(lambda: shelf.replies == (THANKS,), "they are read")
    save_canned(file, (THANKS, HOURS))
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
