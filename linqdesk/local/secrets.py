"""The token in the system's keyring, and nowhere else."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, TypeVar

from linqdesk.domain.errors import LocalFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

_SERVICE = "linqdesk"
# A locked keyring asks its owner; nobody may be there to answer.
LIMIT_S = 10.0
# Those of operating systems and desktops. Whatever else may be installed keeps tokens in files, or nowhere
# (reliability.md T13).
_SAFE_MODULES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
_LOCKED = "The system's keyring is locked."
_SILENT = "The system's keyring gives no answer; it may wait to be unlocked."
_NONE = "This computer has no keyring that keeps a secret."
_Result = TypeVar("_Result")


class _Turns:
    """One question at a time, in the order of asking: who waits for a lock gets it in any order."""

    def __init__(self) -> None:
        """Nobody asks."""
        self._last = threading.Event()
        self._last.set()

    def take(self) -> tuple[threading.Event, threading.Event]:
        """Return when one's own turn comes, and what says that it is over."""
        before, self._last = self._last, threading.Event()
        return before, self._last


_turns = _Turns()


async def load_token(
    base_url: str, limit_s: float = LIMIT_S, late: Callable[[str | None], None] | None = None
) -> str | None:
    """Return the token stored for an API, None where there is none.

    Args:
        base_url: the API.
        limit_s: how long to wait.
        late: hears the answer of a keyring that was unlocked after all.

    Raises:
        LocalFaultError: there is no usable keyring, or it gave no answer within `limit_s` seconds.
    """
    return await _asked(lambda: _safe_keyring().get_password(_SERVICE, base_url), limit_s, late)


async def save_token(
    base_url: str, token: str, limit_s: float = LIMIT_S, late: Callable[[None], None] | None = None
) -> None:
    """Store the token of an API in place of the one before; `late` hears that it was stored after all.

    Raises:
        LocalFaultError: there is no usable keyring, or it gave no answer within `limit_s` seconds.
    """
    await _asked(lambda: _safe_keyring().set_password(_SERVICE, base_url, token), limit_s, late)


async def forget_token(base_url: str, limit_s: float = LIMIT_S) -> None:
    """Delete the token of an API, if one is stored; a keyring that is unlocked later does it then.

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


async def _asked(
    ask: Callable[[], _Result], limit_s: float, late: Callable[[_Result], None] | None = None
) -> _Result:
    """Ask the keyring in a thread that holds up neither the window nor the program's end.

    A pool would wait for a keyring that hangs before it lets the program go. One question at a time, or a
    token that is stored late could come after its deletion.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_Result] = loop.create_future()

    def settle(outcome: _Result | LocalFaultError) -> None:
        if not answer.done():
            _hand_over(outcome, answer)
        elif late is not None and not isinstance(outcome, LocalFaultError):
            late(outcome)

    turn, is_over = _turns.take()

    def work() -> None:
        turn.wait()
        try:
            outcome = _outcome(ask)
        finally:
            is_over.set()
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        return await asyncio.wait_for(answer, limit_s)
    except TimeoutError as silence:
        raise LocalFaultError(_SILENT) from silence


def _hand_over(outcome: _Result | LocalFaultError, answer: asyncio.Future[_Result]) -> None:
    if isinstance(outcome, LocalFaultError):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)


def _outcome(ask: Callable[[], _Result]) -> _Result | LocalFaultError:
    try:
        return ask()
    except LocalFaultError as fault:
        return fault
    except _failures() as failure:
        told = LocalFaultError(_LOCKED)
        told.__cause__ = failure
        return told


def _failures() -> tuple[type[Exception], ...]:
    """Return how keyrings fail: keyring lets through what the Secret Service's own library raises."""
    from keyring.errors import KeyringError

    try:
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return (KeyringError, OSError, RuntimeError)
    return (KeyringError, OSError, RuntimeError, SecretStorageException)


def _safe_keyring() -> KeyringBackend:
    import keyring

    chosen = _safe_one_of(keyring.get_keyring())
    if chosen is None:
        raise LocalFaultError(_NONE)
    return chosen


def _safe_one_of(backend: KeyringBackend) -> KeyringBackend | None:
    from keyring.backends.chainer import ChainerBackend

    if isinstance(backend, ChainerBackend):
        # The chain itself would hand the token to the next one where the first refuses it.
        return next((each for each in backend.backends if _safe_one_of(each) is not None), None)
    origins = {each.__module__ for each in type(backend).__mro__}
    return backend if origins.intersection(_SAFE_MODULES) else None
