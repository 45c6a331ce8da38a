"""Keeps requests that would break a rule from leaving."""

from linqdesk.domain.errors import RequestRejectedError
from linqdesk.domain.rules import Violation


def obey(*checks: tuple[Violation, ...]) -> None:
    """Go on if no rule is broken.

    Raises:
        RequestRejectedError: with the words of the first rule that is; its details name no status, for
            no server was asked.
    """
    for violation in (each for check in checks for each in check):
        raise RequestRejectedError(violation.words)
