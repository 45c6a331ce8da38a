"""Keyrings as computers have them: safe, locked, silent, and some that keep no secret."""

import threading
from functools import cached_property
from typing import Any, cast

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.errors import InitError, KeyringLocked
from typing_extensions import override


class Store(SecretService.Keyring):
    """A desktop's keyring without the desktop."""

    is_locked = False
    is_dismissed = False
    deleted = 0
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
        if self.is_dismissed:
            # What the real one raises where somebody closes the question for the password.
            raise KeyringLocked("Failed to unlock the collection!")

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
        self.deleted += 1


class TokenFile(KeyringBackend):
    """A keyring that somebody installed besides, and that writes to a file."""

    priority = 9

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("it was asked")

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("it was given the token")


def installed(kind: type[KeyringBackend]) -> Any:
    """Let a keyring of a kind be this computer's, and return it."""
    made = cast("Any", kind)()
    keyring.set_keyring(made)
    return made
