import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from linqdesk.app import Desk
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.message import Message
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ConnectionState
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.journeys.agent import Agent, at_the_desk, begun, started
from tests.journeys.outside import Outside, until
from tests.local.keyrings import Store, installed

_Kind = TypeVar("_Kind", bound=QWidget)


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    installed(NoKeyring)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def store() -> Store:
    made: Store = installed(Store)
    return made


@asynccontextmanager
async def outside_of(sandbox: SandboxAddress) -> AsyncIterator[Outside]:
    outside = Outside(sandbox.control_url)
    try:
        yield outside
    finally:
        await outside.close()


def _shown(desk: Desk, kind: type[_Kind], name: str) -> _Kind | None:
    found = desk.window.findChild(kind, name)
    return found if isinstance(found, kind) and found.isVisible() else None


def _said(desk: Desk, name: str) -> str:
    label = _shown(desk, QLabel, name)
    return "" if label is None else label.text()


def _press(desk: Desk, name: str) -> None:
    button = _shown(desk, QPushButton, name)
    assert button is not None, name
    button.click()


async def _asked(desk: Desk) -> QLineEdit:
    await until(lambda: _shown(desk, QLineEdit, "token"), "it asks for a token")
    field = _shown(desk, QLineEdit, "token")
    assert field is not None
    return field


async def _give(desk: Desk, token: str) -> None:
    """Paste a token and press Enter, as one does without a mouse."""
    field = await _asked(desk)
    QTest.keyClicks(field, token)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _has_draft(desk: Desk) -> bool:
    summaries = map(desk.cache.summary, desk.cache.chat_ids())
    return any(each is not None and each.draft is not None for each in summaries)


async def _sign_out(desk: Desk) -> None:
    """Open the settings by their key, press "Sign out…" there, and say yes to the question."""
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow, "the window has the focus")
    QTest.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.window.findChild(QDialog, "settings"), "the settings are open")
    button = desk.window.findChild(QPushButton, "sign_out")
    assert button is not None
    button.click()
    question = desk.window.findChild(QuestionDialog, "sign_out_question")
    assert question is not None
    assert "a draft" in " ".join(each.text() for each in question.findChildren(QLabel))
    question.press("Sign out")


def _is_in(desk: Desk, state: ConnectionState) -> bool:
    return desk.cache.connection.state is state


async def _online(desk: Desk) -> None:
    """Wait until the chats are known; their messages come later."""
    await until(lambda: desk.cache.chat_ids() and _is_in(desk, ConnectionState.ONLINE), "the chats are there")


async def _open(agent: Agent, name: str) -> None:
    """Open a chat and wait for its words alone: its pictures take longer."""
    agent.desk.window.open_chat(agent.chat(name))
    await until(lambda: agent.shown() and agent.said(0), f"{name}'s messages are shown")


