from dataclasses import replace

import pytest

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import AttachmentId, Handle, MessageId, RowKey
from linqdesk.domain.message import Effect, LinkPart, Message, Reaction, ReplyTo, TextPart, UnknownPart
from linqdesk.domain.outgoing import Content, OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.quotes import quote_of
from linqdesk.ui.models.spoken_words import spoken
from tests.domain.files import a_file as own_file
from tests.store.messages import ANA, a_message, a_send
from tests.ui.thread.rows import a_message_of, a_photo, a_reaction


def _said(message: Message, cache: Cache, **marks: bool) -> str:
    row = ThreadRow(RowKey(message.id), message, **marks)
    return spoken(row, cache, quote_of(message, ANA, cache)).partition(": ")[2]


def test_a_message_is_said_in_the_words_of_the_contract(cache: Cache) -> None:
    text = TextPart("text", (Decoration(0, 4, "bold"),), (a_reaction(is_me=True),))
    message = replace(
        a_message_of(text, a_photo(), is_mine=True),
        effect=Effect("screen", "confetti"),
        delivery=Delivery.DELIVERED,
    )
    assert (
        _said(message, cache)
        == "text, bold 'text', confetti effect, photo cat.jpg, reactions: love from you, delivered"
    )


def test_a_reply_says_what_it_answers(cache: Cache) -> None:
    cache.merge_messages(ANA, [a_message("first", 1, text="Is it free?")], cache.next_sequence())
    known = replace(a_message_of(TextPart("Yes")), reply_to=ReplyTo(MessageId("first")))
    assert _said(known, cache).startswith("Yes, in reply to +1 415 555 0134: Is it free?")
    lost = replace(known, reply_to=ReplyTo(MessageId("nobody knows")))
    assert _said(lost, cache) == "Yes, in reply to a message"


def test_many_reactions_are_counted_instead_of_read_out(cache: Cache) -> None:
    crowd = tuple(
        Reaction(Handle(f"+1415555{number:04d}"), is_me=number == 7, kind="love") for number in range(10_000)
    )
    said = _said(a_message_of(TextPart("hi", (), crowd)), cache)
    assert said == "hi, reactions: love from you, +1 415 555 0000, +1 415 555 0001 and 9997 others"


def test_cards_edits_deletions_and_empty_messages_have_words(cache: Cache) -> None:
    assert _said(a_message_of(LinkPart("https://example.com")), cache) == "link https://example.com"
    app = UnknownPart("imessage_app", '{"app": {"name": "GamePigeon"}}')
    assert _said(a_message_of(app), cache) == "GamePigeon (App card)"
    unknown = a_message_of(UnknownPart("hologram", "{}"))
    assert _said(unknown, cache) == "Unknown content (This version cannot show “hologram”)"
    assert _said(a_message_of(TextPart("new")), cache, is_edited=True) == "new, edited"
    assert _said(a_message_of(TextPart("new")), cache, is_deleted=True) == "Deleted from Linq's records"
    assert _said(a_message_of(), cache) == "Empty message"


@pytest.mark.parametrize(
    ("raw_json", "words"),
    [("", "App Clip"), ("[" * 100_000, "App Clip"), ('{"url": 5}', "App Clip"), ("[]", "App Clip")],
)
def test_a_card_whose_json_is_broken_keeps_its_name(cache: Cache, raw_json: str, words: str) -> None:
    assert _said(a_message_of(UnknownPart("app_clip", raw_json)), cache).startswith(words)


def test_what_waits_to_be_sent_says_so(cache: Cache) -> None:
    row = ThreadRow(RowKey("local"), a_send("hello"))
    assert spoken(row, cache).endswith(": hello, sending")


def test_a_file_that_cannot_be_had_says_so(cache: Cache) -> None:
    message = a_message_of(a_photo())
    for state, words in (
        (MediaState.READY, "photo cat.jpg"),
        (MediaState.GONE, "photo cat.jpg (no longer available)"),
        (MediaState.FAILED, "photo cat.jpg (could not be loaded)"),
        (MediaState.TOO_LARGE, "photo cat.jpg (large, not loaded)"),
    ):
        cache.set_media(AttachmentId("cat.jpg"), MediaFile(state))
        assert _said(message, cache) == words


def test_a_file_of_ours_says_how_far_its_upload_is(cache: Cache) -> None:
    cat = own_file("cat.jpg", size_bytes=1_000)
    row = ThreadRow(RowKey("local"), replace(a_send("local"), content=Content((cat,))))
    assert spoken(row, cache).endswith("photo cat.jpg, sending")
    for upload, words in (
        (Upload(UploadState.WAITING, 0, 1_000), "photo cat.jpg (waits for its upload)"),
        (Upload(UploadState.RUNNING, 410, 1_000), "photo cat.jpg (41% uploaded)"),
        (Upload(UploadState.DONE, 1_000, 1_000), "photo cat.jpg (uploaded)"),
        (Upload(UploadState.FAILED, 0, 1_000), "photo cat.jpg (not uploaded)"),
        (Upload(UploadState.HELD, 0, 1_000), "photo cat.jpg (not uploaded)"),
    ):
        cache.uploads.set(cat.key, upload)
        assert words in spoken(row, cache)


def test_a_cancelled_upload_is_the_reason_why_a_message_is_not_delivered(cache: Cache) -> None:
    cancelled = replace(
        a_send("local", OutgoingState.FAILED),
        content=Content((own_file("cat.jpg"),)),
        failure=LocalFaultError("The upload was cancelled."),
    )
    words = spoken(ThreadRow(RowKey("local"), cancelled), cache)
    assert "not delivered" in words
    assert "upload was cancelled" in words
