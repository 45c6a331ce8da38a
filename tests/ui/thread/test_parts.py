"""What the pointer and the keyboard do with the parts of a message."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Effect, LinkPart, Message, ReplyTo, TextPart
from linqdesk.store.cache import Cache
from linqdesk.ui.thread.targets import EffectTarget, LinkTarget, Place
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA
from tests.ui.thread.rows import a_file, a_message_of, a_photo, a_reaction

REPLY_TO = ReplyTo(MessageId("first"), 2)
EVERYTHING = replace(
    a_message_of(
        TextPart("See example.com", (), (a_reaction(is_me=True),)),
        a_photo(),
        a_file("clip.mov", "video/quicktime"),
        a_file("memo.m4a", "audio/x-m4a"),
        a_file("bill.pdf", "application/pdf"),
        LinkPart("https://example.org/x"),
    ),
    effect=Effect("screen", "confetti"),
    reply_to=REPLY_TO,
)


class Heard:
    """Everything that the view's acts said."""

    def __init__(self, view: ThreadView) -> None:
        self.said: list[tuple[object, ...]] = []
        acts = view.acts
        for name, signal in (
            ("link", acts.link_activated),
            ("picture", acts.picture_activated),
            ("video", acts.video_activated),
            ("audio", acts.audio_activated),
            ("save", acts.file_save_wanted),
            ("quote", acts.quote_activated),
            ("reaction", acts.reaction_activated),
            ("replay", acts.effect_replay_wanted),
        ):
            signal.connect(lambda *values, name=name: self.said.append((name, *values)))


@pytest.fixture
def heard(view: ThreadView) -> Heard:
    return Heard(view)


def _show(cache: Cache, view: ThreadView, *messages: Message) -> None:
    view.resize(700, 1_400)
    cache.merge_messages(ANA, messages, cache.next_sequence())
    view.show_chat(ANA)
    view.viewport().repaint()
    # Qt tells of no move to where the pointer is already.
    QTest.mouseMove(view.viewport(), QPoint(1, 1))


def _centre(view: ThreadView, place: Place) -> QPoint:
    top = view.arrangement.place_of(0)
    assert top is not None
    centre = place.boxes[0].center()
    return QPoint(round(centre.x()), round(top + centre.y()))


ALL_SAID = [
    ("quote", REPLY_TO),
    ("link", "http://example.com"),
    ("picture", EVERYTHING, 1),
    ("video", EVERYTHING, 2),
    ("audio", EVERYTHING, 3),
    ("save", EVERYTHING, 4),
    ("link", "https://example.org/x"),
    ("reaction", EVERYTHING, 0, "love"),
    ("replay", RowKey("m")),
]


def test_a_click_activates_what_it_hits(cache: Cache, view: ThreadView, heard: Heard) -> None:
    _show(cache, view, EVERYTHING)
    for place in view.arrangement.layout_of(0).places:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, place))
    assert heard.said == ALL_SAID


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Tab])
def test_keys_go_through_the_parts_of_a_message_and_activate_them(
    cache: Cache, view: ThreadView, heard: Heard, key: Qt.Key
) -> None:
    _show(cache, view, EVERYTHING)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    for _ in ALL_SAID:
        QTest.keyClick(view, key)
        QTest.keyClick(view, Qt.Key.Key_Return)
        view.viewport().repaint()
    assert heard.said == ALL_SAID


def test_keys_go_back_to_the_message_as_a_whole(cache: Cache, view: ThreadView, heard: Heard) -> None:
    _show(cache, view, EVERYTHING)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard.said == [("quote", REPLY_TO)]


def test_enter_opens_the_only_part_at_once(cache: Cache, view: ThreadView, heard: Heard) -> None:
    _show(cache, view, a_message_of(a_file("bill.pdf", "application/pdf")))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [said[0] for said in heard.said] == ["save"]


