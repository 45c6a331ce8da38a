"""How an SMS is cut into segments, each of which is carried and paid for by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

# 3GPP TS 23.038, 6.2.1: the default alphabet, and what needs an escape before it.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("\f^{}\\[~]|€")
_ONE_GSM, _EACH_GSM = 160, 153
_ONE_UCS2, _EACH_UCS2 = 70, 67
_LAST_OF_ONE_UNIT = "\uffff"


@dataclass(frozen=True, slots=True)
class Segments:
    """Into how many segments a text is cut.

    `units` is its length and `room` what all its segments hold: in septets of the GSM alphabet, in UTF-16
    code units where `is_unicode`. What does not fit into its segment whole begins the next one, so `units`
    may be less than `room` although nothing more fits.
    """

    count: int
    units: int
    room: int
    is_unicode: bool


def count_segments(text: str) -> Segments:
    """Count the segments of a text; an empty one has none (3GPP TS 23.038 and 23.040)."""
    is_unicode = not all(each in _BASIC or each in _ESCAPED for each in text)
    if is_unicode:
        sizes = [2 if each > _LAST_OF_ONE_UNIT else 1 for each in text]
    else:
        sizes = [2 if each in _ESCAPED else 1 for each in text]
    units = sum(sizes)
    one, each_of_several = (_ONE_UCS2, _EACH_UCS2) if is_unicode else (_ONE_GSM, _EACH_GSM)
    if units <= one:
        return Segments(1 if units else 0, units, one, is_unicode)
    count = _packed(sizes, each_of_several)
    return Segments(count, units, count * each_of_several, is_unicode)


def _packed(sizes: Iterable[int], room: int) -> int:
    """Return how many segments are filled when no character is cut in two."""
    count, used = 1, 0
    for size in sizes:
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count
