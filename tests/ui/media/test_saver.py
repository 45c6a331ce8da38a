from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import LinqDeskError, LocalFaultError, OfflineError
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart
from linqdesk.ui.media.saver import MediaItem, Saver
from tests.store.messages import a_message
from tests.ui.conftest import Wishes
from tests.ui.media.desk import photo


class Stage:
    """A saver, what it says and what it opens."""

    def __init__(self, qtbot: QtBot, wishes: Wishes) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.wishes = wishes
        self.opened: list[Path] = []
        self.has_program = True
        self.saver = Saver(wishes, self.window, self.open)
        self.said: list[str] = []
        self.saver.said.connect(self.said.append)

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.has_program

    def done(self, outcome: Callable[[Path], Path | LinqDeskError]) -> None:
        _, _, target, done = self.wishes.media.saving.pop(0)
        done(outcome(target))


@pytest.fixture
def stage(qtbot: QtBot, wishes: Wishes) -> Stage:
    return Stage(qtbot, wishes)


def choose(dialog: QFileDialog, path: Path) -> None:
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_file_is_saved_where_the_agent_says(stage: Stage, tmp_path: Path) -> None:
    dialog = stage.saver.ask_and_save(MediaItem(photo(), 0))
    assert [Path(each).name for each in dialog.selectedFiles()] == ["cat.jpg"]
    choose(dialog, tmp_path / "my cat.jpg")
    assert stage.wishes.media.saving[0][:3] == ("cat", 0, tmp_path / "my cat.jpg")
    stage.done(lambda target: target.with_name("my cat (2).jpg"))
    assert stage.said == [f"Saved as my cat (2).jpg in {tmp_path.name}."]
    again = stage.saver.ask_and_save(MediaItem(photo(), 0))
    assert Path(again.directory().absolutePath()) == tmp_path
    again.reject()


def test_what_cannot_be_saved_is_said(stage: Stage, tmp_path: Path) -> None:
    choose(stage.saver.ask_and_save(MediaItem(photo(), 0)), tmp_path / "x.jpg")
    stage.done(lambda _target: LocalFaultError("The file could not be saved: No space left."))
    assert stage.said == ["The file could not be saved: No space left."]


def test_giving_up_saves_nothing(stage: Stage) -> None:
    stage.saver.ask_and_save(MediaItem(photo(), 0)).reject()
    assert stage.wishes.media.saving == []


def test_several_are_saved_into_a_folder_and_counted_once(stage: Stage, tmp_path: Path) -> None:
    items = [MediaItem(photo(name), 0) for name in ("cat", "dog", "owl")]
    choose(stage.saver.ask_and_save_all(items), tmp_path)
    assert [target for _, _, target, _ in stage.wishes.media.saving] == [
        tmp_path / "cat.jpg",
        tmp_path / "dog.jpg",
        tmp_path / "owl.jpg",
    ]
    stage.done(lambda target: target)
    stage.done(lambda target: target)
    assert stage.said == []
    stage.done(lambda _target: OfflineError())
    assert stage.said == ["Saved 2 of 3 files. The others are not available."]


def test_a_hostile_name_is_made_harmless_before_it_is_shown(stage: Stage) -> None:
    part = MediaPart(AttachmentId("x"), "../\u202egpj.exe", "image/jpeg", 1, None)
    item = MediaItem(replace(a_message("x", 0), parts=(part,)), 0)
    assert item.name == "_gpj.exe"
    dialog = stage.saver.ask_and_save(item)
    assert Path(dialog.selectedFiles()[0]).name == "_gpj.exe"
    dialog.reject()


def test_an_item_is_a_file(stage: Stage) -> None:
    del stage
    with pytest.raises(TypeError):
        _ = MediaItem(a_message("text", 0), 0).part


def test_a_harmless_file_is_opened_by_the_system(stage: Stage) -> None:
    stage.saver.open_elsewhere(MediaItem(photo(), 0))
    _, _, done = stage.wishes.media.opening.pop()
    done(Path("copy.jpg"))
    assert stage.opened == [Path("copy.jpg")]
    assert stage.said == []
    stage.has_program = False
    done(Path("copy.jpg"))
    assert "no program" in stage.said[-1]


def test_a_risky_file_is_not_opened(stage: Stage) -> None:
    stage.saver.open_elsewhere(MediaItem(photo(), 0))
    _, _, done = stage.wishes.media.opening.pop()
    done(LocalFaultError("Files of this kind are not opened from here."))
    assert stage.opened == []
    assert stage.said == ["Files of this kind are not opened from here."]
