"""Canned replies: texts kept for reuse, with variables that the program fills in and fields for the agent."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from linqdesk.domain.decorations import Decoration, clip, trimmed, utf16_length
from linqdesk.domain.message import Effect

_NAME_WORDS, _MAX_NAME = 3, 40
VARIABLES = ("name", "line", "agent")
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply under a short name; `text` holds places such as {name} or {order number}.

    `files` go with it, in their order: their paths as seen from the folder of the shared file.
    """

    name: str
    text: str
    decorations: tuple[Decoration, ...] = ()
    effect: Effect | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledReply:
    """A reply with its variables filled in, and the places that are left to the agent, as they stand."""

    text: str
    decorations: tuple[Decoration, ...]
    fields: tuple[str, ...]


def canned_from(
    text: str, decorations: Iterable[Decoration], effect: Effect | None, known: Iterable[CannedReply]
) -> CannedReply | None:
    """Return a reply of what is written, named by its first words; None where there are no words.

    No name comes twice: a number is put behind it.
    """
    words, ranges = trimmed(text, decorations)
    said = re.findall(r"[^\W_]+", words.casefold())[:_NAME_WORDS]
    if not words:
        return None
    name = " ".join(said)[:_MAX_NAME] or "reply"
    return CannedReply(free_name(name, {each.name for each in known}), words, ranges, effect)


@dataclass(frozen=True, slots=True)
class Merged:
    """Replies with what two sides changed, and the names for which both versions stay.

    `doubled` pairs the name of theirs with the name of ours.
    """

    replies: tuple[CannedReply, ...]
    doubled: tuple[tuple[str, str], ...] = ()


def merged(theirs: Iterable[CannedReply], was: Iterable[CannedReply], mine: Iterable[CannedReply]) -> Merged:
    """Return the replies of a shared file with what somebody here changed; a reply is known by its name.

    Nothing that either side wrote is lost: what both changed stands as theirs, and ours under a name of its
    own; what one deleted and the other changed stays. Theirs keep their order.

    Args:
        theirs: as they are in the file now.
        was: as they were when the change began.
        mine: as they are to be.
    """
    before, now, after = by_name(was), by_name(theirs), by_name(mine)
    held: dict[Key, CannedReply] = {}
    doubled: list[tuple[str, str]] = []
    taken = {name for name, _ in (*now, *after)}
    for key, their in now.items():
        our, is_as_before = after.get(key), their == before.get(key)
        if our is not None or not is_as_before:
            held[key] = our if our is not None and is_as_before else their
        if our is not None and not is_as_before and our not in (before.get(key), their):
            own = free_name(key[0], taken)
            taken.add(own)
            held[own, 0] = replace(our, name=own)
            doubled.append((key[0], own))
    return Merged(tuple(_with_new(held, now, before, after).values()), tuple(doubled))


Key = tuple[str, int]


def by_name(replies: Iterable[CannedReply]) -> dict[Key, CannedReply]:
    """Return replies by their name and how many of that name stand before."""
    seen: Counter[str] = Counter()
    found = {}
    for each in replies:
        found[each.name, seen[each.name]] = each
        seen[each.name] += 1
    return found


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken yet, with a number behind it where it must be."""
    return name if name not in taken else next(n for c in count(2) if (n := f"{name} {c}") not in taken)


def _with_new(
    held: dict[Key, CannedReply],
    now: dict[Key, CannedReply],
    before: dict[Key, CannedReply],
    after: dict[Key, CannedReply],
) -> dict[Key, CannedReply]:
    """Return what is held with what is ours alone, each behind what stands before it here.

    What they deleted stays deleted unless it was changed here.
    """
    order, ahead = list(held), -1
    for key, our in after.items():
        if key not in now and before.get(key) != our:
            order.insert(ahead + 1, key)
        ahead = order.index(key) if key in order else ahead
    return {key: held.get(key) or after[key] for key in order}


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
