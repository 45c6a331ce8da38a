"""The real window on a session in a time of its own, and somebody who works at it."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.message import MediaPart, Message
from linqdesk.domain.outgoing import Content
from linqdesk.domain.outgoing_files import PastedFile
from linqdesk.domain.wishes import ReactionWish
from linqdesk.local.journal import JournalFile
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.keeping import Keeping
from linqdesk.services.pace import Pace
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.windows.main_window import MainWindow
from tests.faults.desk import ACCOUNT, InlineJournal
from tests.faults.inside import DeskClock, Wire

EVERY_ANSWER = "fetch it from noon on"
"""What the agent says in each answer."""


class Seat:
    """One run of the program, from signing in to signing out."""

    def __init__(
        self, folder: Path, wire: Wire, clock: DeskClock, failed: Callable[[Exception], None]
    ) -> None:
        self.cache = Cache(failed)
        self.files = MediaCache(folder / "media")
        self.outgoing = OutgoingFiles(folder / "files")
        self.journal = InlineJournal(JournalFile(folder / "journal.sqlite3"))
        self.session = Session(
            self.cache,
            files=self.files,
            clock=clock,
            keeping=Keeping(self.journal, self.outgoing),
            on_failure=failed,
        )
        self.window = MainWindow(self.cache, self.session, LIGHT)
        self.window.area.set_effects(Autoplay.NEVER, lambda: True)
        self.window.show()
        self._wire = wire

    async def sign_in(self) -> None:
        await self.session.sending.restore()
        await self.session.open(self._wire.client())

    async def sign_out(self) -> None:
        """End as the program does when one signs out: nothing of the account stays."""
        await self.session.close()
        self.files.wipe()
        self.journal.file.forget_account(ACCOUNT)
        self.journal.file.close()
        self.window.hide()
        self.window.deleteLater()
        _delete_what_is_done_with()


class Agent:
    """Somebody who goes from chat to chat, answers, reacts, sends files and looks into everything."""

    def __init__(self, application: QApplication, chance: Random) -> None:
        self._application = application
        self._chance = chance
        self._turns = 0
        self.sent = 0
        self.pace = Pace.FOCUSED
        self.hear: Callable[[RowKey], None] = _nothing

    def sit_down(self, seat: Seat) -> None:
        self.seat = seat
        seat.cache.subscribe(self._on_changed)

    def stand_up(self) -> None:
        del self.seat

    def look(self) -> None:
        """Let the window draw what has changed, and let go of what it is done with."""
        self._application.processEvents()
        _delete_what_is_done_with()

    @property
    def open_chat(self) -> ChatId | None:
        return self.seat.window.open_chat_id

    def act(self) -> None:
        """Do the next thing, and look at the window as closely as before."""
        self._do_next()
        self.look()
        # Without a window system nothing gives the window back what a dialog took: that it is looked at.
        self.seat.session.set_pace(self.pace)

    def _do_next(self) -> None:
        """Open a chat, answer, and now and then something else."""
        chats = self.seat.cache.chat_ids()
        if not chats:
            return
        self._turns += 1
        match self._turns % 4:
            case 0:
                among = chats[:20] if self._chance.random() < 0.7 else chats
                self.seat.window.open_chat(self._chance.choice(among))
            case 1:
                self._answer(f"Answer {self._turns}: {EVERY_ANSWER}.")
            case 2 if self._turns % 20 == 2:
                self._look_into_something()
            case 3 if self._turns % 20 == 3:
                self._react()
            case 3 if self._turns % 60 == 7:
                self._send_file()
            case 3:
                self.seat.window.area.messages.jump_to_newest()
            case _:
                self.seat.window.area.messages.verticalScrollBar().setValue(0)

    def _answer(self, text: str) -> None:
        if self.open_chat is None:
            return
        composer = self.seat.window.area.composer
        composer.edit.selectAll()
        composer.edit.insertPlainText(text)
        composer.submit()
        self.sent += 1

    def _react(self) -> None:
        message = next(iter(self._messages()), None)
        if message is not None:
            wish = ReactionWish(0, self._chance.choice(("love", "like", "laugh")))
            self.seat.session.acts.change(message.chat_id, message.id, wish, _nothing)

    def _send_file(self) -> None:
        file = self.seat.outgoing.take(PastedFile("offer.txt", b"two wheels, one bell\n" * 100)).file
        if self.open_chat is not None:
            self.seat.session.sending.send(self.open_chat, Content((file,)), _nothing)
            self.sent += 1

    def _look_into_something(self) -> None:
        """Open what lies over or beside the chat, and close it again."""
        window, page = self.seat.window, self.seat.window.area.build()
        doors = (
            page.header.details_wanted.emit,
            window.chats.new_chat_wanted.emit,
            page.header.find_wanted.emit,
            page.emoji.toggle_picker,
            window.unsent.open,
            self._look_at_a_picture,
        )
        for door in doors:
            door()
            self.look()
        for top in self._application.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
        page.close_topmost()
        page.header.details_wanted.emit()

    def _look_at_a_picture(self) -> None:
        for message in self._messages():
            if any(isinstance(part, MediaPart) for part in message.parts):
                self.seat.window.area.build().media.open_picture(message, 0)
                return

    def _messages(self) -> list[Message]:
        """Return what is loaded of the open chat, newest first."""
        if self.open_chat is None:
            return []
        rows = reversed(self.seat.cache.rows(self.open_chat))
        return [row.content for row in rows if isinstance(row.content, Message)]

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, MessagesChanged):
            for key in change.inserted:
                self.hear(key)


def _nothing(told: object) -> None:
    del told


def _delete_what_is_done_with() -> None:
    """Do what Qt's own loop does at its end of each turn; it does not run here."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
