"""Checks spelling off the UI thread."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from linqdesk.services.task_scope import TaskScope


class WordLists(Protocol):
    """Dictionaries; every call blocks and none is safe for two threads at a time."""

    def misspelt(self, words: frozenset[str]) -> frozenset[str]:
        """Return those of the words that no dictionary has."""

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return words that may have been meant."""

    def learn(self, word: str) -> None:
        """Take a word for right from now on."""


class Speller(Protocol):
    """Knows how words are written; every call returns at once."""

    def check(self, words: frozenset[str], done: Callable[[frozenset[str]], None]) -> None:
        """Have words checked; `done` hears on the UI thread which of them are wrong."""

    def suggest(self, word: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """Look for what may have been meant; `done` hears it on the UI thread."""

    def learn(self, word: str) -> None:
        """Take a word for right from now on."""


class Spelling:
    """One question at a time for the dictionaries, each in a thread."""

    def __init__(self, lists: WordLists, scope: TaskScope) -> None:
        """Ask nothing yet."""
        self._lists = lists
        self._scope = scope
        self._turn = asyncio.Lock()

    def check(self, words: frozenset[str], done: Callable[[frozenset[str]], None]) -> None:
        """Have words checked; `done` hears on the UI thread which of them are wrong."""

        async def ask() -> None:
            async with self._turn:
                wrong = await asyncio.to_thread(self._lists.misspelt, words)
            done(wrong)

        self._scope.start(ask(), name="check spelling")

    def suggest(self, word: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """Look for what may have been meant; `done` hears it on the UI thread."""

        async def ask() -> None:
            async with self._turn:
                found = await asyncio.to_thread(self._lists.suggestions, word)
            done(found)

        self._scope.start(ask(), name="suggest spelling")

    def learn(self, word: str) -> None:
        """Take a word for right from now on."""

        async def tell() -> None:
            async with self._turn:
                await asyncio.to_thread(self._lists.learn, word)

        self._scope.start(tell(), name="learn a word")
