import pytest

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

MOVING = {"type": "text", "value": "Hooray", "text_decorations": [{"range": [0, 6], "animation": "shake"}]}


async def _congratulate(agent: Agent) -> None:
    """Let the customer of the open chat say something that moves, with confetti."""
    sender, line = agent.handles("Ana Ruiz")
    effect = {"type": "screen", "name": "confetti"}
    await agent.outside.say(agent.chat("Ana Ruiz"), sender, line, parts=[MOVING], effect=effect)
    await until(lambda: "Hooray" in agent.shown()[-1], "the message is shown")


@at_the_desk
async def test_an_effect_that_arrives_plays_once_and_then_all_is_still(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    await agent.open("Ana Ruiz")
    effects = window.area.messages.effects
    await _congratulate(agent)
    await until(lambda: effects.overlay.playing == "confetti", "confetti falls")
    assert effects.rows.is_moving
    await until(lambda: not effects.is_moving, "everything has come to rest")
    assert not effects.clock.is_running
    assert window.is_settled


@at_the_desk
async def test_where_motion_is_reduced_an_arrival_moves_nothing(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    await agent.open("Ana Ruiz")
    effects = window.area.messages.effects
    monkeypatch.setenv("LINQDESK_REDUCED_MOTION", "1")
    await _congratulate(agent)
    assert not effects.is_moving
    assert "confetti effect" in agent.shown()[-1]
