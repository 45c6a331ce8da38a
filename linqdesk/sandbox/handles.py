"""Reads phone numbers and e-mail addresses from requests (linq-api.md 2.1; S2, Handle Format)."""

import re
from collections.abc import Mapping
from typing import Any

from linqdesk.sandbox.refusals import RefusalError

_NUMBER = re.compile(r"\+[1-9][0-9]{1,14}", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def read_number(tree: Mapping[str, Any], field: str) -> str:
    """Return the phone number in a field.

    Raises:
        RefusalError: 400/1001 missing, 1002 not E.164, 1003 no text.
    """
    number = _text(tree, field)
    if _NUMBER.fullmatch(number) is None:
        raise RefusalError(1002)
    return number


def read_handle(tree: Mapping[str, Any], field: str) -> str:
    """Return the phone number or e-mail address in a field.

    Raises:
        RefusalError: 400/1001 missing, 1002 neither of the two, 1003 no text.
    """
    handle = _text(tree, field)
    if _NUMBER.fullmatch(handle) is None and _MAIL.fullmatch(handle) is None:
        raise RefusalError(1002)
    return handle


def _text(tree: Mapping[str, Any], field: str) -> str:
    text = tree.get(field)
    if text is None or text == "":
        raise RefusalError(1001, f"{field} is required")
    if not isinstance(text, str):
        raise RefusalError(1003, f"{field} is not a text")
    return text
