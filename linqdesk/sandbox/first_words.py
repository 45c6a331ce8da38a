"""Reads what `POST /v3/chats` asks for, and what may not be said first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linqdesk.sandbox.contents import Said, read_message
from linqdesk.sandbox.handles import read_handle, read_number
from linqdesk.sandbox.model import LinkPart, TextPart
from linqdesk.sandbox.refusals import RefusalError

MAX_RECIPIENTS = 31
_ENDINGS = (
    "ai|app|at|be|biz|ca|ch|cloud|co|com|de|dev|edu|es|eu|fr|gg|gov|info|io|it|jp|link|ly|me|net|nl|online|"
    "org|page|pl|se|shop|site|store|test|tv|uk|us|xyz"
)
_URL = re.compile(
    rf"\b[a-z][a-z0-9+.-]*://\S|\bwww\.\w|(?<![\w@.-])([\w-]+\.)+({_ENDINGS})(?![\w@-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Who wants to say what to whom."""

    line: str
    handles: tuple[str, ...]
    said: Said
    overrides_opt_out: bool


def read_first_words(tree: Mapping[str, Any]) -> FirstWords:
    """Return what the body of a request asks for.

    Raises:
        RefusalError: 400/1001 to 1005.
    """
    line = read_number(tree, "from")
    handles = _handles(tree.get("to"))
    if line in handles:
        raise RefusalError(1005, "to names the sender")
    said = read_message(tree.get("message"))
    return FirstWords(line, handles, said, tree.get("override_optout") is True)


def require_fit_to_be_first(said: Said) -> None:
    """Pass if a message may open a new chat.

    Raises:
        RefusalError: 400/1005; it has a link, an effect, or answers something (PY, chats.create).
    """
    for part in said.parts:
        if isinstance(part, LinkPart) or (isinstance(part, TextPart) and _URL.search(part.value)):
            raise RefusalError(1005, "the first message of a chat must not contain a link")
    if said.effect is not None or said.reply_to is not None:
        raise RefusalError(1005, "the first message of a chat has no effect and answers nothing")


def _handles(tree: Any) -> tuple[str, ...]:
    if tree is None or tree == []:
        raise RefusalError(1001, "to is required")
    if not isinstance(tree, list):
        raise RefusalError(1003, "to is a list")
    handles = tuple(dict.fromkeys(read_handle({"to": each}, "to") for each in tree))
    if len(tree) > MAX_RECIPIENTS:
        raise RefusalError(1005, f"to has 1 to {MAX_RECIPIENTS} recipients")
    return handles
