"""A small dictionary where the system's spelling library looks for those of the person at the desk."""

import difflib
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

WORDS = ("a", "hello", "is", "left", "order", "that", "the", "this", "today", "world", "your")
_RULES = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n"


def lay_dictionary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let English be spelt by a dictionary of some words; returns the list of words that are learnt.

    Enchant reads it where it is installed; elsewhere something stands in for enchant that reads the same.
    """
    hunspell = folder / "hunspell"
    hunspell.mkdir(parents=True)
    (hunspell / "en_US.aff").write_text(_RULES)
    (hunspell / "en_US.dic").write_text("\n".join([str(len(WORDS)), *WORDS, ""]))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(folder))
    learnt = folder / "en_US.dic"
    if not _is_read_by_enchant():
        stand_in = SimpleNamespace(
            list_languages=lambda: ["en_US"],
            Dict=lambda tag: _Dictionary(tag, learnt),
            errors=SimpleNamespace(Error=OSError),
        )
        monkeypatch.setitem(sys.modules, "enchant", stand_in)
    return learnt


def take_dictionaries_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the spelling library be missing: None is what Python takes for what cannot be imported."""
    monkeypatch.setitem(sys.modules, "enchant", None)


def _is_read_by_enchant() -> bool:
    try:
        import enchant
    except ImportError:
        return False
    return "en_US" in enchant.Broker().list_languages()


class _Dictionary:
    """What enchant says of the same words."""

    def __init__(self, tag: str, learnt: Path) -> None:
        self.tag = tag
        self._learnt = learnt

    def _known(self) -> list[str]:
        own = self._learnt.read_text().split() if self._learnt.exists() else []
        return [*WORDS, *own]

    def check(self, word: str) -> bool:
        return word in self._known() or word.casefold() in self._known()

    def suggest(self, word: str) -> list[str]:
        return difflib.get_close_matches(word, self._known())

    def add(self, word: str) -> None:
        with self._learnt.open("a") as words:
            words.write(f"{word}{os.linesep}")