def _files(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


async def test_without_a_token_the_program_asks_and_offers_the_demo(tmp_path: Path) -> None:
    async with started(Environment(data_dir=tmp_path)) as desk:
        await _asked(desk)
        assert "asked for at each start" in _said(desk, "sign_in_fault")
        _press(desk, "explore_demo")
        await _online(desk)
        assert len(desk.cache.chat_ids()) == 48


async def test_a_wrong_token_is_refused_and_the_right_one_shows_its_lines(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as desk:
        await _give(desk, "wrong-canary")
        await until(lambda: "does not accept this token" in _said(desk, "sign_in_fault"), "it is refused")
        assert (await _asked(desk)).text() == ""
        assert desk.cache.chat_ids() == []
        await _give(desk, sandbox.token)
        await until(lambda: _said(desk, "sign_in_title") == "Signed in", "it is accepted")
        rows = [each.accessibleName() for each in desk.window.findChildren(QWidget, "line_row")]
        assert len(rows) == len(desk.cache.lines or rows)
        assert all("reputation: " in row for row in rows)
        assert "for this run only" in _said(desk, "token_kept")
        _press(desk, "sign_in_button")
        await _online(desk)
    kept = await asyncio.to_thread(_files, tmp_path)
    assert b"wrong-canary" not in kept
    assert sandbox.token.encode() not in kept


async def test_a_token_is_not_asked_for_twice(sandbox: SandboxAddress, tmp_path: Path, store: Store) -> None:
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with started(environment) as desk:
        await _give(desk, sandbox.token)
        await until(lambda: "system's keyring" in _said(desk, "token_kept"), "it says where the token is")
        await _online(desk)
    assert list(store.kept.values()) == [sandbox.token]
    async with started(environment) as desk:
        await _online(desk)
        assert _shown(desk, QLineEdit, "token") is None


async def test_a_stored_token_that_was_revoked_is_asked_for_anew(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = "of last year"
    async with started(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as desk:
        await _asked(desk)
        assert "no longer accepts" in _said(desk, "sign_in_fault")
        await _give(desk, sandbox.token)
        await _online(desk)
    assert list(store.kept.values()) == [sandbox.token]


async def test_a_token_that_nobody_could_check_stays_in_its_field(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, started(environment) as desk:
        await outside.fault({"match": {"path": "phone_numbers"}, "do": {"status": 503}})
        await _give(desk, sandbox.token)
        await until(lambda: _said(desk, "sign_in_fault"), "it says what is wrong")
        assert "not available" in _said(desk, "sign_in_fault")
        await outside.fault()
        _press(desk, "sign_in_button")
        await _online(desk)


@at_the_desk
async def test_a_revoked_token_stops_all_and_the_next_goes_on_in_place(agent: Agent) -> None:
    desk = agent.desk
    chat_id = await agent.open("Ana Ruiz")
    agent.type("half a sen")
    await agent.outside.fault({"match": {"path": ".*"}, "do": {"status": 401, "code": 2004}})
    await until(lambda: _is_in(desk, ConnectionState.SIGNED_OUT), "it is signed out")
    count = len(await agent.outside.requests())
    agent.type("tence")
    desk.session.refresh()
    for _ in range(5):
        await asyncio.sleep(0.1)
    # Requests that were under way may have ended; none began.
    assert len(await agent.outside.requests()) <= count + 1
    await agent.outside.fault()
    _press(desk, "banner_action")
    await _give(desk, agent.sandbox.token)
    await _online(desk)
    assert desk.window.open_chat_id == chat_id
    assert desk.window.area.composer.edit.toPlainText() == "half a sentence"


def _is_sent(desk: Desk, text: str) -> bool:
    return any(
        isinstance(row.content, Message)
        and row.content.text == text
        and row.content.delivery is not Delivery.FAILED
        for chat_id in desk.cache.chat_ids()
        for row in desk.cache.rows(chat_id)
    )


async def test_what_waits_for_customers_never_goes_to_the_demo(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        await _online(program.desk)
        agent = Agent(program.desk, outside, sandbox)
        await _open(agent, "Ana Ruiz")
        await outside.fault({"match": {"path": ".*"}, "do": {"status": 401, "code": 2004}})
        await until(lambda: _is_in(program.desk, ConnectionState.SIGNED_OUT), "it is signed out")
        agent.type("for Ana alone")
        agent.press(Qt.Key.Key_Return)
        await until(lambda: "for Ana alone" in agent.shown()[-1], "it waits in its bubble")
        _press(program.desk, "banner_action")
        real = program.desk
        await _asked(real)
        _press(real, "explore_demo")
        await until(lambda: program.desk is not real, "another run begins")
        await _online(program.desk)
        assert not _is_sent(program.desk, "for Ana alone")
        demo = program.desk
        assert all(
            summary.sending_count == summary.failed_count == 0
            for summary in map(demo.cache.summary, demo.cache.chat_ids())
            if summary is not None
        )
        await outside.fault()
        assert "for Ana alone" not in await outside.texts_received()
        demo.window.sign_out_requested.emit()
        await until(lambda: program.desk is not demo, "the demo is left")
        await _online(program.desk)
        await until(lambda: _is_sent(program.desk, "for Ana alone"), "it is sent at last")
        agent = Agent(program.desk, outside, sandbox)
        await _open(agent, "Ana Ruiz")
        await until(lambda: agent.shown()[-1].endswith(("delivered", "read")), "she has it")
        assert (await outside.texts_received()).count("for Ana alone") == 1


async def test_signing_out_leaves_nothing_of_the_customers(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await _online(desk)
        agent = Agent(desk, outside, sandbox)
        await _open(agent, "Ana Ruiz")
        agent.type("a draft of canary text")
        await until(lambda: _has_draft(desk), "the draft is kept")
        await _sign_out(desk)
        await until(lambda: program.desk is not desk, "another run begins")
        await _asked(program.desk)
        assert store.kept == {}
        assert program.desk.cache.chat_ids() == []
    kept = await asyncio.to_thread(_files, tmp_path)
    assert b"canary" not in kept
    assert list((tmp_path / "media").glob("*")) == []


async def test_another_accounts_token_takes_over_only_when_that_is_wanted(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    lines = {"phone_numbers": [{"id": "x", "phone_number": "+14155550199"}]}
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await _online(desk)
        await outside.fault({"match": {"path": "phone_numbers"}, "do": {"status": 200, "body": lines}})
        desk.window.ask_to_sign_in()
        await _give(desk, sandbox.token)
        await until(lambda: _said(desk, "sign_in_title") == "This is another account", "it warns")
        _press(desk, "explore_demo")
        await _asked(desk)
        assert desk.cache.chat_ids()
        await _give(desk, sandbox.token)
        await until(lambda: _said(desk, "sign_in_title") == "This is another account", "it warns")
        _press(desk, "sign_in_button")
        await until(lambda: program.desk is not desk, "another run begins")
        await _online(program.desk)
        assert list(store.kept.values()) == [sandbox.token]
