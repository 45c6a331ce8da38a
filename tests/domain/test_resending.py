from dataclasses import replace

import pytest

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, FileKey, Handle
from linqdesk.domain.message import Effect, LinkPart, MediaPart, ReplyTo, TextPart, UnknownPart
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile
from linqdesk.domain.resending import (
    as_sms,
    can_go_as_sms,
    content_of_message,
    content_of_row,
    forwarded,
    says_the_same,
)
from linqdesk.domain.service import Service
from tests.store.messages import a_chat, a_message, a_send

BOLD = (Decoration(0, 2, "bold"),)
PHOTO = MediaPart(AttachmentId("photo"), "cat.jpg", "image/jpeg", 10, "https://cdn.example/cat.jpg")
SAID = replace(
    a_message("said", 1, is_mine=True),
    parts=(TextPart("Look", BOLD), PHOTO),
    effect=Effect("screen", "confetti"),
    reply_to=ReplyTo(a_message("question", 0).id),
    preferred_service=Service.IMESSAGE,
)


def test_a_message_is_said_again_with_all_that_it_had() -> None:
    again = content_of_message(SAID)
    assert again is not None
    assert again.parts == (OutgoingText("Look", BOLD), OutgoingMedia(AttachmentId("photo")))
    assert (again.effect, again.reply_to) == (SAID.effect, SAID.reply_to)
    assert again.preferred_service is Service.IMESSAGE


def test_a_link_stays_a_link_and_a_send_is_taken_as_it_is() -> None:
    linked = replace(SAID, parts=(LinkPart("https://linq.example"),))
    assert content_of_message(linked) == Content(
        (OutgoingLink("https://linq.example"),), SAID.effect, SAID.reply_to, Service.IMESSAGE
    )
    send = a_send("hello")
    assert content_of_row(send) is send.content
    assert content_of_row(SAID) == content_of_message(SAID)


@pytest.mark.parametrize("parts", [(), (TextPart("a"), UnknownPart("poll", "{}"))])
def test_what_cannot_be_said_is_not_said_by_half(parts: tuple[TextPart | UnknownPart, ...]) -> None:
    assert content_of_message(replace(SAID, parts=parts)) is None


def test_sms_takes_the_words_and_files_alone() -> None:
    content = content_of_message(SAID)
    assert content is not None
    plain = as_sms(content)
    assert plain == Content(
        (OutgoingText("Look"), OutgoingMedia(AttachmentId("photo"))), preferred_service=Service.SMS
    )
    assert as_sms(Content((OutgoingLink("https://linq.example"),))).text == "https://linq.example"


def test_sms_is_for_one_phone_number_that_was_not_tried_by_it() -> None:
    content, chat = Content((OutgoingText("Hi"),)), a_chat()
    assert can_go_as_sms(content, chat, Service.IMESSAGE)
    assert can_go_as_sms(content, chat, None)
    assert not can_go_as_sms(content, chat, Service.SMS)
    assert not can_go_as_sms(replace(content, preferred_service=Service.RCS), chat, None)
    assert not can_go_as_sms(content, replace(chat, is_group=True), None)
    mail = replace(chat.handles[1], handle=Handle("ana@example.org"))
    assert not can_go_as_sms(content, replace(chat, handles=(chat.handles[0], mail)), None)
    assert not can_go_as_sms(content, replace(chat, handles=chat.handles[:1]), None)


def test_words_are_the_same_however_they_look_and_whichever_way_they_go() -> None:
    content = content_of_message(SAID)
    assert content is not None
    assert says_the_same(content, as_sms(content))
    assert not says_the_same(content, Content((OutgoingText("Look"),)))


def test_a_file_of_ours_stays_with_the_message_that_failed() -> None:
    file = OutgoingFile(FileKey("key"), "cat.jpg", "image/jpeg", 10, "00")
    content = Content((OutgoingText("Hi"), file))
    assert not can_go_as_sms(content, a_chat(), None)
    assert says_the_same(content, content)


def test_what_is_forwarded_keeps_how_it_looks_and_leaves_what_it_answered() -> None:
    assert forwarded(SAID) == Content((OutgoingText("Look", BOLD), OutgoingMedia(AttachmentId("photo"))))
    linked = replace(SAID, parts=(LinkPart("https://linq.example"),))
    assert forwarded(linked) == Content((OutgoingText("https://linq.example"),))
    assert forwarded(replace(SAID, parts=())) is None
