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
from typing_extensions import override

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.secrets import backend_name, forget_token, load_token, save_token
from tests.local.keyrings import Store, installed

ONE, TWO = "https://one.test", "https://two.test"


class TokenFile(KeyringBackend):
    """A keyring that somebody installed besides, and that writes to a file."""

    priority = 9

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("it was asked")

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("it was given the token")


@pytest.fixture(autouse=True)
def _keyring_of_before() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def store() -> Store:
    made: Store = installed(Store)
    return made


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
        with pytest.raises(LocalFaultError, match="unlock it"):
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
        with pytest.raises(LocalFaultError, match="for this run"):
            await load_token(ONE, limit_s=0.2)

    # The loop turns meanwhile: the window would answer.
    await asyncio.wait_for(asyncio.gather(ask(), turn()), 10)
    assert turns == 100
    store.woken.set()


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, TokenFile])
async def test_a_keyring_that_keeps_no_secret_is_refused(kind: type[KeyringBackend]) -> None:
    installed(kind)
    for attempt in (load_token(ONE), save_token(ONE, "a"), forget_token(ONE)):
        with pytest.raises(LocalFaultError, match="asked for at each start"):
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
    kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*.keyring"))
    assert kept
    assert b"canary" not in kept
