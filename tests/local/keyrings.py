"""Keyrings as computers have them: one that works, one that is locked, one that never answers."""

import threading
from functools import cached_property
from typing import Any, cast

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.errors import InitError
from typing_extensions import override


class Store(SecretService.Keyring):
    """A desktop's keyring without the desktop."""

    is_locked = False
    hangs = False

    @cached_property
    def kept(self) -> dict[tuple[str, str], str]:
        """Tokens by service and name."""
        return {}

    @cached_property
    def woken(self) -> threading.Event:
        """Ends the hanging."""
        return threading.Event()

    def _answer(self) -> None:
        if self.hangs:
            self.woken.wait(20)
        if self.is_locked:
            raise InitError("locked")

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]


def installed(kind: type[KeyringBackend]) -> Any:
    """Let a keyring of a kind be this computer's, and return it."""
    made = cast("Any", kind)()
    keyring.set_keyring(made)
    return made
