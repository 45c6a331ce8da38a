"""What moves: frames a second with 40 animated graphemes under confetti, and how soon all is at rest."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from typing_extensions import override

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.message import Effect, Message, TextPart
from linqdesk.store.cache import Cache
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.bench.figures import report
from tests.bench.program import make_application
from tests.bench.worlds import chat, message

_TEXT = "These forty letters shake, ripple, bloom ok"
_MOVES = (("shake", 0, 14), ("explode", 14, 27), ("ripple", 27, 33), ("bloom", 33, 43))


class _Frames(QObject):
    """Notes when something was painted and how long that took."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.times: list[float] = []
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


class _Stage:
    """A thread in a window that has the focus."""

    def __init__(self) -> None:
        self.cache = Cache()
        self.chat = chat(1)
        self.cache.merge_chats([self.chat])
        self.number = 2_000
        self.merge([message(self.chat.id, number) for number in range(1_000, 1_200)])
        self.view = ThreadView(self.cache, LIGHT)
        self.view.resize(900, 700)
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.view.show_chat(self.chat.id)
        self.view.viewport().repaint()

    def merge(self, messages: list[Message]) -> None:
        self.cache.merge_messages(self.chat.id, messages, self.cache.next_sequence())

    def arrive(self, effect: str) -> None:
        """Let a message with 40 graphemes in motion and a screen effect come in."""
        self.number += 1
        moves = tuple(Decoration(start, end, animation=name) for name, start, end in _MOVES)
        plain = message(self.chat.id, self.number)
        parts = (TextPart(_TEXT, moves),)
        self.merge([replace(plain, is_from_me=False, parts=parts, effect=Effect("screen", effect))])


@contextmanager
def _watched(stage: _Stage) -> Iterator[_Frames]:
    frames = _Frames(stage.view.effects.overlay)
    yield frames
    stage.view.effects.overlay.removeEventFilter(frames)


def _frame_rates(stage: _Stage, effect: str, reach: str) -> None:
    with _watched(stage) as frames:
        stage.arrive(effect)
        began = time.process_time()
        QTest.qWait(2_300)
        spent = time.process_time() - began
        stage.view.effects.stop()
    seconds, count = frames.times[-1] - frames.times[0], len(frames.times) - 1
    report(f"frames a second, 40 graphemes and {effect}", [count / seconds], "1/s", reach)
    report(f"CPU of one such frame, {effect}", [1_000 * spent / count], "ms", "<= 20")


def _rest(stage: _Stage) -> None:
    """Measure from the last frame to a clock that stands, and what the process costs after 200 ms."""
    with _watched(stage) as frames:
        stage.arrive("love")
        while stage.view.effects.clock.is_running:
            QTest.qWait(1)
        rested = time.perf_counter()
    report("last frame to the clock's rest", [1_000 * (rested - frames.times[-1])], "ms", "<= 200")
    QTest.qWait(200)
    began, spent = time.perf_counter(), time.process_time()
    QTest.qWait(2_000)
    share = 100 * (time.process_time() - spent) / (time.perf_counter() - began)
    report("CPU 200 ms after an effect", [share], "% of a core", "<= 2, of which QTest's own waiting")


def main() -> None:
    application = make_application()
    stage = _Stage()
    _frame_rates(stage, "confetti", ">= 50")
    for effect in sorted(set(SCREEN_EFFECTS) - {"confetti"}):
        _frame_rates(stage, effect, ">= 50")
    _rest(stage)
    application.closeAllWindows()


if __name__ == "__main__":
    main()
