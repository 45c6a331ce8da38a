"""The order in a tray; None among the entries is the text in the editor."""

from linqdesk.domain.composing import messages_of
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingVoiceMemo
from linqdesk.domain.tray import (
    entries_of,
    items_of,
    less,
    moved,
    with_entries,
    with_file,
    with_file_replaced,
    with_restored,
    without,
)
from tests.domain.files import a_file

CAT, DOG, OWL = (DraftFile(a_file(f"{name}.jpg")) for name in ("cat", "dog", "owl"))
SLIP = DraftText("between")


def test_the_text_in_the_editor_comes_last_until_somebody_puts_it_elsewhere() -> None:
    draft = with_file(with_file(Draft("hi"), CAT), DOG)
    assert entries_of(draft) == (CAT, DOG, None)
    before = moved(draft, 2, 0)
    assert entries_of(before) == (None, CAT, DOG)
    assert entries_of(with_file(before, OWL)) == (None, CAT, DOG, OWL)


def test_what_was_removed_comes_back_where_it_stood_or_at_the_end() -> None:
    draft = with_entries(Draft("hi"), (CAT, None, DOG))
    assert with_restored(without(draft, 0), [(0, CAT)]) == draft
    assert with_restored(without(draft, 2), [(2, DOG)]) == draft
    assert entries_of(with_restored(Draft("hi"), [(0, CAT), (7, SLIP)])) == (CAT, None, SLIP)


def test_what_was_put_in_order_is_sent_in_that_order() -> None:
    draft = with_entries(Draft("hi"), (CAT, None, DOG, SLIP))
    (message,) = messages_of(draft)
    assert message.parts == (CAT.file, OutgoingText("hi"), DOG.file, OutgoingText("between"))


def test_a_file_that_is_taken_late_stands_where_it_was_given() -> None:
    draft = with_file(with_file(Draft(""), DOG), CAT, {DOG.file.key})
    assert entries_of(draft) == (CAT, DOG, None)
    between = with_file(with_entries(Draft(""), (None, DOG)), CAT, {DOG.file.key})
    assert entries_of(between) == (None, CAT, DOG)
    after = with_file(with_entries(Draft(""), (DOG, None, OWL)), CAT, {DOG.file.key})
    assert entries_of(after) == (CAT, DOG, None, OWL)


def test_moving_ends_at_the_ends_and_ignores_what_is_not_there() -> None:
    draft = with_entries(Draft(""), (CAT, DOG, None))
    assert entries_of(moved(draft, 0, 9)) == (DOG, None, CAT)
    assert entries_of(moved(draft, 1, -5)) == (DOG, CAT, None)
    assert moved(draft, 7, 0) == draft


def test_removing_leaves_the_editor_alone() -> None:
    draft = with_entries(Draft("hi"), (CAT, None, DOG))
    assert entries_of(without(draft, 0)) == (None, DOG)
    assert without(draft, 1) == draft
    assert without(draft, 9) == draft


def test_a_changed_file_takes_the_place_of_the_one_before() -> None:
    draft = with_entries(Draft(""), (CAT, DOG, None))
    assert entries_of(with_file_replaced(draft, CAT.file.key, OWL)) == (OWL, DOG, None)


def test_what_was_sent_goes_and_what_came_since_stays() -> None:
    sent = with_entries(Draft("hi"), (CAT, None))
    assert entries_of(less(with_file(sent, DOG), sent)) == (DOG, None)


def test_a_message_that_is_taken_back_is_what_it_was() -> None:
    memo = OutgoingVoiceMemo(a_file("memo.m4a"), 900)
    content = Content(
        (OutgoingText("hi"), CAT.file, memo, OutgoingLink("https://a.b"), OutgoingMedia(url="https://c.d"))
    )
    assert items_of(content) == (
        DraftText("hi"),
        CAT,
        DraftFile(memo.file, is_voice_memo=True, duration_ms=900),
        DraftText("https://a.b"),
    )
