"""The token in the system's keyring, and nowhere else."""

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from linqdesk.domain.errors import LocalFaultError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "linqdesk"
# A locked keyring asks its owner; nobody may be there to answer.
_LIMIT_S = 10.0
# Those of operating systems and desktops. Whatever else may be installed keeps tokens in files, or nowhere
# (reliability.md T13).
_SAFE_MODULES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
_Result = TypeVar("_Result")


async def load_token(base_url: str, limit_s: float = _LIMIT_S) -> str | None:
    """Return the token stored for an API, None where there is none.

    Raises:
        LocalFaultError: there is no usable keyring, or it gave no answer within `limit_s` seconds.
    """
    return await _asked(lambda: _safe_keyring().get_password(_SERVICE, base_url), limit_s)


async def save_token(base_url: str, token: str, limit_s: float = _LIMIT_S) -> None:
    """Store the token of an API in place of the one before.

    Raises:
        LocalFaultError: there is no usable keyring, or it gave no answer within `limit_s` seconds.
    """
    await _asked(lambda: _safe_keyring().set_password(_SERVICE, base_url, token), limit_s)


async def forget_token(base_url: str, limit_s: float = _LIMIT_S) -> None:
    """Delete the token of an API, if one is stored.

    Raises:
        LocalFaultError: there is no usable keyring, or it gave no answer within `limit_s` seconds.
    """
    await _asked(lambda: _forget(base_url), limit_s)


def backend_name() -> str:
    """Return what keeps the token on this computer, for the doctor."""
    import keyring

    chosen = keyring.get_keyring()
    name = f"{type(chosen).__module__}.{type(chosen).__qualname__}"
    return name if _safe_one_of(chosen) else f"none that is safe ({name})"


def _forget(base_url: str) -> None:
    chosen = _safe_keyring()
    if chosen.get_password(_SERVICE, base_url) is not None:
        chosen.delete_password(_SERVICE, base_url)


async def _asked(ask: Callable[[], _Result], limit_s: float) -> _Result:
    """Ask the keyring in a thread that holds up neither the window nor the program's end.

    A pool would wait for a keyring that hangs before it lets the program go.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_Result] = loop.create_future()

    def settle(settling: Callable[[], None]) -> None:
        if not answer.done():
            settling()

    def work() -> None:
        settling = _outcome(ask, answer)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, settling)

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        return await asyncio.wait_for(answer, limit_s)
    except TimeoutError as late:
        raise _locked() from late


def _outcome(ask: Callable[[], _Result], answer: "asyncio.Future[_Result]") -> Callable[[], None]:
    try:
        result = ask()
    except LocalFaultError as fault:
        told = fault
    except _failures() as failure:
        told = _locked()
        told.__cause__ = failure
    else:
        return lambda: answer.set_result(result)
    return lambda: answer.set_exception(told)


def _failures() -> tuple[type[Exception], ...]:
    """Return how keyrings fail: keyring lets through what the Secret Service's own library raises."""
    from keyring.errors import KeyringError

    try:
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return (KeyringError, OSError, RuntimeError)
    return (KeyringError, OSError, RuntimeError, SecretStorageException)


def _safe_keyring() -> "KeyringBackend":
    import keyring

    chosen = _safe_one_of(keyring.get_keyring())
    if chosen is None:
        raise LocalFaultError(
            "This computer has no keyring that keeps a secret, so the token is asked for at each start."
        )
    return chosen


def _safe_one_of(backend: "KeyringBackend") -> "KeyringBackend | None":
    from keyring.backends.chainer import ChainerBackend

    if isinstance(backend, ChainerBackend):
        # The chain itself would hand the token to the next one where the first refuses it.
        return next((each for each in backend.backends if _safe_one_of(each) is not None), None)
    origins = {each.__module__ for each in type(backend).__mro__}
    return backend if origins.intersection(_SAFE_MODULES) else None


def _locked() -> LocalFaultError:
    return LocalFaultError("The system's keyring is locked; unlock it, or enter the token for this run.")
