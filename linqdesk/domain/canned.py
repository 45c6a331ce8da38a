"""Canned replies: texts kept for reuse, with variables that the program fills in and fields for the agent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linqdesk.domain.decorations import Decoration, clip, utf16_length
from linqdesk.domain.message import Effect

VARIABLES = ("name", "line", "agent")
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply under a short name; `text` holds places such as {name} or {order number}."""

    name: str
    text: str
    decorations: tuple[Decoration, ...] = ()
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class FilledReply:
    """A reply with its variables filled in, and the places that are left to the agent, as they stand."""

    text: str
    decorations: tuple[Decoration, ...]
    fields: tuple[str, ...]


def fill_in(reply: CannedReply, values: Mapping[str, str]) -> FilledReply:
    """Return a reply with the variables that have a value; all other places stay to be filled in.

    Decorations move with their text; one that begins or ends inside of a variable covers all its value.
    """
    pieces: list[str] = []
    moves: list[tuple[int, int, int]] = []
    read = offset = 0
    for place in _PLACE.finditer(reply.text):
        value = values.get(place[1].strip().casefold(), "")
        if not value:
            continue
        offset += utf16_length(reply.text[read : place.start()])
        moves.append((offset, offset + utf16_length(place[0]), utf16_length(value)))
        offset = moves[-1][1]
        pieces += [reply.text[read : place.start()], value]
        read = place.end()
    text = "".join([*pieces, reply.text[read:]])
    moved = (
        Decoration(
            _moved(each.start, moves), _moved(each.end, moves, is_end=True), each.style, each.animation
        )
        for each in reply.decorations
    )
    return FilledReply(text, clip(moved, text), tuple(dict.fromkeys(places_in(reply.text, values))))


def places_in(text: str, values: Mapping[str, str] | None = None) -> list[str]:
    """Return the places of a text that have no value, such as "{order number}", in order."""
    filled = values or {}
    return [each[0] for each in _PLACE.finditer(text) if not filled.get(each[1].strip().casefold())]


def find_canned(replies: Iterable[CannedReply], typed: str) -> list[CannedReply]:
    """Return the replies that fit what stands after the slash: by name first, then by text."""
    wanted = typed.casefold()
    ranked = [(rank, each) for each in replies if (rank := _rank(each, wanted)) is not None]
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _rank(reply: CannedReply, wanted: str) -> int | None:
    name = reply.name.casefold()
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    return 2 if wanted in reply.text.casefold() else None


def _moved(position: int, moves: list[tuple[int, int, int]], *, is_end: bool = False) -> int:
    """Return where a position is once places were replaced, each from start to end by some length."""
    shift = 0
    for start, end, length in moves:
        if position >= end:
            shift += length - (end - start)
        elif position > start:
            return start + shift + (length if is_end else 0)
    return position + shift
