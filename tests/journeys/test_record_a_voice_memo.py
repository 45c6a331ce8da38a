"""Voice memos recorded in the real window, over a microphone that is none."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.local.recording_files import find_leftovers
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.recorder.microphone import NO_MICROPHONE
from linqdesk.ui.recorder.recorder import RecorderState
from linqdesk.ui.windows.recorder_desk import RecorderDesk
from tests.journeys.agent import Agent, at_the_desk, sitting
from tests.journeys.beginning import Beginning
from tests.journeys.outside import until
from tests.journeys.recording_program import SPOKEN_MS
from tests.ui.recorder.virtual import Microphones


def with_a_microphone(agent: Agent) -> tuple[RecorderDesk, Microphones]:
    memos = agent.desk.window.area.build().memos
    microphones = Microphones()
    memos.make_microphone = microphones
    return memos, microphones


def memos_in_draft(agent: Agent, name: str) -> list[DraftFile]:
    summary = agent.desk.cache.summary(agent.chat(name))
    assert summary is not None
    tray = summary.draft.tray if summary.draft is not None else ()
    return [each for each in tray if isinstance(each, DraftFile) and each.is_voice_memo]


async def received(agent: Agent) -> list[dict[str, Any]]:
    return [each for each in await agent.outside.ledger() if each["kind"] == "voice_memo"]


@at_the_desk
async def test_a_memo_is_recorded_by_keyboard_and_sent_once(agent: Agent) -> None:
    chat_id = await agent.open("Ana Ruiz")
    memos, microphones = with_a_microphone(agent)
    edit = agent.desk.window.area.composer.edit
    QTest.keyClick(
        edit,
        Qt.Key.Key_R,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    microphones.newest.say(3_000)
    assert memos.recorder.duration_ms == 3_000
    memos.bar.send.click()
    await until(lambda: memos.recorder.state is RecorderState.RESTING, "the memo is made")
    await until(lambda: "voice memo" in agent.shown()[-1].casefold(), "its bubble is there")
    await until(lambda: agent.shown()[-1].endswith(("sent", "delivered", "read")), "it is sent")
    (memo,) = await received(agent)
    assert memo["chat_id"] == chat_id
    (part,) = memo["parts"]
    assert part["mime_type"] == "audio/x-m4a"
    assert 5_000 < part["size_bytes"] < 60_000
    await until(memos.bar.isHidden, "the bar is gone")


@at_the_desk
async def test_it_goes_on_in_another_chat_and_is_listened_to_before_it_is_sent(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    memos, microphones = with_a_microphone(agent)
    memos.button.click()
    microphones.newest.say(2_000)
    await agent.open("Marcus Webb")
    microphones.newest.say(2_000)
    assert memos.bar.go_there.isVisible()
    assert "Ana Ruiz" in memos.bar.accessibleName()
    memos.bar.go_there.click()
    assert agent.desk.window.open_chat_id == agent.chat("Ana Ruiz")
    memos.bar.listen.click()
    await until(lambda: bool(memos.shelf.players), "it can be listened to")
    (player,) = memos.shelf.players
    await until(lambda: player.duration_ms > 0 or player.trouble, "its waveform is there")
    assert player.trouble == ""
    assert abs(player.duration_ms - 4_000) <= 100
    assert await received(agent) == []
    player.toggle()
    await until(lambda: player.is_playing, "it plays")
    player.rest()
    await until(lambda: memos_in_draft(agent, "Ana Ruiz") != [], "the draft holds it")
    assert memos_in_draft(agent, "Marcus Webb") == []
    known = len(agent.shown())
    agent.desk.window.area.composer.send_button.click()
    await until(lambda: agent.said(known).endswith(("sent", "delivered", "read")), "it is sent")
    assert len(await received(agent)) == 1
    await until(lambda: not memos.shelf.isVisible(), "nothing is left in the composer")


@at_the_desk
async def test_without_a_microphone_there_is_a_sentence_and_a_way_to_the_settings(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    memos, microphones = with_a_microphone(agent)
    microphones.fails_with = NO_MICROPHONE
    memos.button.click()
    assert memos.bar.accessibleName() == NO_MICROPHONE
    memos.bar.settings.click()
    devices = agent.desk.window.findChild(QComboBox, "microphone")
    assert devices is not None
    await until(devices.isVisible, "the page of the microphone is open")
    assert devices.itemText(0) == "As the system prefers"
    memos.bar.close_trouble.click()


async def test_a_memo_survives_the_end_of_the_program_as_a_draft(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with sitting(sandbox, data) as agent:
        await agent.open("Ana Ruiz")
        memos, microphones = with_a_microphone(agent)
        memos.button.click()
        microphones.newest.say(5_000)
        await until(
            lambda: any(path.stat().st_size > 480_000 for path in (data / "recordings").glob("*.wav")),
            "it is on the disk",
        )
    async with sitting(sandbox, data) as agent:
        await until(lambda: memos_in_draft(agent, "Ana Ruiz") != [], "the memo is in the draft")
        await agent.open("Ana Ruiz")
        shelf = agent.desk.window.area.build().memos.shelf
        await until(lambda: any(each.duration_ms for each in shelf.players), "it can be listened to")
        assert abs(shelf.players[0].duration_ms - 5_000) <= 100
    assert len(find_leftovers(data / "recordings", sandbox.base_url)) <= 1


async def hear_it_once(sandbox: SandboxAddress, data: Path) -> None:
    """Start the program: the memo waits in its chat's draft, once, and can be played."""
    async with sitting(sandbox, data) as agent:
        await agent.open("Ana Ruiz")
        shelf = agent.desk.window.area.build().memos.shelf
        await until(lambda: any(each.duration_ms for each in shelf.players), "it can be listened to")
        await until(lambda: agent.desk.session.recording.is_idle, "nothing more is recovered")
        (memo,) = memos_in_draft(agent, "Ana Ruiz")
        assert memo.duration_ms is not None
        assert abs(memo.duration_ms - SPOKEN_MS) <= 100
        (player,) = shelf.players
        player.toggle()
        await until(lambda: player.is_playing or player.trouble, "it plays")
        assert player.trouble == ""
        player.rest()


