from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from linqdesk.domain.chat import MemberStatus
from linqdesk.domain.ids import Handle
from linqdesk.domain.system_event import SystemEvent, SystemEventKind
from linqdesk.store.cache import Cache
from linqdesk.ui.models.event_words import event_words
from linqdesk.ui.models.message_list_model import unread_words
from linqdesk.ui.thread.pieces import EventPiece
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, BEGAN, a_chat, a_message

TOM = Handle("+14155550177")


@pytest.fixture
def group(cache: Cache) -> Cache:
    chat = a_chat()
    us, other = chat.handles
    left = replace(other, handle=TOM, left_at=a_message("x", 5).sent_at, status=MemberStatus.LEFT)
    cache.merge_chats([replace(chat, is_group=True, handles=(us, other, left), updated_at=BEGAN)])
    messages = [a_message("a", 4), a_message("b", 6), a_message("c", 7)]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    return cache


def test_an_event_is_a_centred_line_that_parts_the_groups(group: Cache, view: ThreadView) -> None:
    view.show_chat(ANA)
    layout = view.arrangement.layout_of(1)
    (piece,) = layout.pieces
    assert isinstance(piece, EventPiece)
    assert piece.box.center().x() == pytest.approx(view.viewport().width() / 2)
    assert layout.name is None
    assert layout.avatar is None
    contexts = [view.messages.context_at(row) for row in range(4)]
    assert [context.is_group_last for context in contexts] == [True, True, False, True]
    assert group.rows(ANA)[1].key.startswith("event:left")


def test_an_event_is_spoken_and_copied_but_not_counted(group: Cache, view: ThreadView) -> None:
    view.show_chat(ANA)
    said = str(view.messages.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("\u2068+1 415 555 0177\u2069 left, ")
    assert unread_words(view.messages, group.rows(ANA)[0].key) == "3 new messages"
    view.text_selection.select_all()
    assert view.text_selection.text().split("\n")[1].endswith(": \u2068+1 415 555 0177\u2069 left")
    view.viewport().repaint()


KIND = SystemEventKind


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (SystemEvent(ANA, KIND.JOINED, BEGAN, TOM), "\u2068+1 415 555 0177\u2069 joined"),
        (SystemEvent(ANA, KIND.LEFT, BEGAN, TOM, is_me=True), "You left"),
        (SystemEvent(ANA, KIND.REMOVED, BEGAN, TOM, is_me=True), "You were removed"),
        (SystemEvent(ANA, KIND.REMOVED, BEGAN, TOM), "\u2068+1 415 555 0177\u2069 was removed"),
        (SystemEvent(ANA, KIND.RENAMED, BEGAN, name="Bikes"), "The group is now called “\u2068Bikes\u2069”"),
        (SystemEvent(ANA, KIND.RENAMED, BEGAN), "The group has no name any more"),
        (SystemEvent(ANA, KIND.ICON_CHANGED, BEGAN), "The group has a new icon"),
    ],
)
def test_every_kind_of_event_has_its_words(cache: Cache, event: SystemEvent, words: str) -> None:
    assert event_words(event, cache) == words
