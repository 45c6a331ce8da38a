"""Reads names with their numbers and addresses from vCard files (RFC 6350 and its forerunners)."""

import re
import stat
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
_WANTED = frozenset({b"VERSION", b"FN", b"N", b"ORG", b"TEL", b"EMAIL"})
# How the letters of a value are written.
_READ_PARAMETER = re.compile(
    rb"\s*(?:(?:ENCODING=)?QUOTED-PRINTABLE|CHARSET=[A-Z0-9-]{1,20})\s*", re.IGNORECASE
)
_OLD_LETTERS = b"QUOTED-PRINTABLE"
_EDGE_BYTES = 80
_AGENT = re.compile(rb"AGENT(?:;[^:]*)?:")
_MAX_LINES, _MAX_DEPTH = 200, 4


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
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            raise LocalFaultError(f"{file.name} is no file.")
        if state.st_size > MAX_BYTES:
            raise LocalFaultError(f"{file.name} is too large to import: at most 50 MB.")
        content = file.read_bytes()
    except OSError as failure:
        raise LocalFaultError(f"{file.name} could not be read: {failure.strerror}.") from failure
    cards: list[VCard] = []
    damaged_count = 0
    for number, lines in enumerate(_cards(content)):
        if number >= MAX_CARDS:
            raise LocalFaultError(f"{file.name} holds more than {MAX_CARDS:,} cards.")
        card = _read(b"\r\n".join(lines)) if len(lines) <= _MAX_LINES else None
        if card is None:
            damaged_count += 1
        else:
            cards.append(card)
    if not cards and not damaged_count:
        raise LocalFaultError(f"{file.name} holds no contacts: it is no vCard file.")
    return tuple(cards), damaged_count


def _cards(content: bytes) -> Iterator[list[bytes]]:
    """Yield each card's wanted lines, whole and with harmless heads; a card within a card is passed over."""
    lines: list[bytes] | None = None
    depth, is_agent = 0, False
    for line in _whole_lines(content):
        edge = b"".join(line[:_EDGE_BYTES].split()).upper()
        if edge == b"BEGIN:VCARD":
            # Who stands for somebody is written within their card, by vCard 2.1 as a card of its own.
            depth = depth + 1 if (is_agent or depth) and depth < _MAX_DEPTH else 0
            lines = lines if depth else []
        elif edge == b"END:VCARD" and depth:
            depth -= 1
        elif edge == b"END:VCARD" and lines is not None:
            yield [b"BEGIN:VCARD", *lines, b"END:VCARD"]
            lines = None
        elif lines is not None and not depth:
            lines += _harmless(line)
        is_agent = _AGENT.fullmatch(edge) is not None


def _whole_lines(content: bytes) -> Iterator[bytes]:
    """Yield lines with what goes on in the next ones: behind a blank, or after "=" in old letters.

    Of a line that is longer than any card so much is left that its card is seen to be too long.
    """
    whole, left = [b""], 0
    for line in content.splitlines():
        is_soft = whole[-1].endswith(b"=") and _OLD_LETTERS in whole[0][:_EDGE_BYTES].upper()
        if is_soft:
            whole[-1] = whole[-1][:-1]
        elif not line[:1].isspace():
            yield b"".join(whole)
            whole, left = [], _MAX_CARD_BYTES + _EDGE_BYTES
        whole.append((line if is_soft or not whole else line[1:])[:left])
        left -= len(whole[-1])
    yield b"".join(whole)


def _harmless(line: bytes) -> list[bytes]:
    """Return a wanted line with the two parameters that are read, none for any other line.

    The parser's expression for the head of a line takes for ever over some that are made for it.
    """
    head, colon, value = line.partition(b":")
    name, *parameters = head.split(b";")
    name = name.rpartition(b".")[2].strip().upper()
    if not colon or name not in _WANTED:
        return []
    kept = dict.fromkeys(each.strip().upper() for each in parameters if _READ_PARAMETER.fullmatch(each))
    return [b";".join([name, *list(kept)[:2]]) + b":" + value]


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
