"""The program with its window, to be killed: hands at its keyboard and mouse write until then.

It is started as its command starts it, on the off-screen platform, and finds its account, its folder and
what an earlier run left by itself. It is told and answers as `engine` does, is `ready` as soon as the
chats are shown, and says besides:

    lives TIME               for so many seconds of this run it had a processor to work on
    found CHAT TIME STATE    what stands in a field when its chat is opened first in a run
    typed CHAT TIME STATE    what stands there after a key, a drop or a send
    entered CHAT TEXT        Enter was pressed
    pressed CHAT             a recording is to be sent
    recorded CHAT SIZE       the bubble of a recording of so many bytes is in the thread
    memos CHAT NUMBER        so many recordings are in a field
    waits WHAT               the hands have waited for this for long
    broke REPORT             the window says that something failed which nobody expected
"""

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton

from linqdesk import app
from linqdesk.arguments import WindowOptions
from linqdesk.desk_application import DeskApplication
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import MediaPart
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.message_words import parts_of
from linqdesk.ui.recorder.recorder import RecorderState
from linqdesk.ui.windows.main_window import MainWindow
from tests.faults.engine import LATE_MODULES, Run, say, serve
from tests.faults.recordings import MEMO_NAME
from tests.faults.window_bugs import plant
from tests.ui.drop.drags import Drag, files_data
from tests.ui.recorder.virtual import Microphones

# The share of what is written that is left behind.
DRAFTS = 0.25
FILE_WORDS = 5_000
# How long a recording of the first run is, and by how much longer one of each later run.
RECORDING_MS, RECORDING_STEP_MS = 600, 100
# Faster than anybody types; a draft of some dozen letters still takes longer than its keeping may.
MAX_PAUSE_S, DRAFT_LETTERS = 0.03, 80
_TICK_MS, _LONG_S = 5, 10.0
# Who comes to work again later than this had no processor meanwhile, and nothing can be asked of it.
_MOST_OF_A_TICK_S, _TELLS_EVERY_S = 0.05, 0.05
# Among so many rows at the end of the thread a new one is looked for.
_NEWEST_ROWS = 12

# Imported by each start once its first picture is there, unless its parent has done it.
WINDOW_MODULES = (
    "qasync",
    "linqdesk.ui.windows.chat_page",
    "linqdesk.ui.pickers.emoji_picker",
    "linqdesk.ui.pickers.effects_picker",
)

# What is waited for, in words, and whether it has come.
Wait = tuple[str, Callable[[], bool]]


