"""Somebody at a desk with a real window, on a real sandbox."""

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.app import Desk, Program
from linqdesk.arguments import WindowOptions
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.view import ConnectionState
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.outside import Outside, until


@dataclass
class Agent:
    """Somebody at the desk: acts on the window and looks at it, and knows the world outside."""

    desk: Desk
    outside: Outside
    sandbox: SandboxAddress

    def chat(self, name: str) -> ChatId:
        chat_id = self.desk.chat_named(name)
        assert chat_id is not None
        return chat_id

    async def open(self, name: str) -> ChatId:
        """Open a chat by clicking its row, and wait until its messages are there."""
        chats = self.desk.window.chats.list
        row = chats.chats.row_of(self.chat(name))
        assert row is not None
        index = chats.chats.index(row)
        chats.scrollTo(index)
        QTest.mouseClick(
            chats.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            chats.visualRect(index).center(),
        )
        chat_id = self.chat(name)
        assert self.desk.window.open_chat_id == chat_id
        await until(lambda: self.desk.window.is_settled and self.shown(), f"{name}'s messages are shown")
        return chat_id

    def type(self, text: str) -> None:
        QTest.keyClicks(self.desk.window.area.composer.edit, text)

    def press(self, key: Qt.Key, target: QWidget | None = None) -> None:
        QTest.keyClick(target or self.desk.window.area.composer.edit, key)

    async def has_sent(self) -> None:
        """Wait until Linq has what was written into the open chat."""
        window = self.desk.window
        chat_id = window.open_chat_id
        assert chat_id is not None
        await until(lambda: window.area.composer.draft().is_empty, "it is in the outbox")
        await until(lambda: not self.desk.cache.outgoing(chat_id), "it is sent")

    def shown(self) -> list[str]:
        """The accessible texts of the open thread, oldest first."""
        model = self.desk.window.area.messages.messages
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row).data(role)) for row in range(model.rowCount())]

    def said(self, row: int) -> str:
        """The accessible text of one row, empty where there is none yet."""
        return dict(enumerate(self.shown())).get(row, "")

    def row_of(self, name: str) -> str:
        """What a screen reader says of a chat's row."""
        chats = self.desk.window.chats.list.chats
        row = chats.row_of(self.chat(name))
        if row is None:
            return ""
        return str(chats.index(row).data(Qt.ItemDataRole.AccessibleTextRole))

    def handles(self, name: str) -> tuple[str, str]:
        """The customer's handle and our line."""
        summary = self.desk.cache.summary(self.chat(name))
        assert summary is not None
        assert summary.chat.line is not None
        return summary.chat.others[0].handle, summary.chat.line

    async def answer_elsewhere(self, name: str, text: str) -> None:
        """Let a colleague answer from the same line with a program of their own."""
        client = LinqClient(Transport(self.sandbox.base_url, self.sandbox.token))
        try:
            content = Content((OutgoingText(text),))
            await client.send_message(self.chat(name), content, key=LocalId(f"elsewhere: {text}"))
        finally:
            await client.close()

    async def receive(self, name: str, text: str) -> None:
        """Let a customer write."""
        sender, line = self.handles(name)
        await self.outside.write(self.chat(name), text, sender, line)


@asynccontextmanager
async def started(environment: Environment) -> AsyncIterator[Desk]:
    """Start the program, and end it by closing its window."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk = Desk(application, WindowOptions(theme="light"), environment)

    async def run() -> None:
        await desk.run()

    running = TaskScope("program").start(run(), name="run")
    assert running is not None
    try:
        yield desk
    finally:
        desk.window.close()
        question = desk.window.findChild(QuestionDialog, "quit_question")
        if question is not None:
            question.press("Quit")
        await running
        desk.window.deleteLater()
        await until(lambda: not isValid(desk.window), "the window is gone")
    assert desk.exit_code == 0


async def chats_are_there(desk: Desk) -> None:
    """Wait until the desk is online and has read what it shows."""
    await until(
        lambda: desk.cache.connection.state is ConnectionState.ONLINE and desk.session.is_settled,
        "the chats are there",
    )


@asynccontextmanager
async def sitting(sandbox: SandboxAddress, data_dir: Path) -> AsyncIterator[Agent]:
    """Open the program on a sandbox, and close it again."""
    environment = Environment(
        base_url=sandbox.base_url, token=sandbox.token, data_dir=data_dir, log_level="debug"
    )
    outside = Outside(sandbox.control_url)
    try:
        async with started(environment) as desk:
            await chats_are_there(desk)
            yield Agent(desk, outside, sandbox)
    finally:
        await outside.close()


def at_the_desk(
    journey: Callable[..., Coroutine[Any, Any, None]],
) -> Callable[..., Coroutine[Any, Any, None]]:
    """Give a journey its agent.

    A fixture would not do: between a fixture and its test pytest-qt turns Qt's loop while asyncio's
    stands still, and the program's tasks would run into the void.
    """

    @functools.wraps(journey)
    async def run(sandbox: SandboxAddress, tmp_path: Path, **others: object) -> None:
        async with sitting(sandbox, tmp_path / "data") as agent:
            await journey(agent=agent, **others)

    parameters = [each for each in inspect.signature(journey).parameters.values() if each.name != "agent"]
    own = list(inspect.signature(run, follow_wrapped=False).parameters.values())[:2]
    cast("Any", run).__signature__ = inspect.Signature([*own, *parameters])
    return run


@asynccontextmanager
async def begun(environment: Environment) -> AsyncIterator[Program]:
    """Start the program with as many runs of its window as it wishes, and end it by closing the last."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    program = Program(application, WindowOptions(theme="light"), environment)

    async def run() -> None:
        await program.run()

    running = TaskScope("program").start(run(), name="run")
    assert running is not None
    try:
        yield program
    finally:
        program.desk.window.close()
        await running
        window = program.desk.window
        window.deleteLater()
        await until(lambda: not isValid(window), "the window is gone")
    assert program.desk.exit_code == 0
