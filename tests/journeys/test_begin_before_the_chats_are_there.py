"""What is pressed and typed as soon as the window is seen, before anything behind it is imported."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.app import Desk
from linqdesk.first_picture import FirstPicture
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog
from linqdesk.ui.settings.settings_dialog import SettingsDialog
from tests.journeys.agent import chats_are_there, started
from tests.journeys.outside import until


def on_a_sandbox(sandbox: SandboxAddress, folder: Path) -> Environment:
    return Environment(base_url=sandbox.base_url, token=sandbox.token, data_dir=folder, log_level="warning")


async def seen(desk: Desk) -> None:
    await until(desk.window.isVisible, "the window is there")
    desk.window.activateWindow()
    assert not desk.cache.chat_ids()


async def test_a_new_chat_can_be_begun_as_soon_as_the_window_is_seen(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(on_a_sandbox(sandbox, tmp_path)) as desk:
        await seen(desk)
        QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = desk.window.findChild(NewChatDialog)
        assert isinstance(dialog, NewChatDialog)
        assert dialog.isVisible()
        await chats_are_there(desk)
        assert dialog.isVisible()
        dialog.close()


async def test_settings_open_as_soon_as_the_window_is_seen(sandbox: SandboxAddress, tmp_path: Path) -> None:
    async with started(on_a_sandbox(sandbox, tmp_path)) as desk:
        await seen(desk)
        QTest.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        dialog = desk.window.findChild(SettingsDialog)
        assert isinstance(dialog, SettingsDialog)
        assert dialog.isVisible()
        await chats_are_there(desk)
        dialog.close()


async def test_what_is_searched_for_before_the_chats_are_there_counts_when_they_come(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(on_a_sandbox(sandbox, tmp_path)) as desk:
        await seen(desk)
        QTest.keyClicks(desk.window.chats.search, "Ana Ruiz")
        await chats_are_there(desk)
        chats = desk.window.chats.list.chats
        await until(lambda: chats.rowCount() > 0, "she is found")
        assert chats.rowCount() < len(desk.cache.chat_ids())


async def test_a_window_that_closes_at_once_ends_well(sandbox: SandboxAddress, tmp_path: Path) -> None:
    async with started(on_a_sandbox(sandbox, tmp_path)) as desk:
        await seen(desk)
    assert not desk.cache.chat_ids()


async def test_a_window_that_is_not_painted_is_not_waited_for(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(on_a_sandbox(sandbox, tmp_path)) as desk:
        await chats_are_there(desk)
        desk.window.hide()
        await FirstPicture(desk.window).seen(limit_s=0.05)
        assert not desk.window.isVisible()