class Hands(QObject):
    """Somebody at the desk who works as fast as the window lets them."""

    def __init__(self, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._chance = random.Random(run.seed)
        # One recording a run at most, so that each is of a length of its own.
        self._records_as = self._chance.choice([None, 0, 1, 2]) if run.records else None
        self._met: set[str] = set()
        self._said: dict[str, str] = {}
        self._acts = self._work()
        self._waits: Wait = ("the window", self._has_window)
        self._since_s = self._ticked_at_s = time.monotonic()
        self._lived_s = self._told_s = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def _tick(self) -> None:
        """Do the next thing as soon as what it waits for is there."""
        self._live_on()
        what, has_come = self._waits
        if has_come():
            self._waits = next(self._acts, ("the end", lambda: False))
            self._since_s = time.monotonic()
        elif time.monotonic() - self._since_s > _LONG_S:
            say("waits", what)
            self._since_s = time.monotonic()
        if self._has_window() and self._window.crashes.banner.isVisible():
            say("broke", json.dumps(self._window.crashes.report()))
            self._timer.stop()

    def _live_on(self) -> None:
        now_s = time.monotonic()
        self._lived_s += min(now_s - self._ticked_at_s, _MOST_OF_A_TICK_S)
        self._ticked_at_s = now_s
        if self._lived_s - self._told_s >= _TELLS_EVERY_S:
            self._told_s = self._lived_s
            say("lives", repr(self._lived_s))

    def _has_window(self) -> bool:
        return any(isinstance(each, MainWindow) for each in QApplication.topLevelWidgets())

    @property
    def _window(self) -> MainWindow:
        return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))

    @property
    def _composer(self) -> Composer:
        return self._window.area.composer

    def _work(self) -> Iterator[Wait]:
        yield "the chats", lambda: all(self._row_of(chat) is not None for chat in self._run.chats)
        say("ready")
        for number in range(self._run.messages):
            chat, die = self._chance.choice(self._run.chats), self._chance.random()
            yield from self._open(chat)
            yield from self._clear(chat)
            text = f"{self._run.number}.{number}"
            if die < DRAFTS:
                yield from self._type(
                    chat, f"draft {text} ".ljust(self._chance.randint(20, DRAFT_LETTERS), "x")
                )
                continue
            if number == self._records_as:
                yield from self._record(chat)
                continue
            yield from self._write(chat, text, die - DRAFTS)
            yield from self._send(chat, text)
        for chat in self._run.chats if not self._run.messages else ():
            yield from self._open(chat)
        yield from self._see_off()

    def _row_of(self, chat: str) -> int | None:
        return self._window.chats.list.chats.row_of(ChatId(chat))

    def _open(self, chat: str) -> Iterator[Wait]:
        """Open a chat by clicking its row, and tell what stands in its field."""
        chats, row = self._window.chats.list, self._row_of(chat)
        if self._window.open_chat_id != chat and row is not None:
            index = chats.chats.index(row)
            chats.scrollTo(index)
            place = chats.visualRect(index).center()
            QTest.mouseClick(
                chats.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
            )
        yield f"chat {chat} to open", lambda: self._composer.chat_id == chat
        if chat not in self._met:
            self._met.add(chat)
            self._tell_state("found", chat)

    def _clear(self, chat: str) -> Iterator[Wait]:
        """Take away what stands in the field and in the tray."""
        composer = self._composer
        tray = composer.findChild(QListView, "tray")
        assert isinstance(tray, QListView)
        # What was recorded in the run before may come back meanwhile.
        while not composer.draft().is_empty:
            QTest.keyClick(composer.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(composer.edit, Qt.Key.Key_Delete)
            while composer.draft().files:
                tray.setCurrentIndex(tray.model().index(0, 0))
                QTest.keyClick(tray, Qt.Key.Key_Delete)
            yield "an empty field", self._later(0)
        self._tell_state("typed", chat)

    def _type(self, chat: str, text: str) -> Iterator[Wait]:
        for letter in text:
            QTest.keyClicks(self._composer.edit, letter)
            self._tell_state("typed", chat)
            yield "the next key", self._later(self._chance.random() * MAX_PAUSE_S)

    def _write(self, chat: str, text: str, die: float) -> Iterator[Wait]:
        """Say a text in a file's name, in that of a voice memo, or in letters."""
        if die < self._run.files:
            yield from self._drop(chat, f"{text}.txt", text.encode() * FILE_WORDS)
        elif die < self._run.files + self._run.memos:
            yield from self._drop(chat, f"{text}.amr", b"#!AMR" + text.encode())
        else:
            yield from self._type(chat, text)

    def _drop(self, chat: str, name: str, data: bytes) -> Iterator[Wait]:
        """Drop a file on the thread; its original goes as soon as it is in the tray.

        A sound falls on the left of two lanes, where it becomes a voice memo.
        """
        original = Path(self._run.folder) / name
        original.write_bytes(data)
        viewport = self._window.area.messages.viewport()
        drag, place = Drag(viewport, files_data([original])), QPoint(100, 100)
        yield "the thread to take a file", lambda: drag.enter(place)
        drag.drop(place)
        yield "the file in the tray", lambda: len(self._composer.draft().files) > self._memos()
        self._tell_state("typed", chat)
        original.unlink()

    def _record(self, chat: str) -> Iterator[Wait]:
        """Record a voice memo and send it; where something is to be asked first, it comes into the tray."""
        memos, microphones = self._window.area.build().memos, Microphones()
        memos.make_microphone = microphones
        duration_ms = RECORDING_MS + RECORDING_STEP_MS * self._run.number
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self._composer.edit, Qt.Key.Key_R, keys)
        yield "the recording to begin", lambda: memos.recorder.state is RecorderState.RECORDING
        microphones.newest.say(duration_ms // 2)
        yield "more to say", self._later(self._chance.random() * MAX_PAUSE_S)
        microphones.newest.say(duration_ms - duration_ms // 2)
        say("pressed", chat)
        QTest.mouseClick(memos.bar.send, Qt.MouseButton.LeftButton)
        yield (
            "the recording in the thread or the tray",
            lambda: bool(self._sent_memo(duration_ms) or self._memos()),
        )
        yield from self._press_enter("the recording", lambda: bool(self._sent_memo(duration_ms)))
        say("recorded", chat, str(self._sent_memo(duration_ms)))
        yield "the field to be empty again", lambda: self._composer.draft().is_empty

    def _sent_memo(self, duration_ms: int) -> int:
        """Return the size of a recording of a length that is in the thread and on its way, 0 for none."""
        model = self._window.area.messages.messages
        rows = range(max(0, model.rowCount() - _NEWEST_ROWS), model.rowCount())
        contents = [model.row_at(row).content for row in rows]
        memos = [each.content.voice_memo for each in contents if isinstance(each, OutgoingMessage)]
        sizes = [
            each.file.size_bytes
            for each in memos
            if each is not None and abs((each.duration_ms or 0) - duration_ms) < RECORDING_STEP_MS // 2
        ]
        return sizes[0] if sizes else 0

    def _memos(self) -> int:
        return sum(file.name == MEMO_NAME for file in self._composer.draft().files)

    def _send(self, chat: str, text: str) -> Iterator[Wait]:
        """Send what is in the field."""
        say("entered", chat, text)
        yield from self._press_enter(text, lambda: self._shows(text))
        say("kept", chat, text)
        yield "the field to be empty again", lambda: self._composer.draft().is_empty or bool(self._memos())
        self._tell_state("typed", chat)

    def _press_enter(self, what: str, is_there: Callable[[], bool]) -> Iterator[Wait]:
        """Press Enter, again where the agent is asked, until the bubble is there."""
        gate = self._composer.sending.gate
        while not is_there():
            QTest.keyClick(self._composer.edit, Qt.Key.Key_Return)
            yield f"{what} in the thread", lambda: gate.isVisible() or is_there()

    def _shows(self, text: str) -> bool:
        model = self._window.area.messages.messages
        rows = range(max(0, model.rowCount() - _NEWEST_ROWS), model.rowCount())
        whole = re.compile(rf"(?<![\d.]){re.escape(text)}(?!\d)")
        return any(whole.search(_said_in(model, row)) for row in rows)

    def _see_off(self) -> Iterator[Wait]:
        """Wait until all is sent; what failed is tried again from the list of what is unsent."""
        least = None
        while left := self._window.cache.unsent():
            if least is None or len(left) < least:
                least = len(left)
                say("left", str(least))
            if any(each.state is OutgoingState.FAILED for each in left):
                yield from self._retry_all()
            yield f"{len(left)} messages to be sent", self._later(0.5)
        say("idle")

    def _retry_all(self) -> Iterator[Wait]:
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self._window, Qt.Key.Key_U, keys)
        yield (
            "the list of what is unsent",
            lambda: self._window.findChild(QPushButton, "retry_all") is not None,
        )
        button = self._window.findChild(QPushButton, "retry_all")
        assert isinstance(button, QPushButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _tell_state(self, word: str, chat: str) -> None:
        draft = self._composer.draft()
        # A recording may come back later than the rest, and is told of by itself.
        names = [file.name for file in draft.files if file.name != MEMO_NAME]
        say(word, chat, repr(self._lived_s), json.dumps([draft.text, names]))
        if self._memos():
            say("memos", chat, str(self._memos()))

    @staticmethod
    def _later(seconds: float) -> Callable[[], bool]:
        ends_at = time.monotonic() + seconds
        return lambda: time.monotonic() >= ends_at


def _said_in(model: MessageListModel, row: int) -> str:
    """Return what a row says aloud, and the names of its files, which it does not say of a voice memo."""
    names = [each.filename for each in parts_of(model.row_at(row).content) if isinstance(each, MediaPart)]
    return " ".join([str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)), *names])


def live(run: Run) -> None:
    plant(run.bug)
    os.environ |= {
        "LINQDESK_BASE_URL": run.base_url,
        "LINQDESK_TOKEN": run.token,
        "LINQDESK_DATA_DIR": run.folder,
        "LINQDESK_LOG": "warning",
        "LINQDESK_REDUCED_MOTION": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }

    def make_application(arguments: list[str]) -> DeskApplication:
        application = DeskApplication(arguments)
        Hands(run, application)
        return application

    sys.exit(app.run(WindowOptions(theme="light"), make_application=make_application))


if __name__ == "__main__":
    serve(live, (*LATE_MODULES, *WINDOW_MODULES))
