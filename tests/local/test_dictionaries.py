import sys
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from linqdesk.local.dictionaries import Dictionaries, wished_languages


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({}, ("en_US",)),
        ({"LANG": "C.UTF-8"}, ("en_US",)),
        ({"LANG": "de_DE.UTF-8"}, ("de_DE",)),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_CH.UTF-8"}, ("fr_CH",)),
        ({"LANGUAGE": "es:en_GB", "LANG": "es_MX.UTF-8"}, ("es", "en_GB", "es_MX")),
    ],
)
def test_languages_are_those_of_the_session(
    environment: Mapping[str, str], languages: tuple[str, ...]
) -> None:
    assert wished_languages(environment) == languages


class _Dict:
    """A dictionary of enchant with one word."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.added: list[str] = []

    def check(self, word: str) -> bool:
        return word in {f"hello-{self.tag}", *self.added}

    def suggest(self, word: str) -> list[str]:
        return [word.upper(), *(f"{word}{number}" for number in range(9))]

    def add(self, word: str) -> None:
        self.added.append(word)


def _dict(tag: str) -> _Dict:
    if tag == "broken":
        raise OSError(tag)
    return _Dict(tag)


def _system(monkeypatch: pytest.MonkeyPatch, *languages: str) -> None:
    """Put something in place of enchant, which finds what the system happens to have."""
    made = SimpleNamespace(
        errors=SimpleNamespace(Error=OSError), list_languages=lambda: list(languages), Dict=_dict
    )
    monkeypatch.setitem(sys.modules, "enchant", made)


def test_a_word_is_right_where_one_language_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "de_AT", "en_US", "fr_FR")
    lists = Dictionaries(["de_DE", "en_US", "pt_BR"])
    assert lists.names == ("de_AT", "en_US")
    words = {"hello-de_AT", "hello-en_US", "hello-fr_FR"}
    assert lists.misspelt(words) == {"hello-fr_FR"}


def test_suggestions_are_few_and_each_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "en_GB", "en_US")
    assert Dictionaries(["en_GB", "en_US"]).suggestions("a") == ("A", "a0", "a1", "a2", "a3")


def test_a_learnt_word_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "en_US")
    lists = Dictionaries(["en_US"])
    lists.learn("Linq")
    assert lists.misspelt(["Linq", "Linc"]) == {"Linc"}


@pytest.mark.parametrize(
    ("languages", "wrong"),
    [
        (["en_US"], {"wrold"}),
        (["ru_RU"], {"мир"}),
        (["en_US", "he_IL"], {"wrold", "שלום"}),
        (["sr_Latn_RS"], {"wrold"}),
    ],
)
def test_words_are_checked_in_the_scripts_of_the_dictionaries(
    monkeypatch: pytest.MonkeyPatch, languages: list[str], wrong: set[str]
) -> None:
    _system(monkeypatch, *languages)
    assert Dictionaries(languages).misspelt(["wrold", "мир", "שלום", "नमस्ते", "你好"]) == wrong


def test_an_accent_may_be_a_character_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "fr_FR")
    lists = Dictionaries(["fr_FR"])
    lists.learn("cafe\u0301")
    assert lists.misspelt(["caf\u00e9", "cafe\u0301", "cafe"]) == {"cafe"}
    assert lists.suggestions("cafe\u0301")[0] == "CAF\u00c9"


def test_a_damaged_dictionary_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "broken", "en_US")
    assert Dictionaries(["broken", "en_US"]).names == ("en_US",)


@pytest.mark.parametrize("is_installed", [True, False])
def test_without_dictionaries_every_word_is_right(
    monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    if is_installed:
        _system(monkeypatch)
    else:
        # None in its place is what Python takes for a module that cannot be imported.
        monkeypatch.setitem(sys.modules, "enchant", None)
    lists = Dictionaries(["en_US"])
    assert lists.names == ()
    assert lists.misspelt(["wrold"]) == frozenset()
    assert lists.suggestions("wrold") == ()
    lists.learn("wrold")
