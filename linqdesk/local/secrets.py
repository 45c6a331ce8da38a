"""The token in the system's keyring, and nowhere else."""

import asyncio
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LocalFaultError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "linqdesk"
# A locked keyring asks its owner; nobody may be there to answer.
_LIMIT_S = 10.0
_UNSAFE_MODULES = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")


async def load_token(base_url: str) -> str | None:
    """Return the token stored for an API, None where there is none.

    Raises:
        LocalFaultError: there is no usable keyring, or it stays locked.
    """
    try:
        return await asyncio.wait_for(asyncio.to_thread(_load, base_url), _LIMIT_S)
    except TimeoutError as late:
        raise _locked() from late


async def save_token(base_url: str, token: str) -> None:
    """Store the token of an API.

    Raises:
        LocalFaultError: there is no usable keyring, or it stays locked.
    """
    try:
        await asyncio.wait_for(asyncio.to_thread(_save, base_url, token), _LIMIT_S)
    except TimeoutError as late:
        raise _locked() from late


def backend_name() -> str:
    """Return what keeps the token on this computer, for the doctor."""
    import keyring

    chosen = keyring.get_keyring()
    name = f"{type(chosen).__module__}.{type(chosen).__qualname__}"
    return name if _is_safe(chosen) else f"none that is safe ({name})"


def _load(base_url: str) -> str | None:
    from keyring.errors import KeyringError

    try:
        return _safe_keyring().get_password(_SERVICE, base_url)
    except KeyringError as failure:
        raise _locked() from failure


def _save(base_url: str, token: str) -> None:
    from keyring.errors import KeyringError

    try:
        _safe_keyring().set_password(_SERVICE, base_url, token)
    except KeyringError as failure:
        raise _locked() from failure


def _safe_keyring() -> "KeyringBackend":
    import keyring

    chosen = keyring.get_keyring()
    if not _is_safe(chosen):
        raise LocalFaultError(
            "This computer has no keyring that keeps a secret, so the token is asked for at each start."
        )
    return chosen


def _is_safe(backend: "KeyringBackend") -> bool:
    from keyring.backends.chainer import ChainerBackend

    if isinstance(backend, ChainerBackend):
        return any(_is_safe(each) for each in backend.backends)
    return not type(backend).__module__.startswith(_UNSAFE_MODULES)


def _locked() -> LocalFaultError:
    return LocalFaultError("The system's keyring is locked; unlock it, or enter the token for this run.")
