import asyncio
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox

from linqdesk.app import Desk
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from tests.journeys.agent import begun, started
from tests.journeys.doorway import asked, files_in, give, online, press, said, shown, sign_out
from tests.journeys.outside import until
from tests.local.keyrings import Store, TokenFile, installed


def _environment(sandbox: SandboxAddress, folder: Path, keyring_wait_s: float = 10.0) -> Environment:
    return Environment(base_url=sandbox.base_url, data_dir=folder, keyring_wait_s=keyring_wait_s)


async def _signs_in_for_this_run(desk: Desk, token: str, why: str) -> None:
    """Sign in where the keyring keeps nothing: it works, and the window says so and why, then and later."""
    await give(desk, token)
    await until(lambda: "for this run only" in said(desk, "token_kept"), "it says where the token is")
    assert why in said(desk, "token_kept")
    press(desk, "sign_in_button")
    await online(desk)
    desk.settings.open("Account")
    place = shown(desk, QLabel, "token_place")
    assert place is not None
    assert "for this run only" in place.text()


async def test_a_keyring_that_never_answers_holds_nothing_up(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = "never seen"
    store.hangs = True
    async with started(_environment(sandbox, tmp_path, 0.4)) as desk:
        await until(desk.window.isVisible, "the window is there")
        # Its loop turns while the keyring is silent: the window repaints and can be closed.
        for width_px in range(1_000, 1_020):
            desk.window.resize(width_px, 700)
            await asyncio.sleep(0)
        await asked(desk)
        assert "gives no answer" in said(desk, "sign_in_fault")
        await _signs_in_for_this_run(desk, sandbox.token, "gives no answer")
    assert list(store.kept.values()) == ["never seen"]


async def test_one_can_go_on_before_the_keyring_has_answered(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.is_locked = True
    async with started(_environment(sandbox, tmp_path, 1.0)) as desk:
        await asked(desk)
        store.hangs = True
        await give(desk, sandbox.token)
        await until(lambda: "being stored" in said(desk, "token_kept"), "it is signed in")
        press(desk, "sign_in_button")
        await online(desk)
        await until(lambda: desk.window.findChild(QMessageBox), "it is told after all")
        notice = desk.window.findChild(QMessageBox)
        assert notice is not None
        assert "for this run only" in notice.text()
        notice.accept()


async def test_a_keyring_that_is_unlocked_late_signs_in_by_itself(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    store.hangs = True
    async with started(_environment(sandbox, tmp_path, 0.2)) as desk:
        await asked(desk)
        store.woken.set()
        await online(desk)
        assert shown(desk, QLineEdit, "token") is None
        assert desk.settings.token_place() == "The token is kept in your system's keyring, and nowhere else."


async def test_a_token_that_is_being_typed_is_not_taken_away_by_a_late_keyring(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = "another"
    store.hangs = True
    async with started(_environment(sandbox, tmp_path, 0.2)) as desk:
        field = await asked(desk)
        field.setText("half a to")
        store.hangs = False
        store.woken.set()
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert (await asked(desk)).text() == "half a to"
        field.clear()
        await give(desk, sandbox.token)
        await online(desk)
    assert list(store.kept.values()) == [sandbox.token]


async def test_a_token_that_is_stored_late_is_forgotten_by_signing_out(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.hangs = True
    async with begun(_environment(sandbox, tmp_path, 0.2)) as program:
        desk = program.desk
        await asked(desk)
        await give(desk, sandbox.token)
        await until(lambda: "for this run only" in said(desk, "token_kept"), "it is signed in")
        press(desk, "sign_in_button")
        await online(desk)
        await sign_out(desk)
        await until(lambda: program.desk is not desk, "another run begins")
        await asked(program.desk)
        store.hangs = False
        store.woken.set()
        # A question that comes last is answered last.
        await until(lambda: store.deleted == 1, "the keyring has done what it was asked for")
    assert store.kept == {}


@pytest.mark.parametrize("prompt", ["is_locked", "is_dismissed"])
async def test_a_keyring_that_stays_locked_leaves_the_token_for_this_run(
    sandbox: SandboxAddress, tmp_path: Path, store: Store, prompt: str
) -> None:
    setattr(store, prompt, True)
    async with started(_environment(sandbox, tmp_path)) as desk:
        await asked(desk)
        assert "is locked" in said(desk, "sign_in_fault")
        await _signs_in_for_this_run(desk, sandbox.token, "is locked")
    assert store.kept == {}


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, TokenFile])
async def test_a_keyring_that_keeps_no_secret_never_gets_the_token(
    sandbox: SandboxAddress, tmp_path: Path, kind: type[KeyringBackend]
) -> None:
    installed(kind)
    async with started(_environment(sandbox, tmp_path)) as desk:
        await asked(desk)
        assert "no keyring that keeps a secret" in said(desk, "sign_in_fault")
        await _signs_in_for_this_run(desk, sandbox.token, "no keyring that keeps a secret")
    kept = await asyncio.to_thread(files_in, tmp_path)
    assert sandbox.token.encode() not in kept
