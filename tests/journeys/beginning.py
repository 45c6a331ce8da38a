"""Hands on the dialog that begins a chat."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit, QWidget

from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.new_chat.recipient_chip import RecipientChip
from tests.journeys.agent import Agent


class Beginning:
    """The dialog, opened by Ctrl+N."""

    def __init__(self, agent: Agent) -> None:
        window = agent.desk.window
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = window.findChild(QDialog, "new_chat")
        assert isinstance(dialog, QDialog)
        assert dialog.isVisible()
        self._dialog = dialog
        layout = dialog.layout()
        item = layout.itemAt(0) if layout is not None else None
        stage = item.widget() if item is not None else None
        assert isinstance(stage, QWidget)
        self.stage = stage

    @property
    def is_open(self) -> bool:
        return self._dialog.isVisible()

    def _find(self, kind: type[QWidget], name: str) -> Any:
        found = self._dialog.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    def to(self, *recipients: str) -> None:
        edit = self._find(QLineEdit, "recipients")
        for each in recipients:
            QTest.keyClicks(edit, each)
            QTest.keyClick(edit, Qt.Key.Key_Return)

    def write(self, text: str) -> None:
        QTest.keyClicks(self._find(MessageEdit, "first_message"), text)

    @property
    def composer(self) -> Composer:
        found: Composer = self._find(Composer, "composer")
        return found

    def chips(self) -> list[str]:
        chips: list[RecipientChip] = self._dialog.findChildren(RecipientChip)
        return [each.accessibleName() for each in chips if each.isVisible()]

    def button(self, name: str) -> QAbstractButton:
        button: QAbstractButton = self._find(QAbstractButton, name)
        return button

    def says(self, name: str) -> str:
        label = self._find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def name(self, name: str) -> None:
        QTest.keyClicks(self._find(QLineEdit, "group_name"), name)

    def use_line(self, number: int) -> None:
        choice = self._find(QComboBox, "from_line")
        choice.setCurrentIndex(number)

    def send(self) -> None:
        send = self.button("send")
        assert send.isEnabled()
        send.click()
