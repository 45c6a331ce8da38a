"""Reads names with their numbers and addresses from vCard files (RFC 6350 and its forerunners)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linqdesk.domain.errors import LocalFaultError

MAX_BYTES = 50_000_000
MAX_CARDS = 50_000
# A card's names and numbers take no more; what is longer is no card of a person.
_MAX_CARD_BYTES = 64 * 1024
# Everything else, pictures above all, is dropped unread.
_WANTED = frozenset({b"BEGIN", b"END", b"VERSION", b"FN", b"N", b"ORG", b"TEL", b"EMAIL"})


@dataclass(frozen=True, slots=True)
class VCard:
    """A person's name, and the numbers and addresses as they stand in the card."""

    name: str
    addresses: tuple[str, ...]


def read_vcards(file: Path) -> tuple[tuple[VCard, ...], int]:
    """Return the cards of a file, and how many could not be read; blocking.

    Raises:
        LocalFaultError: the file cannot be read, is too large, or holds no card.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise LocalFaultError(f"{file.name} is too large to import: at most 50 MB.")
        content = file.read_bytes()
    except OSError as failure:
        raise LocalFaultError(f"{file.name} could not be read: {failure.strerror}.") from failure
    cards: list[VCard] = []
    damaged_count = 0
    for number, lines in enumerate(_cards(content)):
        if number >= MAX_CARDS:
            raise LocalFaultError(f"{file.name} holds more than {MAX_CARDS:,} cards.")
        card = _read(b"\r\n".join(lines))
        if card is None:
            damaged_count += 1
        else:
            cards.append(card)
    if not cards and not damaged_count:
        raise LocalFaultError(f"{file.name} holds no contacts: it is no vCard file.")
    return tuple(cards), damaged_count


def _cards(content: bytes) -> Iterator[list[bytes]]:
    """Yield each card's wanted lines; a line that begins with a blank goes on with the one before."""
    lines: list[bytes] | None = None
    is_wanted = False
    for line in content.splitlines():
        name = line.partition(b":")[0].partition(b";")[0].rpartition(b".")[2].strip().upper()
        if not line[:1].isspace():
            is_wanted = name in _WANTED
        edge = b"".join(line.split()).upper()
        if edge == b"BEGIN:VCARD":
            lines = []
        if lines is not None and is_wanted:
            lines.append(line)
        if edge == b"END:VCARD" and lines is not None:
            yield lines
            lines = None


def _read(card: bytes) -> VCard | None:
    import vobject
    from vobject.base import VObjectError

    if len(card) > _MAX_CARD_BYTES:
        return None
    try:
        read = vobject.readOne(_text(card), allowQP=True)
        told: dict[str, list[Any]] = read.contents
        name = next((words for key in ("fn", "n", "org") for words in _words(told.get(key, []))), "")
        addresses = [words for key in ("tel", "email") for words in _words(told.get(key, []))]
    except (VObjectError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        # Its parser meets damaged cards with any of these.
        return None
    return VCard(name, tuple(addresses))


def _text(card: bytes) -> str:
    try:
        return card.decode("utf-8")
    except UnicodeDecodeError:
        return card.decode("latin-1")


def _words(lines: list[Any]) -> Iterator[str]:
    for line in lines:
        value = line.value
        words = " ".join(map(str, value)) if isinstance(value, list) else str(value)
        words = " ".join(words.removeprefix("tel:").removeprefix("mailto:").split())
        if words:
            yield words
