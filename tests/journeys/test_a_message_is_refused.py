from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from linqdesk.domain.message import Effect
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


def _button(agent: Agent, name: str) -> QPushButton:
    shown = agent.desk.window.area.messages.findChildren(QPushButton, name)
    return next(each for each in shown if each.isVisible())


@at_the_desk
async def test_the_bubble_says_why_and_the_words_come_back_for_another_try(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    composer = agent.desk.window.area.composer
    refusal = {"status": 400, "code": 1004}
    await agent.outside.fault({"match": {"method": "POST", "path": "/messages$"}, "do": refusal})
    agent.type("Yes, he can.")
    composer.set_effect(Effect("screen", "confetti"))
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "not delivered" in agent.said(known).lower(), "the bubble says so")
    assert "did not accept what the message says" in agent.said(known)

    QTest.mouseClick(_button(agent, "why"), Qt.MouseButton.LeftButton)
    why = agent.desk.window.findChild(QDialog, "reasons")
    assert isinstance(why, QDialog)
    words = " ".join(each.text() for each in why.findChildren(QLabel))
    for part in ("Code 1004", "HTTP 400", "Trace "):
        assert part in words
    why.reject()

    await agent.outside.fault()
    agent.type("Also:")
    QTest.mouseClick(_button(agent, "edit"), Qt.MouseButton.LeftButton)
    assert composer.edit.toPlainText() == "Yes, he can.\nAlso:"
    await until(lambda: len(agent.shown()) == known, "the bubble is gone")
    assert composer.draft().effect == Effect("screen", "confetti")
    agent.press(Qt.Key.Key_Return)
    await agent.has_sent()
    await agent.outside.world(advance_s=3)
    received = [each for each in await agent.outside.ledger() if each["kind"] == "message"]
    assert [each["parts"][0]["value"] for each in received] == ["Yes, he can.\nAlso:"]
    assert received[0]["effect"] == {"type": "screen", "name": "confetti"}
