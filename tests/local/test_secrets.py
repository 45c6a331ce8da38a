import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.secrets import backend_name, forget_token, load_token, save_token
from tests.local.keyrings import Store, TokenFile, installed

ONE, TWO = "https://one.test", "https://two.test"


@pytest.fixture(autouse=True)
def _keyring_of_before() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def store() -> Iterator[Store]:
    made: Store = installed(Store)
    yield made
    # Whatever still hangs would keep the next one waiting.
    made.woken.set()


@pytest.mark.usefixtures("store")
async def test_a_token_is_kept_per_api() -> None:
    await save_token(ONE, "a")
    assert await load_token(ONE) == "a"
    assert await load_token(TWO) is None
    assert "keyrings.Store" in backend_name()


async def test_a_forgotten_token_is_gone(store: Store) -> None:
    await save_token(ONE, "a")
    await forget_token(ONE)
    assert store.kept == {}
    await forget_token(ONE)


async def test_a_locked_keyring_says_what_to_do(store: Store) -> None:
    store.is_locked = True
    for attempt in (load_token(ONE), save_token(ONE, "a"), forget_token(ONE)):
        with pytest.raises(LocalFaultError, match="is locked"):
            await attempt


async def test_a_keyring_that_hangs_is_given_up_and_holds_nothing_up(store: Store) -> None:
    store.hangs = True
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while turns < 100:
            turns += 1
            await asyncio.sleep(0)

    async def ask() -> None:
        with pytest.raises(LocalFaultError, match="no answer"):
            await load_token(ONE, limit_s=0.2)

    # The loop turns meanwhile: the window would answer.
    await asyncio.wait_for(asyncio.gather(ask(), turn()), 10)
    assert turns == 100


async def test_what_a_keyring_answers_too_late_is_heard_all_the_same(store: Store) -> None:
    store.kept["linqdesk", ONE] = "a"
    store.hangs = True
    heard: list[str | None] = []
    stored: list[None] = []
    with pytest.raises(LocalFaultError, match="no answer"):
        await load_token(ONE, 0.05, heard.append)
    with pytest.raises(LocalFaultError, match="no answer"):
        await save_token(ONE, "b", 0.05, stored.append)
    with pytest.raises(LocalFaultError, match="no answer"):
        await forget_token(ONE, 0.05)
    assert (heard, stored) == ([], [])
    store.woken.set()
    # It is asked in order, so that what was to be forgotten last is forgotten.
    assert await load_token(ONE) is None
    assert (heard, stored) == (["a"], [None])
    assert store.kept == {}


async def test_a_question_for_the_password_that_is_closed_is_no_answer(store: Store) -> None:
    store.is_dismissed = True
    with pytest.raises(LocalFaultError, match="is locked"):
        await load_token(ONE)


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, TokenFile])
async def test_a_keyring_that_keeps_no_secret_is_refused(kind: type[KeyringBackend]) -> None:
    installed(kind)
    for attempt in (load_token(ONE), save_token(ONE, "a"), forget_token(ONE)):
        with pytest.raises(LocalFaultError, match="no keyring"):
            await attempt
    assert "none that is safe" in backend_name()


async def test_of_several_keyrings_only_the_one_that_keeps_secrets_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = cast("Any", Store)()
    both = [cast("Any", TokenFile)(), store]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", both)
    installed(chainer.ChainerBackend)
    await save_token(ONE, "a")
    assert await load_token(ONE) == "a"
    assert list(store.kept.values()) == ["a"]


_ROUND_TRIP = """
import asyncio, sys
from linqdesk.local.secrets import backend_name, forget_token, load_token, save_token

async def main():
    match sys.argv[1]:
        case "save":
            await save_token("https://one.test", "canary")
            print(backend_name())
        case "load":
            print(await load_token("https://one.test"))
        case "forget":
            await forget_token("https://one.test")

asyncio.run(main())
"""


_BUS = shutil.which("dbus-run-session") or ""


@pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None or not _BUS,
    reason="needs gnome-keyring-daemon and dbus-run-session",
)
def test_a_real_secret_service_keeps_the_token_from_run_to_run(tmp_path: Path) -> None:
    program = tmp_path / "round_trip.py"
    program.write_text(_ROUND_TRIP)
    step = f"{sys.executable} {program}"
    script = (
        "echo -n secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
        f"{step} save && {step} load && {step} forget && {step} load"
    )
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share"), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [_BUS, "--", "/bin/sh", "-c", script],
        env=os.environ | home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == ["keyring.backends.SecretService.Keyring", "canary", "None"], (
        done.stderr
    )
    kept = b"".join(each.read_bytes() for each in (tmp_path / "share").rglob("*.keyring"))
    assert kept
    assert b"canary" not in kept
