from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError
from typing_extensions import override

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.secrets import backend_name, load_token, save_token


class _Store(KeyringBackend):
    """A keyring in memory, as an operating system would offer one."""

    priority = 1.0

    is_locked = False

    @cached_property
    def kept(self) -> dict[tuple[str, str], str]:
        """Tokens by service and name."""
        return {}

    @override
    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise InitError("locked")
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise InitError("locked")
        self.kept[service, username] = password


def _make(kind: Callable[[], Any]) -> Any:
    """Make a back end, whose library does not tell the types of its constructors."""
    return kind()


@pytest.fixture
def store() -> Iterator[_Store]:
    before = keyring.get_keyring()
    made: _Store = _make(_Store)
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.mark.usefixtures("store")
async def test_a_token_is_kept_per_api() -> None:
    await save_token("https://one.test", "a")
    assert await load_token("https://one.test") == "a"
    assert await load_token("https://two.test") is None
    assert "test_secrets" in backend_name()


async def test_a_locked_keyring_says_what_to_do(store: _Store) -> None:
    store.is_locked = True
    with pytest.raises(LocalFaultError, match="unlock it"):
        await load_token("https://one.test")
    with pytest.raises(LocalFaultError, match="unlock it"):
        await save_token("https://one.test", "a")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring])
async def test_a_keyring_that_keeps_no_secret_is_refused(kind: type[KeyringBackend]) -> None:
    keyring.set_keyring(_make(kind))
    for attempt in (load_token("https://one.test"), save_token("https://one.test", "a")):
        with pytest.raises(LocalFaultError, match="asked for at each start"):
            await attempt
    assert "none that is safe" in backend_name()
