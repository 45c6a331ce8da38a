import pytest

from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.rules import Violation, check_content, check_idempotency_key
from linqdesk.domain.service import Service

UPLOADED = OutgoingMedia(attachment_id=AttachmentId("a1"))
BY_URL = OutgoingMedia(url="https://x.test/cat.jpg")
TEXT = OutgoingText("hi")
LINK = OutgoingLink("https://x.test")


def broken(*parts: OutgoingPart, is_first: bool = False) -> list[tuple[str, int | None]]:
    found = check_content(Content(parts), is_first_message=is_first)
    return [(each.rule, each.part_index) for each in found]


def rules(content: Content) -> list[str]:
    return [each.rule for each in check_content(content)]


def test_what_the_documents_show_is_allowed() -> None:
    assert broken(TEXT, UPLOADED, TEXT, BY_URL) == []
    assert broken(LINK) == []
    assert broken(OutgoingText("Hello! How can I help you today?"), is_first=True) == []


def test_a_message_has_1_to_100_parts() -> None:
    assert broken(UPLOADED) == []
    assert broken(*[UPLOADED] * 100) == []
    assert broken(*[UPLOADED] * 101) == [("part_count", None)]
    assert broken() == [("part_count", None)]
    (found,) = check_content(Content((UPLOADED,) * 101))
    assert found == Violation("part_count", "A message has 1 to 100 parts; this one has 101.")


def test_at_most_40_files_come_by_url_and_uploaded_ones_do_not_count() -> None:
    assert broken(*[BY_URL] * 40, *[UPLOADED] * 60) == []
    assert broken(*[BY_URL] * 41) == [("url_media_count", None)]


def test_a_link_stands_alone() -> None:
    assert broken(TEXT, LINK) == [("link_alone", 1)]
    assert broken(LINK, UPLOADED) == [("link_alone", 0)]
    assert broken(LINK, LINK) == [("link_alone", 0)]


def test_texts_do_not_stand_side_by_side() -> None:
    assert broken(TEXT, UPLOADED, TEXT) == []
    assert broken(TEXT, TEXT, UPLOADED, TEXT) == [("adjacent_texts", 1)]


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("", False),
        ("a", True),
        ("a" * 10_000, True),
        ("a" * 10_001, False),
        ("👍" * 5_000, True),
        ("👍" * 5_001, False),
    ],
)
def test_a_text_has_1_to_10000_utf16_units(text: str, is_allowed: bool) -> None:
    assert broken(UPLOADED, OutgoingText(text)) == ([] if is_allowed else [("text_length", 1)])


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("https://x.test/" + "a" * 2_033, None),
        ("https://x.test/" + "a" * 2_034, "link_length"),
        ("", "link_length"),
        ("http://x.test", None),
        ("ftp://x.test/f", None),
        ("x.test", "link_scheme"),
        ("file:///etc/passwd", "link_scheme"),
        ("javascript:alert(1)", "link_scheme"),
        ("https://", "link_scheme"),
        ("https://x.test/a b", "link_scheme"),
        ("https://x.test/\n", "link_scheme"),
        ("https://[::1", "link_scheme"),
    ],
)
def test_a_link_has_1_to_2048_characters_and_a_scheme(url: str, rule: str | None) -> None:
    assert broken(OutgoingLink(url)) == ([] if rule is None else [(rule, 0)])


def test_a_file_is_named_in_exactly_one_way() -> None:
    both = OutgoingMedia(attachment_id=AttachmentId("a1"), url="https://x.test/a.png")
    assert broken(TEXT, both) == [("media_source", 1)]
    assert broken(OutgoingMedia()) == [("media_source", 0)]


def test_a_file_comes_by_https_only() -> None:
    assert broken(TEXT, OutgoingMedia(url="http://x.test/a.png")) == [("media_url_https", 1)]


@pytest.mark.parametrize(
    "text", ["see https://x.test", "see EXAMPLE.com.", "ftp://x.test/f", "www.shop.co.uk/a"]
)
def test_a_first_message_holds_no_url(text: str) -> None:
    assert broken(UPLOADED, OutgoingText(text), is_first=True) == [("first_message_link", 1)]
    assert broken(UPLOADED, OutgoingText(text)) == []


def test_a_first_message_is_no_link() -> None:
    assert broken(LINK, is_first=True) == [("first_message_link", 0)]


def test_an_email_address_is_no_url() -> None:
    assert broken(OutgoingText("write to ana@shop.com"), is_first=True) == []


@pytest.mark.parametrize(
    ("kind", "name", "is_allowed"),
    [
        ("screen", "confetti", True),
        ("screen", "happy_birthday", True),
        ("bubble", "slam", True),
        ("bubble", "confetti", False),
        ("screen", "slam", False),
        ("screen", "Confetti", False),
        ("window", "confetti", False),
    ],
)
def test_an_effect_is_known_and_of_its_type(kind: str, name: str, is_allowed: bool) -> None:
    assert rules(Content((TEXT,), effect=Effect(kind, name))) == ([] if is_allowed else ["effect"])


def test_an_answer_names_a_message_and_a_part() -> None:
    assert rules(Content((TEXT,), reply_to=ReplyTo(MessageId("m"), 0))) == []
    assert rules(Content((TEXT,), reply_to=ReplyTo(MessageId("m"), -1))) == ["reply_to"]
    assert rules(Content((TEXT,), reply_to=ReplyTo(MessageId("")))) == ["reply_to"]


def test_the_wished_service_is_one_of_three() -> None:
    assert rules(Content((TEXT,), preferred_service=Service.RCS)) == []
    assert rules(Content((TEXT,), preferred_service=Service.UNKNOWN)) == ["preferred_service"]


def test_a_key_has_1_to_255_characters() -> None:
    assert check_idempotency_key("k" * 255) == ()
    assert [each.rule for each in check_idempotency_key("k" * 256)] == ["idempotency_key"]
    assert [each.rule for each in check_idempotency_key("")] == ["idempotency_key"]


def test_no_sentence_repeats_what_was_written() -> None:
    secret = "canary.com"
    found = check_content(
        Content(
            (OutgoingText(secret), OutgoingText(secret), OutgoingLink(secret)), effect=Effect("x", secret)
        ),
        is_first_message=True,
    )
    assert len(found) >= 5
    assert not any("canary" in each.words for each in found)


def test_a_first_message_has_no_effect_and_answers_nothing() -> None:
    content = Content((OutgoingText("Hello"),), Effect("screen", "confetti"), ReplyTo(MessageId("one"), 0))
    found = [each.rule for each in check_content(content, is_first_message=True)]
    assert found == ["first_message_effect", "first_message_reply"]
    assert check_content(content) == ()
