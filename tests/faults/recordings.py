"""Judges what becomes of recorded voice memos: all have one name, and are told apart by their size."""

from collections import Counter, defaultdict
from collections.abc import Sequence

MEMO_NAME = "Voice memo.m4a"


class RecordingJudge:
    """Hears of each recording that was to be sent and of each memo in a field, and reads the ledger."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.kept: dict[str, list[int]] = defaultdict(list)
        self._pressed: Counter[str] = Counter()

    @property
    def kept_count(self) -> int:
        """How many bubbles there were."""
        return sum(map(len, self.kept.values()))

    @property
    def pressed_count(self) -> int:
        """How many were to be sent; some of them met their end before their bubble."""
        return self._pressed.total()

    def hear(self, word: str, rest: list[str]) -> None:
        """Take down what a window says of a chat's recordings."""
        match word, *rest:
            case "pressed", chat:
                self._pressed[chat] += 1
            case "recorded", chat, size_bytes:
                self.kept[chat].append(int(size_bytes))
            case "memos", chat, count:
                self._seen(chat, int(count))
            case _:
                raise ValueError(word)

    def open_count(self, chat: str) -> int:
        """Return how many recordings were to be sent of which nobody has seen a bubble."""
        return self._pressed[chat] - len(self.kept[chat])

    def _seen(self, chat: str, count: int) -> None:
        if count > self.open_count(chat):
            self.wrong.append(f"{chat}: {count} memos in the field, {self.open_count(chat)} were not sent")

    def lost(self, chat: str, received: Sequence[int]) -> list[str]:
        """Return which memos that had a bubble did not arrive, by what arrived in their chat."""
        return [f"memo of {size} bytes" for size in set(self.kept[chat]) - set(received)]

    def twice(self, chat: str, received: Sequence[int]) -> list[str]:
        """Return which memos arrived more than once, or more than were ever recorded."""
        again = [f"memo of {size} bytes" for size, times in Counter(received).items() if times > 1]
        if len(set(received)) > self._pressed[chat]:
            again.append(f"{len(received)} memos of {self._pressed[chat]}")
        return again
