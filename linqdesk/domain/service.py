"""The services that carry a message."""

from enum import StrEnum
from typing import Self


class Service(StrEnum):
    """A service, by the API's word for it; a word that the API adds later reads as UNKNOWN."""

    IMESSAGE = "iMessage"
    RCS = "RCS"
    SMS = "SMS"
    UNKNOWN = "unknown"

    @classmethod
    def from_word(cls, word: str | None) -> Self:
        """Return the service that a word names in any case, UNKNOWN for every other word."""
        wanted = (word or "").casefold()
        return next((each for each in cls if each.casefold() == wanted), cls("unknown"))
