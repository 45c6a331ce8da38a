"""A thread on screen with everything that can be done with its messages."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Message, ReplyTo, TextPart
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.acts.aim import Aim, box_of
from linqdesk.ui.acts.message_desk import MessageDesk
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message
from tests.ui.conftest import Wishes
from tests.ui.thread.rows import a_photo, a_reaction

QUESTION = replace(
    a_message("question", 1, text="Is it still there?"),
    parts=(TextPart("Is it still there?", (), (a_reaction("laugh"),)), a_photo()),
    service=Service.IMESSAGE,
)
ANSWER = replace(
    a_message("answer", 2, is_mine=True, text="Yes"),
    reply_to=ReplyTo(MessageId("question"), 0),
    service=Service.IMESSAGE,
)
TEXTED = replace(a_message("texted", 3, text="By SMS"), service=Service.SMS)


@dataclass
class Desk:
    """The thread, its desk, and what both said."""

    view: ThreadView
    desk: MessageDesk
    cache: Cache
    wishes: Wishes
    replied: list[tuple[str, int]] = field(default_factory=list)
    edited: list[tuple[str, int]] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)

    def tell(self, *messages: Message) -> None:
        self.cache.merge_messages(ANA, messages, self.cache.next_sequence())

    def aim(self, name: str, part_index: int = 0) -> Aim:
        position = self.position(name)
        row = self.view.messages.row_at(position)
        assert isinstance(row.content, Message)
        return Aim(row, row.content, part_index)

    def position(self, name: str) -> int:
        messages = self.view.messages
        rows = [messages.row_at(position) for position in range(messages.rowCount())]
        return next(at for at, row in enumerate(rows) if row.key == name)

    def focus(self, name: str) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.messages.index(self.position(name)))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def spot(self, name: str, part_index: int = 0) -> QPoint:
        box = box_of(self.view, self.aim(name, part_index))
        assert box is not None
        return box.center()

    def kinds(self, name: str, part_index: int = 0) -> list[tuple[str, bool]]:
        reactions = self.aim(name).message.parts[part_index].reactions
        return [(each.custom_emoji or each.kind, each.is_pending) for each in reactions]

    def notice(self) -> str:
        return self.desk.toast.text() if self.desk.toast.isVisible() else ""


@pytest.fixture
def at_desk(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Desk:
    view = ThreadView(cache, LIGHT)
    qtbot.addWidget(view)
    view.resize(700, 900)
    desk = MessageDesk(view, cache, wishes, LIGHT, Toast(view))
    made = Desk(view, desk, cache, wishes)
    desk.reply_wished.connect(lambda message, index: made.replied.append((message.id, index)))
    desk.edit_wished.connect(lambda row, index: made.edited.append((row.key, index)))
    desk.thread_wished.connect(lambda message: made.threads.append(message.id))
    desk.forward_wished.connect(lambda message: made.forwarded.append(message.id))
    made.tell(QUESTION, ANSWER, TEXTED)
    view.show_chat(ANA)
    with qtbot.waitExposed(view):
        view.show()
    return made


def just_sent(name: str, text: str) -> Message:
    """One of our messages of a minute ago."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    sent = a_message(name, 5, is_mine=True, text=text)
    return replace(sent, created_at=at, updated_at=at, sent_at=at, service=Service.IMESSAGE)