@pytest.mark.parametrize("when", ["recording", "drafted"])
async def test_a_memo_survives_the_death_of_the_window_once(
    sandbox: SandboxAddress, tmp_path: Path, when: str
) -> None:
    data = tmp_path / "data"
    arguments = (sandbox.base_url, sandbox.token, str(data), "Ana Ruiz", when)
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.journeys.recording_program",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert program.stdout is not None
    assert await program.stdout.readline() == f"{when}\n".encode()
    program.kill()
    await program.wait()
    for _ in range(2):
        await hear_it_once(sandbox, data)
    assert find_leftovers(data / "recordings", sandbox.base_url) == []


@at_the_desk
async def test_a_memo_for_somebody_new_goes_right_after_the_first_message(agent: Agent) -> None:
    memos, microphones = with_a_microphone(agent)
    dialog = Beginning(agent)
    dialog.to("(415) 555-0663")
    dialog.button("record_voice_memo").click()
    microphones.newest.say(3_000)
    dialog.button("listen_before_sending").click()
    await until(lambda: "cannot open a chat" in dialog.says("first_message_words"), "it says what is missing")
    assert not dialog.button("send").isEnabled()
    dialog.write("Hello, this is the shop")
    dialog.send()
    await until(lambda: len(agent.shown()) == 2, "both are in the chat")
    await until(lambda: agent.shown()[-1].endswith(("sent", "delivered", "read")), "the memo is sent")
    await agent.outside.world(advance_s=5)
    ledger = [each for each in await agent.outside.ledger() if "+14155550663" in each["to"]]
    # Whoever has the chat open also tells that it was read, sooner or later.
    ours = [each for each in ledger if each["kind"] != "read"]
    assert [each["kind"] for each in ours] == ["message", "voice_memo"]
    assert ours[0]["parts"][0]["value"] == "Hello, this is the shop"
    assert memos.recorder.state is RecorderState.RESTING


async def test_a_memo_for_somebody_new_survives_the_end_of_the_program(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with sitting(sandbox, data) as agent:
        _memos, microphones = with_a_microphone(agent)
        dialog = Beginning(agent)
        dialog.button("record_voice_memo").click()
        microphones.newest.say(5_000)
        await until(
            lambda: any(path.stat().st_size > 480_000 for path in (data / "recordings").glob("*.wav")),
            "it is on the disk",
        )
    async with sitting(sandbox, data) as agent:
        await until(lambda: agent.desk.cache.draft(UNBEGUN) is not None, "it stands with what is begun")
        dialog = Beginning(agent)
        await until(lambda: len(dialog.composer.draft().files) == 1, "the dialog has it")
        agent.desk.window.area.build().memos.recorder.discard()