def test_another_message_is_entered_as_a_whole(cache: Cache, view: ThreadView) -> None:
    later = replace(a_message_of(TextPart("See example.org")), id=MessageId("n"))
    _show(cache, view, EVERYTHING, later)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Right)
    hint = view.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    assert hint.text() == "example.org – http://example.org"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert not hint.isVisible()


def test_selecting_over_a_link_does_not_open_it(cache: Cache, view: ThreadView, heard: Heard) -> None:
    _show(cache, view, a_message_of(TextPart("See example.com now")))
    place = view.arrangement.layout_of(0).place_of(LinkTarget("http://example.com", 0))
    assert place is not None
    spot = _centre(view, place)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseMove(view.viewport(), spot + QPoint(30, 0))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(30, 0))
    assert view.text_selection.text() != ""
    assert heard.said == []


def test_the_pointer_says_where_a_link_leads_and_who_reacted(cache: Cache, view: ThreadView) -> None:
    _show(cache, view, EVERYTHING)
    hint = view.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    words = []
    for place in view.arrangement.layout_of(0).places:
        QTest.mouseMove(view.viewport(), _centre(view, place))
        words.append(hint.text())
        shape = view.viewport().cursor().shape()
        assert shape is Qt.CursorShape.PointingHandCursor
    assert words == [
        "Go to the original message",
        "example.com – http://example.com",
        "cat.jpg – Photo · 2 KB",
        "clip.mov – Video · 2 KB",
        "memo.m4a – Audio · 2 KB",
        "bill.pdf – PDF · 2 KB",
        "example.org – https://example.org/x",
        "love from you",
        "Replay confetti",
    ]
    QTest.mouseMove(view.viewport(), QPoint(690, 20))
    assert not hint.isVisible()


def test_an_effect_that_is_not_known_is_named(cache: Cache, view: ThreadView) -> None:
    _show(cache, view, replace(a_message_of(TextPart("Wow")), effect=Effect("screen", "meteor_shower")))
    place = view.arrangement.layout_of(0).place_of(EffectTarget())
    assert place is not None
    QTest.mouseMove(view.viewport(), _centre(view, place))
    hint = view.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    assert hint.text() == "Sent with meteor shower"


def test_the_pointer_says_who_stuck_a_sticker_and_what_has_no_room(cache: Cache, view: ThreadView) -> None:
    kinds = ("sticker", "love", "like", "laugh", "question", "emphasize")
    reactions = tuple(a_reaction(kind) for kind in kinds)
    _show(cache, view, a_message_of(TextPart("A popular message", (), reactions)))
    hint = view.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    words = []
    for place in view.arrangement.layout_of(0).places:
        QTest.mouseMove(view.viewport(), _centre(view, place))
        words.append(hint.text())
    assert words[0] == "sticker from +1 415 555 0177"
    assert words[1] == "love from +1 415 555 0177"
    # The badge of those without room names all kinds.
    assert words[-1].startswith("love from ")
    assert words[-1].endswith("emphasize from +1 415 555 0177")


@pytest.mark.parametrize("leaves", [False, True])
def test_the_hint_goes_with_what_it_was_about(cache: Cache, view: ThreadView, *, leaves: bool) -> None:
    texts = [
        replace(a_message_of(TextPart("See example.com")), id=MessageId(f"{at:02d}")) for at in range(60)
    ]
    cache.merge_messages(ANA, texts, cache.next_sequence())
    hint = view.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    view.show_chat(ANA)
    QTest.mouseMove(view.viewport(), QPoint(1, 1))
    row, top = list(view.arrangement.visible())[2]
    centre = view.arrangement.layout_of(row).places[0].boxes[0].center()
    QTest.mouseMove(view.viewport(), QPoint(round(centre.x()), round(top + centre.y())))
    assert hint.isVisible()
    if leaves:
        view.show_chat(None)
    else:
        view.verticalScrollBar().setValue(300)
    assert not hint.isVisible()
