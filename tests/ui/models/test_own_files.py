from datetime import UTC, datetime

from linqdesk.domain.ids import AttachmentId, ChatId, FileKey, LocalId
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingVoiceMemo, own_attachment_id, own_key
from linqdesk.ui.models.own_files import media_message, shown_part
from tests.domain.files import a_file

CAT, MEMO = a_file("cat.jpg"), a_file("memo.m4a", "audio/x-m4a")
AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def sent(*parts: OutgoingPart) -> OutgoingMessage:
    return OutgoingMessage(LocalId("one"), ChatId("ana"), None, AT, Content(parts))


def test_a_file_of_ours_looks_like_the_part_that_it_becomes() -> None:
    part = shown_part(CAT)
    assert isinstance(part, MediaPart)
    assert part == MediaPart(own_attachment_id(CAT.key), "cat.jpg", "image/jpeg", 1_000, None)
    assert own_key(part.attachment_id) == CAT.key
    memo = shown_part(OutgoingVoiceMemo(MEMO, 900))
    assert isinstance(memo, MediaPart)
    assert memo.filename == "memo.m4a"


def test_a_file_that_linq_keeps_is_none_of_ours() -> None:
    assert own_key(AttachmentId("f1f2")) is None
    assert own_key(own_attachment_id(FileKey("ab.jpg"))) == FileKey("ab.jpg")


def test_the_message_to_ask_about_files_keeps_the_places_of_its_parts() -> None:
    made = media_message(sent(OutgoingText("hi"), CAT))
    assert isinstance(made, Message)
    assert made.parts == (TextPart(""), shown_part(CAT))
    assert made.is_from_me


def test_there_is_nobody_to_ask_about_a_message_without_files() -> None:
    assert media_message(sent(OutgoingText("hi"))) is None
