"""Somebody sent voice memos; the agent listens to them in the thread, by pointer and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QWidget

from linqdesk.domain.message import MediaPart, Message
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.ui.media.playback import Playback
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@pytest.fixture
def sandbox_options() -> SandboxOptions:
    return SandboxOptions(story="gallery")


def _playback(agent: Agent) -> Playback:
    return agent.desk.window.area.build().media.recordings.playback


def _shown(agent: Agent, kind: type[QWidget], name: str) -> list[QWidget]:
    found = agent.desk.window.area.messages.findChildren(kind, name)
    return sorted((each for each in found if each.isVisible()), key=lambda each: each.y())


def _named(agent: Agent, name: str) -> QWidget:
    buttons = _shown(agent, QAbstractButton, "play_recording")
    return next(each for each in buttons if each.accessibleName() == name)


async def _listen(agent: Agent) -> list[str]:
    """Open the chat and wait until its sounds can be played; returns their names from the top."""
    chat_id = await agent.open("Voice and sound")
    contents = [row.content for row in agent.desk.cache.rows(chat_id)]
    names = [
        part.filename
        for content in contents
        if isinstance(content, Message)
        for part in content.parts
        if isinstance(part, MediaPart)
    ]
    await until(lambda: agent.desk.session.is_settled and agent.desk.window.is_settled, "all are read")
    return names


def _click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@at_the_desk
async def test_a_memo_plays_pauses_is_sought_and_goes_faster(agent: Agent) -> None:
    name = (await _listen(agent))[0]
    playback = _playback(agent)
    _click(_named(agent, f"Play {name}"))
    await until(lambda: playback.is_playing and playback.position_ms > 0, "it plays")
    _click(_named(agent, f"Pause {name}"))
    paused_ms = playback.position_ms
    assert not playback.is_playing

    line = next(
        each
        for each in _shown(agent, QAbstractSlider, "recording_position")
        if each.accessibleName() == f"Position in {name}"
    )
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() * 3 // 4, line.height() // 2))
    assert playback.position_ms > paused_ms
    assert not playback.is_playing
    QTest.mouseClick(_shown(agent, QAbstractButton, "recording_rate")[0], Qt.MouseButton.LeftButton)
    assert playback.rate == 1.5
    _click(_named(agent, f"Play {name}"))
    await until(lambda: playback.key is None, "it plays to its end")
    assert _named(agent, f"Play {name}").isEnabled()
    await until(lambda: playback.is_resting, "the player lets go")


@at_the_desk
async def test_only_one_plays_and_another_chat_brings_silence(agent: Agent) -> None:
    names = await _listen(agent)
    playback = _playback(agent)
    first, second = names[0], names[1]
    _click(_named(agent, f"Play {first}"))
    await until(lambda: playback.position_ms > 0, "the first plays")
    _click(_named(agent, f"Play {second}"))
    await until(lambda: playback.key is not None and playback.position_ms > 0, "the second plays")
    assert _named(agent, f"Play {first}").isEnabled()
    assert _named(agent, f"Pause {second}").isEnabled()

    await agent.open("Links")
    assert playback.key is None
    await until(lambda: playback.is_resting, "the player lets go")


@at_the_desk
async def test_space_and_arrows_play_the_focused_message(agent: Agent) -> None:
    await _listen(agent)
    view, playback = agent.desk.window.area.messages, _playback(agent)
    view.setFocus()
    agent.press(Qt.Key.Key_End, view)
    agent.press(Qt.Key.Key_Space, view)
    await until(lambda: playback.is_playing and playback.position_ms > 0, "it plays")
    agent.press(Qt.Key.Key_Space, view)
    assert not playback.is_playing
    agent.press(Qt.Key.Key_Left, view)
    assert playback.position_ms == 0
