"""Reads a reply's bytes as JSON, whatever they turn out to be."""

import json
import zlib
from typing import Any, NoReturn

from linqdesk.domain.errors import UnexpectedReplyError

MAX_BODY_BYTES = 10 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


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


def parsed(body: bytes) -> Any:
    """Return what the JSON says; lone surrogates in it become U+FFFD.

    Raises:
        UnexpectedReplyError: it is no JSON, nested too deep, or holds what JSON does not know.
    """
    try:
        tree = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as broken:
        raise UnexpectedReplyError("The server answered with something that is not its API.") from broken
    # Surrogates come as escapes, as UTF-8 of their own, or in UTF-16 with its zero bytes.
    return _mended(tree) if any(sign in body for sign in (b"\\u", b"\xed", b"\0")) else tree


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
