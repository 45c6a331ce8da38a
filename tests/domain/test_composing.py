from dataclasses import replace

from linqdesk.domain.composing import content_of, messages_of
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingVoiceMemo
from linqdesk.domain.rules import check_content
from linqdesk.domain.service import Service
from tests.domain.files import a_file

BOLD = Decoration(0, 3, style="bold")
FULL = Draft(
    "See you", 7, (BOLD,), Effect("screen", "confetti"), ReplyTo(MessageId("m"), 1), Service.IMESSAGE
)
URL = "https://example.com"


def test_a_draft_says_its_text_without_the_blanks_at_its_ends() -> None:
    draft = Draft("  hi \n", 0, (Decoration(2, 4, style="bold"),))
    assert content_of(draft) == Content((OutgoingText("hi", (Decoration(0, 2, style="bold"),)),))
    assert content_of(Draft(" \n ")).parts == ()


def test_a_card_is_a_message_of_its_own_where_the_agent_wants_it() -> None:
    draft = Draft(f"Look: {URL}", 0, as_card=True)
    assert messages_of(draft) == (Content((OutgoingText("Look:"),)), Content((OutgoingLink(URL),)))


CAT, DOG = a_file("cat.jpg"), a_file("dog.jpg")
MEMO = a_file("hello.m4a", "audio/x-m4a")


def test_text_files_and_text_again_are_parts_of_one_message_in_their_order() -> None:
    tray = (DraftFile(CAT), DraftText(" and the other "), DraftFile(DOG))
    draft = Draft("Look ", 0, tray=tray, text_at=0)
    (message,) = messages_of(draft)
    assert message.parts == (OutgoingText("Look"), CAT, OutgoingText("and the other"), DOG)
    assert check_content(message) == ()
    assert message.files == (CAT, DOG)
    after_all = messages_of(replace(draft, text_at=None))[0]
    assert after_all.parts[-1] == OutgoingText("Look")


def test_texts_that_come_to_stand_side_by_side_become_one() -> None:
    loud = Decoration(0, 3, style="bold")
    draft = Draft("two", 0, (loud,), tray=(DraftText("one 👍", (loud,)), DraftFile(CAT)), text_at=1)
    (message,) = messages_of(draft)
    assert message.parts == (OutgoingText("one 👍\ntwo", (loud, Decoration(7, 10, style="bold"))), CAT)
    assert check_content(message) == ()


def test_a_voice_memo_is_a_message_of_its_own_and_takes_no_effect_along() -> None:
    tray = (DraftFile(MEMO, is_voice_memo=True, duration_ms=900), DraftFile(CAT))
    draft = Draft("after", 0, effect=Effect("bubble", "slam"), reply_to=ReplyTo(MessageId("m")), tray=tray)
    memo, rest = messages_of(draft)
    assert memo == Content((OutgoingVoiceMemo(MEMO, 900),))
    assert memo.voice_memo == OutgoingVoiceMemo(MEMO, 900)
    assert rest.parts == (CAT, OutgoingText("after"))
    assert (rest.effect, rest.reply_to) == (draft.effect, draft.reply_to)
    assert check_content(memo) == check_content(rest) == ()
    assert [each.rule for each in check_content(content_of(draft))] == ["voice_memo_alone"]


def test_a_draft_of_files_alone_is_not_empty() -> None:
    assert not Draft("", tray=(DraftFile(CAT),)).is_empty
    assert Draft("", tray=(DraftFile(CAT),)).files == (CAT,)


def test_what_linq_does_not_take_is_told_with_the_part_that_it_is() -> None:
    huge = a_file("film.mp4", "video/mp4", 200 * 1024 * 1024)
    found = check_content(Content((OutgoingText("Look"), huge)))
    assert [(each.rule, each.part_index) for each in found] == [("file_size", 1)]
    song = OutgoingVoiceMemo(a_file("song.flac", "audio/flac", 11 * 1024 * 1024))
    found = check_content(Content((song,)))
    assert [each.rule for each in found] == ["voice_memo_type", "voice_memo_size"]
