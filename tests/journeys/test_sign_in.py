import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import keyring
import pytest
from keyring.backends.fail import Keyring
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from linqdesk.app import Desk
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ConnectionState
from tests.journeys.agent import chats_are_there, started
from tests.journeys.outside import until


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(cast("Any", Keyring)())
    yield
    keyring.set_keyring(before)


def _token_field(desk: Desk) -> QLineEdit | None:
    field = desk.window.findChild(QLineEdit, "token")
    return field if isinstance(field, QLineEdit) and field.isVisible() else None


def _is_in(desk: Desk, state: ConnectionState) -> bool:
    return desk.cache.connection.state is state


def _logs(folder: Path) -> str:
    return "".join(each.read_text() for each in folder.rglob("*.log"))


async def test_without_a_token_the_program_asks_and_offers_the_demo(tmp_path: Path) -> None:
    async with started(Environment(data_dir=tmp_path)) as desk:
        await until(lambda: _token_field(desk), "it asks for a token")
        fault = desk.window.findChild(QLabel, "sign_in_fault")
        assert isinstance(fault, QLabel)
        assert "asked for at each start" in fault.text()
        demo = desk.window.findChild(QPushButton, "explore_demo")
        assert isinstance(demo, QPushButton)
        demo.click()
        await chats_are_there(desk)
        assert len(desk.cache.chat_ids()) == 48


async def test_a_wrong_token_is_refused_and_the_right_one_goes_on(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with started(environment) as desk:
        for token, state in (
            ("wrong", ConnectionState.SIGNED_OUT),
            (sandbox.token, ConnectionState.ONLINE),
        ):
            desk.window.ask_to_sign_in()
            await until(lambda: _token_field(desk), "it asks for a token")
            field = _token_field(desk)
            assert field is not None
            QTest.keyClicks(field, token)
            button = desk.window.findChild(QPushButton, "sign_in_button")
            assert isinstance(button, QPushButton)
            button.click()
            await until(partial(_is_in, desk, state), f"{token} is answered")
        await chats_are_there(desk)
    assert "wrong" not in await asyncio.to_thread(_logs, tmp_path)
