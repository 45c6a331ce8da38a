"""Reads a reply's bytes as JSON, whatever they turn out to be."""

import json
import zlib
from typing import Any, NoReturn

from linqdesk.domain.errors import UnexpectedReplyError

MAX_BODY_BYTES = 10 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS
# The API's deepest answer has some ten levels; what reads it recurses.
_MAX_DEPTH = 64


def unpacked(body: bytes, encoding: str) -> bytes:
    """Undo a reply's content encoding; never makes more than `MAX_BODY_BYTES`.

    Raises:
        UnexpectedReplyError: the encoding is none that was asked for, broken, or hides too much.
    """
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip"}:
        raise UnexpectedReplyError("The server packed its answer in a way that was not asked for.")
    stream = zlib.decompressobj(_GZIP)
    try:
        plain = stream.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error as broken:
        raise UnexpectedReplyError("The server's answer is damaged.") from broken
    if len(plain) > MAX_BODY_BYTES:
        raise UnexpectedReplyError("The server's answer is too large.")
    return plain


def packed(tree: Any) -> bytes:
    """Return a request's JSON: the same bytes for the same values."""
    return json.dumps(tree, separators=(",", ":")).encode("ascii")


def parsed(body: bytes) -> Any:
    """Return what the JSON says; lone surrogates in it become U+FFFD.

    They come from what a customer wrote, so they must not make the whole answer unreadable.

    Raises:
        UnexpectedReplyError: it is no JSON, nested more than 64 deep, names a field twice, or holds
            what JSON does not know.
    """
    try:
        tree = json.loads(body, parse_constant=_refuse, object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError) as broken:
        raise UnexpectedReplyError("The server answered with something that is not its API.") from broken
    if _is_too_deep(tree):
        raise UnexpectedReplyError("The server's answer is nested too deep.")
    # Surrogates come as escapes, as UTF-8 of their own, or in UTF-16 with its zero bytes.
    return _mended(tree) if any(sign in body for sign in (b"\\u", b"\xed", b"\0")) else tree


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        raise ValueError("a field is named twice")
    return tree


def _is_too_deep(tree: Any) -> bool:
    level = [tree]
    for _ in range(_MAX_DEPTH + 1):
        containers = [each for each in level if isinstance(each, dict | list)]
        level = [
            child for each in containers for child in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _mended(tree: Any) -> Any:
    match tree:
        case str():
            return tree.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_mended(each) for each in tree]
        case dict():
            return {_mended(key): _mended(value) for key, value in tree.items()}
        case _:
            return tree
