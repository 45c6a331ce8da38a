"""The message view alone: opening, scrolling, appending, prepending, and hostile texts."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, ChatId, Handle
from linqdesk.domain.links import find_links
from linqdesk.domain.message import MediaPart, Message, Part, Reaction, TextPart
from linqdesk.store.cache import Cache
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.bench.figures import report
from tests.bench.program import make_application
from tests.bench.worlds import chat, message, rich_message

_HOSTILE = {
    "10,000 characters": "lorem ipsum dolor " * 556,
    "2,000 emoji": "😀" * 2_000,
    "one unbroken word of 10,000": "a" * 10_000,
    "10,000 combining marks": "e" + "\u0301" * 10_000,
    "lone surrogates": "\ud800" * 500,
    "a million characters": "a" * 1_000_000,
    "100,000 ligatures of whole phrases": "\ufdfd" * 100_000,
    "5,000 links": "a.com " * 5_000,
}
_CROWD = tuple(
    Reaction(
        Handle(f"+1415555{number:04d}"), is_me=False, kind="custom", custom_emoji=chr(0x1F600 + number % 50)
    )
    for number in range(10_000)
)
_CROWDS: dict[str, tuple[Part, ...]] = {
    "100 texts": tuple(TextPart(f"part {number} " + "lorem " * 20) for number in range(100)),
    "100 pictures": tuple(
        MediaPart(AttachmentId(f"p{number}"), "x.jpg", "image/jpeg", 1, None) for number in range(100)
    ),
    "100 files": tuple(
        MediaPart(AttachmentId(f"f{number}"), "x.pdf", "application/pdf", 1, None) for number in range(100)
    ),
    "10,000 reactions": (TextPart("popular", (), _CROWD),),
    "100 parts of 1,000 reactions": tuple(TextPart("popular", (), _CROWD[:1_000]) for _ in range(100)),
    "10,000 decorations": (
        TextPart("word " * 2_000, tuple(Decoration(at, at + 9, "bold") for at in range(9_990))),
    ),
}


Maker = Callable[[ChatId, int], Message]


class _Stage:
    """A view over a thread of a given length."""

    def __init__(self, application: QApplication, length: int, make: Maker = message) -> None:
        self.application = application
        self.cache = Cache()
        self.chat = chat(1)
        self.cache.merge_chats([self.chat])
        rows = [make(self.chat.id, number) for number in range(1_000, 1_000 + length)]
        self.cache.merge_messages(self.chat.id, rows, self.cache.next_sequence())
        self.length = length
        self.view = ThreadView(self.cache, LIGHT)
        self.view.resize(900, 700)
        self.view.show()
        # What is not on the screen yet is not painted.
        QTest.qWaitForWindowExposed(self.view)

    def paint(self) -> None:
        self.view.viewport().repaint()

    def timed_ms(self, act: Callable[[], None]) -> float:
        began = time.perf_counter()
        act()
        self.paint()
        return (time.perf_counter() - began) * 1_000

    def open(self) -> None:
        self.view.show_chat(self.chat.id)

    def leave(self) -> None:
        """Take the view off the screen: one that is only forgotten goes in Python's order, not in Qt's."""
        self.view.close()
        self.view.deleteLater()

    def merge(self, first: int, count: int) -> None:
        rows = [message(self.chat.id, number) for number in range(first, first + count)]
        self.cache.merge_messages(self.chat.id, rows, self.cache.next_sequence())


def _open(application: QApplication, length: int, reach: str) -> _Stage:
    stage = _Stage(application, length)
    times = []
    for _ in range(9):
        stage.view.show_chat(None)
        times.append(stage.timed_ms(stage.open))
    report(f"open a chat of {length:,} loaded messages", times, "ms", reach)
    return stage


def _scroll(stage: _Stage) -> None:
    bar = stage.view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() - 60)

    times = [stage.timed_ms(step) for _ in range(300)]
    report(f"one scroll frame, {stage.length:,} messages", times, "ms", "p95 <= 8")


def _append(stage: _Stage) -> None:
    stage.view.jump_to_newest()
    newest = 1_000 + stage.length
    times = [stage.timed_ms(partial(stage.merge, newest + each, 1)) for each in range(40)]
    report(f"append one, {stage.length:,} messages", times, "ms", "p95 <= 16")


def _prepend(stage: _Stage) -> None:
    times, moved = [], []
    for page in range(1, 16):
        stage.view.verticalScrollBar().setValue(0)
        stage.paint()
        arrangement, messages = stage.view.arrangement, stage.view.messages
        key = messages.row_at(arrangement.top).key
        was = arrangement.offset_px + arrangement.layout_of(arrangement.top).bubble.bottom()
        times.append(stage.timed_ms(partial(stage.merge, 1_000 - 50 * page, 50)))
        row = messages.position_of(key)
        assert row is not None
        place = arrangement.place_of(row)
        assert place is not None
        moved.append(abs(place + arrangement.layout_of(row).bubble.bottom() - was))
    report(f"prepend 50, {stage.length:,} messages", times, "ms", "p95 <= 16")
    report("prepend 50: what is on screen moves", moved, "px", "0")


def _rich(application: QApplication) -> None:
    # The program does so beside its start.
    find_links("example.com https://example.com")
    stage = _Stage(application, 10_000, rich_message)
    times = []
    for _ in range(9):
        stage.view.show_chat(None)
        times.append(stage.timed_ms(stage.open))
    report("open a chat of 10,000 messages of every kind", times, "ms", "<= 60")
    bar = stage.view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() - 60)

    times = [stage.timed_ms(step) for _ in range(600)]
    report("one scroll frame, 10,000 messages of every kind", times, "ms", "p95 <= 12, max <= 50")
    stage.leave()


def _crowded(application: QApplication) -> None:
    for name, parts in _CROWDS.items():
        stage = _Stage(application, 20)
        stage.open()
        newest = replace(message(stage.chat.id, 2_000), parts=parts)

        def arrive(stage: _Stage = stage, newest: Message = newest) -> None:
            stage.cache.merge_messages(stage.chat.id, [newest], stage.cache.next_sequence())

        report(f"a message of {name}", [stage.timed_ms(arrive)], "ms", "<= 50")
        stage.leave()


def _hostile(application: QApplication) -> None:
    for name, text in _HOSTILE.items():
        stage = _Stage(application, 20)
        stage.open()
        newest = message(stage.chat.id, 2_000, text)

        def arrive(stage: _Stage = stage, newest: Message = newest) -> None:
            stage.cache.merge_messages(stage.chat.id, [newest], stage.cache.next_sequence())

        report(f"a bubble of {name}", [stage.timed_ms(arrive)], "ms", "<= 50")
        stage.leave()


def main() -> None:
    application = make_application()
    stage = _open(application, 10_000, "<= 60")
    _scroll(stage)
    _append(stage)
    _prepend(stage)
    stage.leave()
    stage = _open(application, 100_000, "<= 200")
    _scroll(stage)
    stage.leave()
    _rich(application)
    _hostile(application)
    _crowded(application)


if __name__ == "__main__":
    main()
