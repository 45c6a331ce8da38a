"""F18 in the whole window: a disk that is full or read-only refuses with words, and chatting goes on."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.recorder.recorder import RecorderState
from tests.faults.figures import note
from tests.journeys.agent import Agent, sitting
from tests.journeys.outside import until
from tests.journeys.test_record_a_voice_memo import memos_in_draft, with_a_microphone


def mounted(*arguments: str) -> bool:
    return subprocess.run(["/bin/mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Fill a disk to its last page; returns what fills it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            return filler


async def refused(agent: Agent, text: str) -> None:
    """Try to send, and see that it is refused before its bubble is drawn and stays in the field."""
    row_count = len(agent.shown())
    composer = agent.desk.window.area.composer
    composer.edit.setPlainText(text)
    agent.press(Qt.Key.Key_Return)
    says = composer.findChild(QLabel, "composer_says")
    assert isinstance(says, QLabel)
    await until(lambda: "could not be kept" in says.text(), "it says why")
    assert composer.edit.toPlainText() == text
    assert len(agent.shown()) == row_count
    assert not any(text in each for each in agent.shown())


async def test_a_full_disk_refuses_to_send_and_keeps_the_text_until_there_is_room(
    sandbox: SandboxAddress, small_disk: Path
) -> None:
    async with sitting(sandbox, small_disk) as agent:
        await agent.open("Ana Ruiz")
        filler = fill(small_disk)
        text = "x" * 9_000
        await refused(agent, text)
        await agent.receive("Ana Ruiz", "can you still hear me?")
        await until(lambda: "can you still hear me?" in agent.shown()[-1], "the chat goes on", limit_s=60)
        filler.unlink()
        agent.press(Qt.Key.Key_Return)
        await until(
            lambda: "sent" in agent.shown()[-1] or "delivered" in agent.shown()[-1], "it is sent", limit_s=60
        )
        assert agent.desk.window.area.composer.edit.toPlainText() == ""
        await agent.outside.world(advance_s=3)
        assert (await agent.outside.texts_received()).count(text) == 1
    note("the disk is full", "refused before the bubble is drawn; the text is kept and sent later")


async def test_on_a_read_only_disk_the_text_stays_in_the_field_and_chatting_goes_on(
    sandbox: SandboxAddress, small_disk: Path
) -> None:
    assert mounted("-o", "remount,ro", str(small_disk))
    async with sitting(sandbox, small_disk) as agent:
        await agent.open("Ana Ruiz")
        await refused(agent, "cannot be kept")
        await agent.receive("Ana Ruiz", "can you still hear me?")
        await until(lambda: "can you still hear me?" in agent.shown()[-1], "the chat goes on", limit_s=60)
    note("the disk is read-only", "refused before the bubble is drawn, the text kept; chatting goes on")


async def test_what_was_recorded_before_the_disk_was_full_is_kept_and_told(
    sandbox: SandboxAddress, small_disk: Path
) -> None:
    async with sitting(sandbox, small_disk) as agent:
        await agent.open("Ana Ruiz")
        memos, microphones = with_a_microphone(agent)
        said: list[str] = []
        memos.said.connect(said.append)
        memos.button.click()
        microphones.newest.say(2_000)
        recordings = small_disk / "recordings"
        await until(
            lambda: any(each.stat().st_size > 190_000 for each in recordings.glob("*.wav")),
            "two seconds are on the disk",
        )
        filler = fill(small_disk)
        microphones.newest.say(5_000)
        await until(lambda: memos.recorder.state is RecorderState.RESTING and said, "recording has ended")
        assert "kept" in said[0]
        filler.unlink()
    async with sitting(sandbox, small_disk) as agent:
        await until(lambda: memos_in_draft(agent, "Ana Ruiz") != [], "the memo is in the draft")
        (memo,) = memos_in_draft(agent, "Ana Ruiz")
        assert memo.duration_ms is not None
        assert memo.duration_ms >= 1_900
