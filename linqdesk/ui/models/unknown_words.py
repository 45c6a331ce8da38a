"""What is said of parts that cannot be drawn: app cards, App Clips and kinds added later. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from linqdesk.ui.names import plain_name

if TYPE_CHECKING:
    from linqdesk.domain.message import UnknownPart

_MAX_WORDS = 80
_APP_ICON, _ELSEWHERE = "layout-grid", "Shown on the recipient's iPhone"


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """An icon's name, what it is, and what it is called or says."""

    icon: str
    title: str
    detail: str


@lru_cache(maxsize=512)
def unknown_words(part: UnknownPart) -> UnknownWords:
    """Return what stands in place of a part."""
    tree = _tree(part.raw_json)
    match part.kind:
        case "imessage_app":
            return _named("App card", _said(tree))
        case "app_clip":
            return _named("App Clip", _said(tree))
        case _:
            kind = plain_name(part.kind)[:_MAX_WORDS] or "?"
            return UnknownWords(
                "circle-question-mark", "Unknown content", f"This version cannot show “{kind}”"
            )


def _said(tree: dict[str, Any]) -> list[str]:
    """Return what an app's part says of itself, its name first, each thing once.

    Which of these there are differs from app to app; the address comes last.
    """
    app, layout = _inner(tree, "app"), _inner(tree, "layout")
    found = [_text(app, "name"), _text(tree, "title"), _text(tree, "name")]
    found += [_text(layout, name) for name in ("caption", "subcaption", "image_title")]
    found.append(_text(tree, "description"))
    found += [_text(tree, name) for name in ("fallback_text", "url", "value")]
    return list(dict.fromkeys(each for each in found if each))


def _named(kind: str, said: list[str]) -> UnknownWords:
    """Return a placeholder under its own name, below it what it is and what else it says."""
    if not said:
        return UnknownWords(_APP_ICON, kind, _ELSEWHERE)
    is_address = len(said) == 1 and "://" in said[0]
    if is_address:
        return UnknownWords(_APP_ICON, kind, said[0])
    return UnknownWords(_APP_ICON, said[0], " · ".join([kind, *said[1:2]]))


def _tree(raw_json: str) -> dict[str, Any]:
    try:
        tree = json.loads(raw_json)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _inner(tree: dict[str, Any], name: str) -> dict[str, Any]:
    inner = tree.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(tree: dict[str, Any], name: str) -> str:
    value = tree.get(name)
    return plain_name(value)[:_MAX_WORDS] if isinstance(value, str) else ""
