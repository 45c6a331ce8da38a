import asyncio
import threading

from linqdesk.services.spelling import Spelling
from linqdesk.services.task_scope import TaskScope


class Lists:
    """Dictionaries that note what they are asked and in which threads."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.asked: list[str] = []

    def _note(self, what: str) -> None:
        self.asked.append(what)
        self.threads.add(threading.get_ident())

    def misspelt(self, words: frozenset[str]) -> frozenset[str]:
        self._note("misspelt")
        return frozenset(each for each in words if each.startswith("x"))

    def suggestions(self, word: str) -> tuple[str, ...]:
        self._note("suggestions")
        return (word[1:],)

    def learn(self, word: str) -> None:
        self._note(f"learn {word}")


async def test_questions_are_answered_in_order_and_never_on_this_thread() -> None:
    scope, lists = TaskScope("test"), Lists()
    spelling = Spelling(lists, scope)
    answers: list[object] = []
    is_answered = asyncio.Event()

    def hear(offers: tuple[str, ...]) -> None:
        answers.append(offers)
        is_answered.set()

    spelling.learn("word")
    spelling.check(frozenset({"xa", "b"}), answers.append)
    spelling.suggest("xa", hear)
    await asyncio.wait_for(is_answered.wait(), timeout=20)
    assert lists.asked == ["learn word", "misspelt", "suggestions"]
    assert answers == [frozenset({"xa"}), ("a",)]
    assert threading.get_ident() not in lists.threads
    await scope.close()
