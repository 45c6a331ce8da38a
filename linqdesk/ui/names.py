"""How people and chats are called in the window."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linqdesk.domain.chat import Chat
    from linqdesk.domain.ids import Handle
    from linqdesk.store.view import CacheView

_BIDI_CONTROLS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], None)
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_MAX_NAMED = 2
_MAX_NAME = 200


def plain_name(name: str) -> str:
    """Return a name on one line without the controls that could reorder what stands beside it."""
    return " ".join(name[: _MAX_NAME * 4].translate(_BIDI_CONTROLS).split())[:_MAX_NAME]


def without_controls(words: str) -> str:
    """Return words without the controls that could reorder what stands beside them."""
    return words.translate(_BIDI_CONTROLS)


def isolated(name: str) -> str:
    """Return a name that keeps its own direction inside of a sentence; none of its controls can end that."""
    return f"{_FIRST_STRONG_ISOLATE}{without_controls(name)}{_POP_ISOLATE}"


def controls_in(words: str) -> tuple[str, ...]:
    """Return the names of the controls of direction in some words, each once, in Unicode's words."""
    found = dict.fromkeys(letter for letter in words if ord(letter) in _BIDI_CONTROLS)
    return tuple(f"{unicodedata.name(letter).capitalize()} (U+{ord(letter):04X})" for letter in found)


@lru_cache(maxsize=4_096)
def format_handle(handle: str) -> str:
    """Return "+1 415 555 0134" for a phone number, an address as it is."""
    if not handle.startswith("+"):
        return plain_name(handle)
    import phonenumbers

    try:
        number = phonenumbers.parse(handle)
    except phonenumbers.NumberParseException:
        return plain_name(handle)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace("-", " ")


def person_name(handle: Handle, cache: CacheView) -> str:
    """Return the name of a handle, or the handle itself, readable."""
    known = cache.name_of(handle)
    return (plain_name(known) if known else "") or format_handle(handle)


def chat_title(chat: Chat, cache: CacheView) -> str:
    """Return what a chat is called: its own name, else who is in it."""
    own = chat.own_name
    if own is not None and not chat.is_group and len(chat.others) == 1:
        # The name that this desk gave goes before Linq's.
        own = cache.name_of(chat.others[0].handle) or own
    if own is not None and plain_name(own):
        return plain_name(own)
    names = [person_name(each.handle, cache) for each in chat.others]
    if not names:
        return "Nobody"
    if len(names) == 1:
        return names[0]
    shown, rest = names[:_MAX_NAMED], len(names) - _MAX_NAMED
    if rest <= 0:
        return " and ".join(shown)
    return f"{', '.join(shown)} and {rest} other{'s' if rest > 1 else ''}"


def number_beside(chat: Chat, title: str) -> str:
    """Return the number that belongs beside the name of a direct chat, empty where the name is the number."""
    if chat.is_group or len(chat.others) != 1:
        return ""
    return number_unlike(chat.others[0].handle, title)


def number_unlike(handle: Handle, name: str) -> str:
    """Return a handle, readable, empty where it is what somebody is called already."""
    written = format_handle(handle)
    return "" if written == name else written


def initials(name: str) -> str:
    """Return one or two letters that stand for a name, none for a number."""
    words = [word for word in name.split() if word[0].isalpha()]
    if not words:
        return ""
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()
