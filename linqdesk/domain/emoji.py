"""Emoji: what they are called, and finding them by what somebody types. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

_SKIN_TONES = 5


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji as Unicode orders and names it.

    `group` is Unicode's, 0 to 9; `version` that of Unicode Emoji which brought it. `names` are those that
    are typed between colons, the most usual first. `skins` are the emoji in five tones from light to dark,
    empty where it has none.
    """

    text: str
    label: str
    names: tuple[str, ...]
    tags: tuple[str, ...] = ()
    group: int = 0
    version: float = 1.0
    skins: tuple[str, ...] = ()

    def in_tone(self, tone: int) -> str:
        """Return it in a skin tone, 1 light to 5 dark; as it is for 0 and where it has no tones."""
        return self.skins[tone - 1] if self.skins and 1 <= tone <= _SKIN_TONES else self.text


def find_emoji(known: Iterable[Emoji], typed: str) -> list[Emoji]:
    """Return the emoji that fit all words typed, the closest first; all of them where nothing is typed."""
    words = typed.casefold().replace("_", " ").replace(":", " ").split()
    if not words:
        return list(known)
    ranked = [(rank, each) for each in known if (rank := _rank(each, words)) is not None]
    # The sort keeps Unicode's order among those that fit equally well.
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def complete_name(known: Iterable[Emoji], typed: str, most: int) -> list[tuple[str, Emoji]]:
    """Return up to `most` emoji with the name that fits what stands after a colon, the closest first."""
    wanted = typed.casefold()
    found: list[tuple[tuple[int, int], str, Emoji]] = []
    for each in known:
        fitting = [(_name_rank(name, wanted), name) for name in each.names if wanted in name]
        if fitting:
            rank, name = min(fitting)
            found.append((rank, name, each))
    return [(name, each) for _, name, each in sorted(found, key=lambda one: one[0])[:most]]


def _name_rank(name: str, wanted: str) -> tuple[int, int]:
    """Return how far a name is from what is wanted: beginnings before middles, shorter before longer."""
    at_start = 0 if name.startswith(wanted) else 1 if f"_{wanted}" in name else 2
    return at_start, len(name)


def _rank(emoji: Emoji, words: list[str]) -> int | None:
    """Return how well an emoji fits, 0 best; None where a word fits nothing of it."""
    ranks = [_word_rank(emoji, word) for word in words]
    return None if any(rank is None for rank in ranks) else sum(rank or 0 for rank in ranks)


def _word_rank(emoji: Emoji, word: str) -> int | None:
    if word in emoji.names or word == emoji.label:
        return 0
    spoken = emoji.label.split()
    if word in spoken:
        return 1
    if word in emoji.tags:
        return 2
    if any(part.startswith(word) for name in emoji.names for part in name.split("_")):
        return 3
    if any(part.startswith(word) for part in (*spoken, *emoji.tags)):
        return 4
    return None
