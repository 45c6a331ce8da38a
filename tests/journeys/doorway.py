"""What one does and sees where one signs in and out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from linqdesk.app import Desk
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ConnectionState
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import Agent
from tests.journeys.outside import Outside, until

_Kind = TypeVar("_Kind", bound=QWidget)


@asynccontextmanager
async def outside_of(sandbox: SandboxAddress) -> AsyncIterator[Outside]:
    outside = Outside(sandbox.control_url)
    try:
        yield outside
    finally:
        await outside.close()


def shown(desk: Desk, kind: type[_Kind], name: str) -> _Kind | None:
    found = desk.window.findChild(kind, name)
    return found if isinstance(found, kind) and found.isVisible() else None


def said(desk: Desk, name: str) -> str:
    label = shown(desk, QLabel, name)
    return "" if label is None else label.text()


def press(desk: Desk, name: str) -> None:
    button = shown(desk, QPushButton, name)
    assert button is not None, name
    button.click()


async def asked(desk: Desk) -> QLineEdit:
    await until(lambda: shown(desk, QLineEdit, "token"), "it asks for a token")
    field = shown(desk, QLineEdit, "token")
    assert field is not None
    return field


async def give(desk: Desk, token: str) -> None:
    """Paste a token and press Enter, as one does without a mouse."""
    field = await asked(desk)
    QTest.keyClicks(field, token)
    QTest.keyClick(field, Qt.Key.Key_Return)


def has_draft(desk: Desk) -> bool:
    summaries = map(desk.cache.summary, desk.cache.chat_ids())
    return any(each is not None and each.draft is not None for each in summaries)


async def sign_out(desk: Desk) -> str:
    """Open the settings by their key, press "Sign out…" there, and say yes to the question; returns that."""
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow, "the window has the focus")
    QTest.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.window.findChild(QDialog, "settings"), "the settings are open")
    button = desk.window.findChild(QPushButton, "sign_out")
    assert button is not None
    button.click()
    question = desk.window.findChild(QuestionDialog, "sign_out_question")
    assert question is not None
    words = " ".join(each.text() for each in question.findChildren(QLabel))
    question.press("Sign out")
    return words


def is_in(desk: Desk, state: ConnectionState) -> bool:
    return desk.cache.connection.state is state


async def online(desk: Desk) -> None:
    """Wait until the chats are known; their messages come later."""
    await until(lambda: desk.cache.chat_ids() and is_in(desk, ConnectionState.ONLINE), "the chats are there")


async def open_chat(agent: Agent, name: str) -> None:
    """Open a chat and wait for its words alone: its pictures take longer."""
    agent.desk.window.open_chat(agent.chat(name))
    await until(lambda: agent.shown() and agent.said(0), f"{name}'s messages are shown")


def files_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
