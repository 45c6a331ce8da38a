"""What is said of parts that cannot be drawn: app cards, App Clips and kinds added later. Pure."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linqdesk.domain.message import UnknownPart
from linqdesk.ui.names import plain_name

_MAX_WORDS = 80


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
            app, layout = _inner(tree, "app"), _inner(tree, "layout")
            said = (_text(layout, "caption"), _text(layout, "subcaption"), _text(tree, "fallback_text"))
            detail = next((each for each in (_text(app, "name"), *said) if each), "")
            return UnknownWords("layout-grid", "App card", detail or "Shown on the recipient's iPhone")
        case "app_clip":
            detail = _text(tree, "url") or _text(tree, "name")
            return UnknownWords("layout-grid", "App Clip", detail or "Shown on the recipient's iPhone")
        case _:
            kind = plain_name(part.kind)[:_MAX_WORDS] or "?"
            return UnknownWords(
                "circle-question-mark", "Unknown content", f"This version cannot show “{kind}”"
            )


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
