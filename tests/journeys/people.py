"""The details of a chat as somebody at the desk sees and uses them."""

import asyncio
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from linqdesk.domain.ids import Handle
from linqdesk.ui.handle_drag import handle_data
from linqdesk.ui.panels.details_panel import DetailsPanel
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import Agent

GROUP = "Saturday gravel ride"
ANA, TOM, CHLOE = Handle("+14155550134"), Handle("+14155550171"), Handle("+14155550146")
NEW = Handle("+14155550661")


class Details:
    """The open panel."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        window = agent.desk.window
        if not agent.desk.window.findChildren(DetailsPanel):
            QTest.mouseClick(window.area.header.details, Qt.MouseButton.LeftButton)
        found = window.findChild(DetailsPanel)
        assert isinstance(found, DetailsPanel)
        self.panel = found

    @classmethod
    async def of(cls, agent: Agent, name: str) -> "Details":
        await agent.open(name)
        return cls(agent)

    def rows(self) -> list[str]:
        members = self.panel.people.members
        return [members.row_at(row).spoken() for row in range(members.rowCount())]

    def row(self, handle: str) -> str:
        at = self.panel.people.members.row_of(handle)
        return "" if at is None else self.panel.people.members.row_at(at).spoken()

    def text(self, name: str) -> str:
        label = self.panel.findChild(QLabel, name)
        return label.text() if isinstance(label, QLabel) and label.isVisible() else ""

    def choose(self, handle: str) -> None:
        """Go to a member with the keyboard and open the row."""
        people = self.panel.people
        at = people.members.row_of(handle)
        assert at is not None
        people.setFocus()
        people.setCurrentIndex(people.members.index(0))
        for _ in range(at):
            QTest.keyClick(people, Qt.Key.Key_Down)
        QTest.keyClick(people, Qt.Key.Key_Return)

    def dialog(self) -> QDialog:
        found = [each for each in self.agent.desk.window.findChildren(QDialog) if each.isVisible()]
        assert len(found) == 1, [each.objectName() for each in found]
        return found[0]

    def answer(self, name: str) -> None:
        question = self.dialog()
        assert isinstance(question, QuestionDialog)
        question.press(name)

    def field(self, name: str) -> QLineEdit:
        found = self.dialog().findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit)
        return found

    def press(self, name: str) -> None:
        button = self.dialog().findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        assert button.isEnabled()
        button.click()

    def type_into(self, name: str, text: str) -> None:
        field = self.field(name)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    async def asked(self, path: str) -> list[str]:
        """The methods with which the API was asked to change something at a path that ends so."""
        seen = await self.agent.outside.requests()
        return [each["method"] for each in seen if each["path"].endswith(path) and each["method"] != "GET"]

    async def carried_out(self, path: str, count: int = 1) -> None:
        """Let Linq carry out what it accepted, once it was asked for it so many times."""
        for _ in range(1_000):
            if len(await self.asked(path)) >= count:
                break
            await asyncio.sleep(0.01)
        await self.agent.outside.world(advance_s=3)

    async def linqs(self, name: str = GROUP) -> dict[str, Any]:
        """What Linq knows of the group."""
        wanted = self.agent.chat(name)
        state = await self.agent.outside.state()
        found: dict[str, Any] = next(each for each in state["chats"] if each["id"] == wanted)
        return found

    async def statuses(self, name: str = GROUP) -> dict[str, str]:
        return {each["handle"]: each["status"] for each in (await self.linqs(name))["handles"]}


def drop(target: QWidget, handle: Handle, place: QPointF) -> bool:
    """Drag a handle over a widget and let go of it; tells whether the widget took it."""
    data, copy = handle_data([handle]), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, data, button, keys)
    QApplication.sendEvent(target, enter)
    move = QDragMoveEvent(place.toPoint(), copy, data, button, keys)
    QApplication.sendEvent(target, move)
    if not move.isAccepted():
        return False
    fall = QDropEvent(place, copy, data, button, keys)
    QApplication.sendEvent(target, fall)
    return fall.isAccepted()
