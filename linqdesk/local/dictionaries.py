"""The system's spelling dictionaries, reached through enchant; without them every word is right."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import enchant

_MOST_LANGUAGES, _MOST_SUGGESTIONS = 3, 5
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_USUAL_LANGUAGE = "en_US"
# Languages that are not written in Latin letters, by the first word of their letters' names in Unicode.
_SCRIPTS = {
    "CYRILLIC": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"),
    "GREEK": ("el",),
    "HEBREW": ("he", "yi"),
    "ARABIC": ("ar", "ckb", "fa", "ps", "ug", "ur"),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
    "BENGALI": ("as", "bn"),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "SINHALA": ("si",),
    "ETHIOPIC": ("am", "ti"),
    "HANGUL": ("ko",),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "THAI": ("th",),
}
_SCRIPT_OF_LANGUAGE = {language: script for script, languages in _SCRIPTS.items() for language in languages}


class Dictionaries:
    """Checks words in the languages of the person at the desk; a word is right where one of them has it.

    Words in a script that none of them is written in are right: customers' names and languages are many.

    Loading blocks on the disk and enchant is not safe for threads: one thread at a time, never the UI's.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        """Load nothing yet; `languages` are wished ones such as en_GB, the first ones first."""
        self._wished = languages
        self._loaded: tuple[enchant.Dict, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The languages whose dictionaries are there, empty where spelling cannot be checked."""
        return tuple(each.tag for each in self._load())

    def misspelt(self, words: Iterable[str]) -> frozenset[str]:
        """Return those of the words that no dictionary has."""
        loaded = self._load()
        if not loaded:
            return frozenset()
        scripts = {_script_of(each.tag) for each in loaded}
        return frozenset(
            word
            for word in words
            if _script_in(word) in scripts
            and not any(each.check(unicodedata.normalize("NFC", word)) for each in loaded)
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return at most five words that may have been meant, the likeliest first."""
        written = unicodedata.normalize("NFC", word)
        found = dict.fromkeys(each for one in self._load() for each in one.suggest(written))
        return tuple(found)[:_MOST_SUGGESTIONS]

    def learn(self, word: str) -> None:
        """Take a word into the person's own list, which other programs share."""
        for each in self._load()[:1]:
            each.add(unicodedata.normalize("NFC", word))

    def _load(self) -> "tuple[enchant.Dict, ...]":
        if self._loaded is None:
            self._loaded = tuple(_found(self._wished))
        return self._loaded


def wished_languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages that the environment asks for, English where it asks for none."""
    listed = environment.get("LANGUAGE", "").split(":")
    single = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    asked = (each.partition(".")[0] for each in (*listed, single))
    named = tuple(dict.fromkeys(each for each in asked if each not in {"", "C", "POSIX"}))
    return named or (_USUAL_LANGUAGE,)


def system_dictionaries() -> Dictionaries:
    """Return the dictionaries for the languages of this session."""
    return Dictionaries(wished_languages(os.environ))


def _found(wished: Sequence[str]) -> "Iterator[enchant.Dict]":
    try:
        import enchant
    except ImportError:
        # The Python package is there, the system's library is not.
        return
    there = enchant.list_languages()
    chosen = dict.fromkeys(each for wish in wished if (each := _nearest(wish, there)) is not None)
    for language in list(chosen)[:_MOST_LANGUAGES]:
        try:
            yield enchant.Dict(language)
        except enchant.errors.Error:
            continue


def _script_of(language: str) -> str:
    name, _, variant = language.partition("_")
    return "LATIN" if "latn" in variant.casefold() else _SCRIPT_OF_LANGUAGE.get(name, "LATIN")


def _script_in(word: str) -> str:
    return unicodedata.name(word[0], "").partition(" ")[0]


def _nearest(wish: str, there: Sequence[str]) -> str | None:
    """Return the dictionary for a language, else for the same language of another country."""
    if wish in there:
        return wish
    family = wish.partition("_")[0]
    return next((each for each in sorted(there) if each.partition("_")[0] == family), None)
