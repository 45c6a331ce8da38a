from dataclasses import replace
from datetime import UTC, datetime

from linqdesk.domain.beginning import Beginning, provisional_chat
from linqdesk.domain.chat import Chat
from linqdesk.domain.composing import messages_of
from linqdesk.domain.ids import AttachmentId, ChatId, Handle
from linqdesk.domain.message import Effect
from linqdesk.domain.opening import Opening, opening
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.service import Service

LINE, ANA, TOM = Handle("+14155550110"), Handle("+14155550134"), Handle("tom@example.com")


def _chat(*to: Handle, name: str | None = None) -> Chat:
    made = provisional_chat(Beginning(LINE, to), ChatId("one"), datetime(2026, 3, 1, tzinfo=UTC))
    return replace(made, is_provisional=False, display_name=name)


def _opening(text: str, *to: Handle, chats: tuple[Chat, ...] = (), holds: bool = False) -> Opening:
    return opening(Beginning(LINE, to), messages_of(Draft(text)), chats, holds_links=holds)


def _texts(found: Opening) -> list[str]:
    return [each.text for each in found.contents]


def test_a_greeting_to_somebody_can_be_sent_without_the_blanks_around_it() -> None:
    found = _opening("  Hello ", ANA)
    assert found.can_send
    assert _texts(found) == ["Hello"]


def test_without_people_or_words_nothing_can_be_sent() -> None:
    assert not _opening("Hello").can_send
    assert not _opening("  ", ANA).can_send
    assert not _opening("Hello", Handle("nobody")).can_send
    assert not _opening("Hello", *(Handle(f"+141555501{n}") for n in range(10, 42))).can_send


def test_a_link_holds_a_first_message_back_until_it_is_held_for_the_second() -> None:
    text = "Hi. See example.com"
    asked = _opening(text, ANA)
    assert asked.has_early_link
    assert not asked.can_send
    held = _opening(text, ANA, holds=True)
    assert held.can_send
    assert _texts(held) == ["Hi.", "See example.com"]


def test_a_link_alone_cannot_be_held() -> None:
    found = _opening("example.com", ANA, holds=True)
    assert found.has_early_link
    assert found.halves is None


def test_to_a_chat_that_is_there_a_link_goes_at_once() -> None:
    chat = _chat(ANA)
    found = _opening("example.com", ANA, chats=(chat,))
    assert found.existing is chat
    assert found.is_reply
    assert found.can_send


def test_a_named_group_of_the_same_people_is_told_of_and_not_written_to() -> None:
    found = _opening("example.com", ANA, TOM, chats=(_chat(ANA, TOM, name="Weekend"),))
    assert found.existing is not None
    assert not found.is_reply
    assert found.has_early_link


def _of(*parts: OutgoingPart, holds: bool = True) -> Opening:
    message = Content(parts, Effect("screen", "confetti"), preferred_service=Service.IMESSAGE)
    return opening(Beginning(LINE, (ANA,)), (message,), (), holds_links=holds)


def test_the_effect_goes_with_the_second_message_and_the_service_with_both() -> None:
    found = _of(OutgoingText("Hi. See example.com"))
    first, second = found.contents
    assert found.can_send
    assert first.effect is None
    assert second.effect == Effect("screen", "confetti")
    assert first.preferred_service is second.preferred_service is Service.IMESSAGE


def test_an_effect_holds_a_first_message_back_and_no_later_one() -> None:
    asked = _of(OutgoingText("Hello"))
    assert asked.has_early_effect
    assert not asked.can_send
    message = Content((OutgoingText("Hello"),), Effect("screen", "confetti"))
    assert opening(Beginning(LINE, (ANA,)), (message,), (_chat(ANA),), holds_links=False).can_send


def test_what_is_attached_greets_where_no_words_stand_before_the_link() -> None:
    photo, link = OutgoingMedia(AttachmentId("photo")), OutgoingText("example.com")
    found = _of(photo, link)
    assert [each.parts for each in found.contents] == [(photo,), (link,)]
    assert found.can_send


def test_what_stands_behind_the_link_goes_second_too() -> None:
    photo = OutgoingMedia(AttachmentId("photo"))
    found = _of(OutgoingText("Hi. See example.com"), photo)
    assert [each.parts for each in found.contents] == [
        (OutgoingText("Hi."),),
        (OutgoingText("See example.com"), photo),
    ]


def test_a_card_alone_cannot_open_a_chat_and_one_after_a_text_can() -> None:
    card = OutgoingLink("https://example.com/a")
    alone = _of(card)
    assert alone.has_early_link
    assert alone.halves is None
    both = (Content((OutgoingText("Hello"),)), Content((card,)))
    assert opening(Beginning(LINE, (ANA,)), both, (), holds_links=False).can_send


def test_a_chat_of_the_same_people_over_another_line_is_told_of() -> None:
    other = provisional_chat(
        Beginning(Handle("+14155550120"), (ANA,)), ChatId("two"), datetime(2026, 3, 1, tzinfo=UTC)
    )
    found = _opening("Hello", ANA, chats=(other,))
    assert found.existing is None
    assert found.elsewhere is other
    assert found.can_send
    assert _opening("Hello", ANA, chats=(other, _chat(ANA))).elsewhere is None
    assert _opening("Hello", TOM, chats=(other,)).elsewhere is None
