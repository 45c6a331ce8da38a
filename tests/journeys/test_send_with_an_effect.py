from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


def _named(agent: Agent, name: str) -> QWidget:
    """Return what is visible in the window under an accessible name."""
    widgets: list[QWidget] = agent.desk.window.findChildren(QWidget)
    return next(each for each in widgets if each.isVisible() and each.accessibleName() == name)


@at_the_desk
async def test_an_effect_chosen_by_keyboard_arrives_with_the_message(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    await agent.open("Ana Ruiz")
    agent.type("Hooray")
    QTest.mouseClick(_named(agent, "Effects"), Qt.MouseButton.LeftButton)
    agent.press(Qt.Key.Key_C, window.focusWidget())
    agent.press(Qt.Key.Key_Space, window.focusWidget())
    assert window.area.build().effects.is_moving
    agent.press(Qt.Key.Key_Escape, window.focusWidget())
    assert not window.area.build().effects.is_moving
    agent.press(Qt.Key.Key_Return, window.focusWidget())
    assert _named(agent, "Confetti effect: play it").isVisible()
    agent.press(Qt.Key.Key_Return)

    await agent.has_sent()
    assert window.area.build().effects.chip.isHidden()
    await agent.outside.world(advance_s=3)
    effects = [each["effect"] for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert effects[-1] == {"type": "screen", "name": "confetti"}


@at_the_desk
async def test_an_effect_that_was_taken_back_does_not_arrive(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    page = agent.desk.window.area.build()
    page.effects.toggle_picker()
    agent.press(Qt.Key.Key_Return, agent.desk.window.focusWidget())
    agent.type("Plain")
    QTest.mouseClick(_named(agent, "Remove Slam effect"), Qt.MouseButton.LeftButton)
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    effects = [each["effect"] for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert effects[-1] is None
