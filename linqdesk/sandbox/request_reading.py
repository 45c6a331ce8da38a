"""Reads what requests have in common: page size, cursor, JSON body."""

import base64
import binascii
import json
from typing import Any

from starlette.requests import Request

from linqdesk.sandbox.refusals import RefusalError

MAX_LIMIT = 100
# 100 texts of 10,000 characters with all their decorations take some 6 MB.
MAX_BODY_BYTES = 8 * 1024 * 1024


def read_limit(request: Request, default: int) -> int:
    """Return how many items a page is to have, 1 to `MAX_LIMIT`.

    Raises:
        RefusalError: 400/1005, it is no such number.
    """
    text = request.query_params.get("limit", str(default))
    if not text.isdecimal() or not 1 <= int(text) <= MAX_LIMIT:
        raise RefusalError(1005, f"limit is 1 to {MAX_LIMIT}")
    return int(text)


def read_offset(request: Request) -> int:
    """Return where a page of a list that is paged by offset begins.

    Raises:
        RefusalError: 400/1005, the cursor is none of ours.
    """
    cursor = request.query_params.get("cursor", "0")
    if not cursor.isdecimal():
        raise RefusalError(1005, "no such cursor")
    return int(cursor)


def write_cursor(count: int) -> str:
    """Return an opaque cursor that says `count`."""
    return base64.urlsafe_b64encode(f"m:{count}".encode()).decode()


def read_cursor(request: Request) -> int | None:
    """Return what `write_cursor` was given, None on the first page.

    Raises:
        RefusalError: 400/1005, the cursor is none of ours.
    """
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return None
    try:
        kind, _, count = base64.urlsafe_b64decode(cursor).decode().partition(":")
    except (binascii.Error, ValueError):
        kind, count = "", ""
    if kind != "m" or not count.isdecimal():
        raise RefusalError(1005, "no such cursor")
    return int(count)


async def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request's body.

    Raises:
        RefusalError: 400/1003, it is none, or has numbers or characters that cannot be written again;
            413/1003, it is longer than anything that the API takes.
    """
    body = await _body(request)
    try:
        tree = json.loads(body, parse_constant=_refuse_constant)
        json.dumps(tree, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise RefusalError(1003)
    return tree


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise RefusalError(1003, "the body is too long", status=413)
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
