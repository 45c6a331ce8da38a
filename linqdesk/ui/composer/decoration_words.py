"""Decorations in words. Pure."""

from collections.abc import Iterable
from types import MappingProxyType

from linqdesk.ui.names import plain_name

STYLES = MappingProxyType(
    {"bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough"}
)
ANIMATIONS = MappingProxyType(
    {
        "big": "Big",
        "small": "Small",
        "shake": "Shake",
        "nod": "Nod",
        "explode": "Explode",
        "ripple": "Ripple",
        "bloom": "Bloom",
        "jitter": "Jitter",
    }
)


def replacement_words(chosen: str, lost: Iterable[str]) -> str:
    """Return a sentence that says what a decoration took away; all are the API's words."""
    known = [*STYLES, *ANIMATIONS]
    gone = [decoration_name(each) for each in sorted(set(lost), key=lambda each: (each not in known, each))]
    listed = gone[0] if len(gone) == 1 else f"{', '.join(gone[:-1])} and {gone[-1]}"
    return f"{decoration_name(chosen)} replaced {listed}: a text effect stands alone."


def decoration_name(word: str) -> str:
    """Return a decoration's name; what this version does not know is named by the API's word."""
    return STYLES.get(word) or ANIMATIONS.get(word) or plain_name(word.replace("_", " ")).capitalize()
