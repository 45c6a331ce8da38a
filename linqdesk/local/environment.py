"""The environment variables that the program obeys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.secrets import LIMIT_S

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BASE_URL = "https://api.linqapp.com/api/partner"
_LOG_LEVELS = ("debug", "info", "warning")
_LONGEST_WAIT_S = 600


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment asks for; `token` is for this run only and None where none is given.

    `keyring_wait_s` is how long the system's keyring may take to answer, more than 0.
    """

    base_url: str = DEFAULT_BASE_URL
    token: str | None = None
    data_dir: Path | None = None
    log_level: str = "info"
    keyring_wait_s: float = LIMIT_S

    @override
    def __repr__(self) -> str:
        """Describe it without the token."""
        return f"Environment(base_url={self.base_url!r}, data_dir={self.data_dir!r})"


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read the variables whose names begin with LINQDESK_.

    Raises:
        LocalFaultError: one has a value that means nothing.
    """
    level = variables.get("LINQDESK_LOG", "").lower() or "info"
    if level not in _LOG_LEVELS:
        raise LocalFaultError(f"LINQDESK_LOG is {', '.join(_LOG_LEVELS)}, not '{level}'.")
    folder = variables.get("LINQDESK_DATA_DIR")
    return Environment(
        base_url=variables.get("LINQDESK_BASE_URL") or DEFAULT_BASE_URL,
        token=variables.get("LINQDESK_TOKEN") or None,
        data_dir=Path(folder).absolute() if folder else None,
        log_level=level,
        keyring_wait_s=_seconds(variables.get("LINQDESK_KEYRING_WAIT_S", "")),
    )


def _seconds(text: str) -> float:
    if not text:
        return LIMIT_S
    try:
        told = float(text)
    except ValueError:
        told = 0.0
    if not 0 < told <= _LONGEST_WAIT_S:
        raise LocalFaultError(
            f"LINQDESK_KEYRING_WAIT_S is a number of seconds from 0 to {_LONGEST_WAIT_S}, not '{text}'."
        )
    return told
