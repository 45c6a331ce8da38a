from dataclasses import replace

from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import ReplyTo, TextPart
from linqdesk.store.cache import Cache
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.message_words import preview
from linqdesk.ui.models.quotes import quote_of
from linqdesk.ui.names import isolated
from tests.store.messages import ANA, a_message
from tests.ui.thread.rows import a_photo


def test_a_reply_quotes_the_part_that_it_answers(cache: Cache) -> None:
    original = replace(a_message("first", 1), parts=(TextPart("two\nlines"), a_photo()))
    cache.merge_messages(ANA, [original], cache.next_sequence())
    for index, words in ((0, "two lines"), (1, "Photo cat.jpg"), (7, "two lines Photo cat.jpg")):
        reply = replace(a_message("reply", 2), reply_to=ReplyTo(MessageId("first"), index))
        quote = quote_of(reply, ANA, cache)
        assert quote is not None
        assert (quote.sender, quote.words) == ("+1 415 555 0134", words)


def test_circles_and_lost_originals_do_no_harm(cache: Cache, qapp: object) -> None:
    del qapp
    ring = [
        replace(a_message(name, minute), reply_to=ReplyTo(MessageId(answered)))
        for minute, (name, answered) in enumerate((("a", "b"), ("b", "a"), ("c", "c"), ("d", "lost")))
    ]
    cache.merge_messages(ANA, ring, cache.next_sequence())
    model = MessageListModel(cache)
    model.show_chat(ANA)
    quotes = [model.context_at(row).quote for row in range(4)]
    assert [quote.words for quote in quotes if quote is not None] == ["b", "a", "c", "Original not loaded"]


def test_an_edit_of_the_original_is_seen_in_the_quote(cache: Cache, qapp: object) -> None:
    del qapp
    first = a_message("first", 1, text="before")
    reply = replace(a_message("reply", 2), reply_to=ReplyTo(MessageId("first")))
    cache.merge_messages(ANA, [first, reply], cache.next_sequence())
    model = MessageListModel(cache)
    model.show_chat(ANA)
    cache.merge_messages(ANA, [replace(first, parts=(TextPart("after"),))], cache.next_sequence())
    quote = model.context_at(1).quote
    assert quote is not None
    assert quote.words == "after"


def test_a_quote_and_a_preview_reorder_nothing_beside_them(cache: Cache) -> None:
    turned = replace(a_message("first", 1), parts=(TextPart("\u2069\u202etfel dna\u2066 right"),))
    cache.merge_messages(ANA, [turned], cache.next_sequence())
    reply = replace(a_message("reply", 2), reply_to=ReplyTo(MessageId("first"), 0))
    quote = quote_of(reply, ANA, cache)
    assert quote is not None
    assert quote.words == preview(turned) == "tfel dna right"
    assert isolated("\u2069\u202eeve") == "\u2068eve\u2069"
