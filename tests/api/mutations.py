"""Spoils valid replies: here and there in the tree, or in the bytes."""

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Json = Any
Place = tuple[Any, Any]


def _deep(levels: int) -> Json:
    tree: Json = 1
    for level in range(levels):
        tree = [tree] if level % 2 else {"x": tree}
    return tree


JUNK: tuple[Json, ...] = (
    None,
    True,
    False,
    0,
    -1,
    3.7,
    2**53 + 1,
    10**400,
    -(10**30),
    1e308,
    "",
    " ",
    "teleported",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999+23:59",
    "2026-02-30T25:61:00Z",
    "2026-03-01",
    "\ud800",
    "a\udfff\ud83d",
    "\u0000\u202e<b>",
    "A" * 20_000,
    "https://evil.test/\r\nX: y",
    [],
    {},
    [None],
    [[]],
    [0, 10**30],
    [5, 2],
    {"": {}},
    {"id": None, "handle": None, "type": None},
    _deep(20),
)


def _places(tree: Json) -> Iterator[Place]:
    """Yield every place below a tree, as its container and the key or index in it."""
    entries: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        entries = list(tree.items())
    elif isinstance(tree, list):
        entries = list(enumerate(tree))
    for key, value in entries:
        yield tree, key
        yield from _places(value)


def _replace(chance: Random, place: Place) -> None:
    container, key = place
    container[key] = copy.deepcopy(chance.choice(JUNK))


def _remove(_chance: Random, place: Place) -> None:
    container, key = place
    del container[key]


def _wrap(chance: Random, place: Place) -> None:
    container, key = place
    container[key] = [container[key]] if chance.random() < 0.5 else {"value": container[key]}


def _retype(_chance: Random, place: Place) -> None:
    container, key = place
    value = container[key]
    container[key] = len(value) if isinstance(value, str | list | dict) else str(value)


def _repeat(chance: Random, place: Place) -> None:
    container, key = place
    if isinstance(container, list):
        container.insert(chance.randrange(len(container) + 1), copy.deepcopy(container[key]))
    else:
        container[f"{key}_2"] = copy.deepcopy(container[key])


def _multiply(chance: Random, place: Place) -> None:
    container, key = place
    value = container[key]
    if isinstance(value, list):
        container[key] = value * chance.choice((0, 3, 101))
    elif isinstance(value, str):
        container[key] = value[:1_000] * chance.choice((2, 500))


SPOILERS: tuple[Callable[[Random, Place], None], ...] = (
    *[_replace] * 6,
    _remove,
    _remove,
    _wrap,
    _retype,
    _repeat,
    _multiply,
)


def spoil(tree: Json, chance: Random, times: int) -> Json:
    """Return a copy of a tree that is spoilt in some places; the tree itself may become anything."""
    if chance.random() < 0.02:
        return copy.deepcopy(chance.choice(JUNK))
    spoilt = copy.deepcopy(tree)
    for _ in range(times):
        places = list(_places(spoilt))
        if not places:
            break
        chance.choice(SPOILERS)(chance, chance.choice(places))
    return spoilt


def spoil_bytes(body: bytes, chance: Random) -> bytes:
    """Return bytes that are no longer what was meant."""
    at = chance.randrange(len(body))
    text = body.decode("ascii")
    spoilt: tuple[Callable[[], bytes], ...] = (
        lambda: body[:at],
        lambda: body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :],
        lambda: body[:at] + chance.randbytes(8) + body[at:],
        lambda: b"\xef\xbb\xbf" + body,
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-32"),
        lambda: text.replace("true", "NaN").encode(),
        lambda: text.replace("false", "-Infinity").encode(),
        lambda: text.replace("4096", "9" * 5_000).encode(),
        lambda: text.replace("4096", "[" * 20_000 + "]" * 20_000).encode(),
        lambda: text.replace("null", "[" * 200_000).encode(),
        lambda: text.replace('"id"', '"id":"twice","id"').encode(),
        lambda: text.replace("Hello", "\\ud800\\udfff\\u0000").encode(),
        lambda: text.replace("Hello", "\udc80").encode("utf-8", "surrogateescape"),
        lambda: b"<html>Please sign in</html>",
        lambda: b"",
        lambda: json.dumps([json.loads(body)]).encode(),
    )
    return chance.choice(spoilt)()
