"""Reads the `message` of a request, refusing what the API's documents refuse (linq-api.md 2.3)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from linqdesk.sandbox.model import (
    Decoration,
    Effect,
    LinkPart,
    MediaReference,
    ReplyTo,
    Service,
    TextPart,
    WrittenPart,
)
from linqdesk.sandbox.refusals import RefusalError

MAX_PARTS = 100
MAX_URL_PARTS = 40
MAX_TEXT = 10_000
MAX_LINK = 2_048
LINK_SCHEMES = ("http", "https", "ftp")
MAX_KEY = 255
MAX_DECORATIONS = 100
STYLES = frozenset({"bold", "italic", "strikethrough", "underline"})
ANIMATIONS = frozenset({"big", "small", "shake", "nod", "explode", "ripple", "bloom", "jitter"})
EFFECTS = {
    "screen": frozenset(
        {
            "confetti",
            "fireworks",
            "lasers",
            "sparkles",
            "celebration",
            "hearts",
            "love",
            "balloons",
            "happy_birthday",
            "echo",
            "spotlight",
        }
    ),
    "bubble": frozenset({"slam", "loud", "gentle", "invisible"}),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a request wants to be sent."""

    parts: tuple[WrittenPart, ...]
    effect: Effect | None = None
    reply_to: ReplyTo | None = None
    preferred_service: Service | None = None
    key: str | None = None


def read_message(tree: Any) -> Said:
    """Return what a `message` object says.

    Raises:
        RefusalError: 400/1001, 1003, 1004 or 1005.
    """
    if not isinstance(tree, dict):
        raise RefusalError(1001, "message is required")
    return Said(
        parts=read_parts(tree.get("parts")),
        effect=read_effect(tree.get("effect")),
        reply_to=read_reply(tree.get("reply_to")),
        preferred_service=_service(tree.get("preferred_service")),
        key=_key(tree.get("idempotency_key")),
    )


def read_parts(tree: Any) -> tuple[WrittenPart, ...]:
    """Return the parts of a message.

    Raises:
        RefusalError: 400/1001 or 1004.
    """
    if not isinstance(tree, list) or not tree:
        raise RefusalError(1001, "message.parts is required")
    if len(tree) > MAX_PARTS:
        raise RefusalError(1004, f"a message has at most {MAX_PARTS} parts")
    parts = tuple(_part(item) for item in tree)
    if len(parts) > 1 and any(isinstance(part, LinkPart) for part in parts):
        raise RefusalError(1004, "a link part must be the only part")
    if sum(isinstance(part, MediaReference) and part.url is not None for part in parts) > MAX_URL_PARTS:
        raise RefusalError(1004, f"at most {MAX_URL_PARTS} media parts are sent by URL")
    for left, right in pairwise(parts):
        if isinstance(left, TextPart) and isinstance(right, TextPart):
            raise RefusalError(1004, "text parts must not be adjacent")
    return parts


def read_effect(tree: Any) -> Effect | None:
    """Return an effect.

    Raises:
        RefusalError: 400/1005, no such effect.
    """
    if tree is None:
        return None
    if not isinstance(tree, dict) or tree.get("name") not in EFFECTS.get(str(tree.get("type")), ()):
        raise RefusalError(1005, "no such effect")
    return Effect(tree["type"], tree["name"])


def read_reply(tree: Any) -> ReplyTo | None:
    """Return which part is answered.

    Raises:
        RefusalError: 400/1005, it names no message or a negative part.
    """
    if tree is None:
        return None
    index = tree.get("part_index", 0) if isinstance(tree, dict) else None
    if not isinstance(index, int) or index < 0 or not isinstance(tree.get("message_id"), str):
        raise RefusalError(1005, "reply_to names no part of a message")
    return ReplyTo(tree["message_id"], index)


def read_media(tree: dict[str, Any], url_field: str = "url") -> MediaReference:
    """Return which file is meant: exactly one of `url_field` and `attachment_id` (linq-api.md 2.3).

    Raises:
        RefusalError: 400/1004, it names none, both, or no https URL.
    """
    attachment_id, url = tree.get("attachment_id"), tree.get(url_field)
    if (attachment_id is None) == (url is None):
        raise RefusalError(1004, f"exactly one of {url_field} and attachment_id is needed")
    if url is not None and not (isinstance(url, str) and (_is_url(url, "https") or _is_own(url))):
        raise RefusalError(1004, f"{url_field} is a public https URL")
    if attachment_id is not None and not isinstance(attachment_id, str):
        raise RefusalError(1004, "attachment_id is a string")
    return MediaReference(attachment_id, url)


def _is_own(url: str) -> bool:
    """Tell whether this is an address of the sandbox's own CDN, which speaks no TLS."""
    return url.startswith("http://127.0.0.1:") and _is_url(url, "http")


def _part(tree: Any) -> WrittenPart:
    kind = tree.get("type") if isinstance(tree, dict) else None
    match kind:
        case "text":
            return _text(tree)
        case "media":
            return read_media(tree)
        case "link":
            return _link(tree.get("value"))
        case _:
            raise RefusalError(1004, f"unknown part type {kind!r}")


def _text(tree: dict[str, Any]) -> TextPart:
    value = tree.get("value")
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_TEXT:
        raise RefusalError(1004, f"a text part has 1 to {MAX_TEXT} characters")
    return TextPart(value, _decorations(tree.get("text_decorations"), value))


def _link(value: Any) -> LinkPart:
    # The schemes are those of the documents (linq-api.md 2.3).
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_LINK or not _is_url(value, *LINK_SCHEMES):
        raise RefusalError(1004, "a link part needs a URL with a scheme")
    return LinkPart(value)


def _is_url(text: str, *schemes: str) -> bool:
    try:
        url = urlsplit(text)
    except ValueError:
        return False
    return url.scheme in schemes and bool(url.netloc)


def _decorations(tree: Any, text: str) -> tuple[Decoration, ...]:
    if tree is None:
        return ()
    if not isinstance(tree, list) or len(tree) > MAX_DECORATIONS:
        raise RefusalError(1004, f"a text part has at most {MAX_DECORATIONS} decorations")
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    marks = tuple(_decoration(item, length) for item in tree)
    for mark in marks:
        overlapping = (other for other in marks if other is not mark and _overlap(mark, other))
        if mark.animation is not None and any(overlapping):
            raise RefusalError(1004, "an animation overlaps another decoration")
    return marks


def _decoration(tree: Any, length: int) -> Decoration:
    span = tree.get("range") if isinstance(tree, dict) else None
    if not isinstance(span, list) or [type(each) for each in span] != [int, int]:
        raise RefusalError(1004, "a decoration needs a range")
    start, end = span
    style, animation = tree.get("style"), tree.get("animation")
    if not 0 <= start < end <= length:
        raise RefusalError(1004, "a decoration's range is outside of its text")
    if (style in STYLES) == (animation in ANIMATIONS) or (style is not None and animation is not None):
        raise RefusalError(1004, "a decoration has exactly one known style or animation")
    return Decoration(start, end, style, animation)


def _overlap(one: Decoration, other: Decoration) -> bool:
    return one.start < other.end and other.start < one.end


def _service(word: Any) -> Service | None:
    if word is None:
        return None
    if word not in get_args(Service):
        raise RefusalError(1005, "preferred_service is iMessage, SMS or RCS")
    return cast("Service", word)


def _key(key: Any) -> str | None:
    if key is None:
        return None
    if not isinstance(key, str) or not 1 <= len(key) <= MAX_KEY:
        raise RefusalError(1005, f"idempotency_key has 1 to {MAX_KEY} characters")
    return key
