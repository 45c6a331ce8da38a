import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.ids import LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import Listing, listed
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.ties import ranks_among
from tests.fuzzing import examples
from tests.store.messages import ANA, a_chat, a_message, a_send

# As the server lists them, the oldest first: neither the ids nor the times tell their order.
NAMES = ["k", "c", "x", "a", "m", "b", "z", "d"]


def _cache() -> Cache:
    cache = Cache()
    cache.merge_chats([a_chat()])
    return cache


def _said(cache: Cache) -> list[str]:
    return [row.content.id for row in cache.rows(ANA) if isinstance(row.content, Message)]


def _told(cache: Cache, *names: str, listing: Listing | None = None, is_mine: bool = False) -> None:
    """Let a page of a list that runs newest first tell of messages of one instant."""
    messages = [a_message(name, 1, is_mine=is_mine) for name in names]
    told = listed(messages, is_newest_first=True) if listing is None else listing
    cache.merge_messages(ANA, messages, cache.next_sequence(), told)


@st.composite
def readings(draw: st.DrawFn) -> tuple[list[int], list[list[int]], bool]:
    """Draw at which seconds the messages were said, which pages tell of them, and how the list runs.

    The pages cover the list from one end to the other; some are told again at any time.
    """
    seconds = sorted(draw(st.lists(st.integers(0, 3), min_size=len(NAMES), max_size=len(NAMES))))
    cuts = sorted(draw(st.sets(st.integers(1, len(NAMES) - 1))))
    edges = [0, *cuts, len(NAMES)]
    pages = [list(range(start, end)) for start, end in itertools.pairwise(edges)]
    order = [page for page in pages for _ in range(draw(st.integers(1, 2)))]
    return seconds, order, draw(st.booleans())


@examples(200, full=10_000)
@given(readings())
def test_any_split_into_pages_gives_the_servers_order(
    reading: tuple[list[int], list[list[int]], bool],
) -> None:
    seconds, pages, is_newest_first = reading
    cache = _cache()
    inserted: list[str] = []
    moved: list[str] = []

    def hear(change: Change) -> None:
        if isinstance(change, MessagesChanged):
            inserted.extend(change.inserted)
            moved.extend(change.moved)

    cache.subscribe(hear)
    beside: MessageId | None = None
    for page in reversed(pages) if is_newest_first else pages:
        numbers = page[::-1] if is_newest_first else page
        messages = [a_message(NAMES[number], seconds[number]) for number in numbers]
        listing = listed(messages, beside, is_newest_first=is_newest_first)
        cache.merge_messages(ANA, messages, cache.next_sequence(), listing)
        beside = messages[-1].id
    assert _said(cache) == NAMES
    assert sorted(inserted) == sorted(NAMES)
    assert moved == []


def test_what_comes_new_at_the_same_instant_stands_below_and_nothing_swaps_later() -> None:
    cache = _cache()
    _told(cache, "x", "m")
    _told(cache, "b", "x", "m")
    assert _said(cache) == ["m", "x", "b"]
    # A server that shuffles its pages does not shuffle the screen.
    _told(cache, "m", "b", "x")
    assert _said(cache) == ["m", "x", "b"]


def test_a_slow_answer_to_an_earlier_question_stands_above_what_a_later_one_brought() -> None:
    cache = _cache()
    early = cache.next_sequence()
    _told(cache, "a")
    message = a_message("z", 1)
    cache.merge_messages(ANA, [message], early, listed([message], is_newest_first=True))
    assert _said(cache) == ["z", "a"]


def test_two_quick_sends_stand_in_the_order_in_which_they_were_sent() -> None:
    cache = _cache()
    for local_id in ("one", "two"):
        cache.add_outgoing(a_send(local_id))
    # Linq's ids run the other way, its times are whole seconds.
    cache.confirm(ANA, LocalId("one"), a_message("zz", 1, is_mine=True))
    cache.confirm(ANA, LocalId("two"), a_message("aa", 1, is_mine=True))
    assert _said(cache) == ["zz", "aa"]
    _told(cache, "aa", "zz", is_mine=True)
    assert _said(cache) == ["zz", "aa"]


def test_sends_whose_times_are_told_one_by_one_keep_their_order_on_the_screen() -> None:
    cache = _cache()
    first, second = a_message("zz", 1, is_mine=True), a_message("aa", 2, is_mine=True)
    for local_id, message in (("one", first), ("two", second)):
        cache.add_outgoing(a_send(local_id))
        cache.confirm(ANA, LocalId(local_id), message)
    at = first.created_at.replace(minute=9)
    for told in (second, first):
        news = replace(told, sent_at=at, updated_at=at)
        cache.merge_messages(ANA, [news], cache.next_sequence())
    assert _said(cache) == ["zz", "aa"]


def test_an_own_message_that_was_held_back_gets_the_place_that_the_server_gave_it() -> None:
    cache = _cache()
    cache.add_outgoing(a_send("one", OutgoingState.SENDING))
    messages = [a_message("a", 1), a_message("own", 1, is_mine=True), a_message("z", 1)]
    cache.merge_messages(ANA, messages, cache.next_sequence(), listed(messages, is_newest_first=True))
    assert _said(cache) == ["z", "a"]
    _told(cache, "later", "a")
    cache.confirm(ANA, LocalId("one"), a_message("own", 1, is_mine=True))
    assert _said(cache) == ["z", "own", "a", "later"]


def test_a_message_sent_elsewhere_gets_its_place_when_it_is_released() -> None:
    cache = _cache()
    cache.add_outgoing(a_send("one", OutgoingState.SENDING))
    messages = [a_message("a", 1), a_message("own", 1, is_mine=True), a_message("z", 1)]
    cache.merge_messages(ANA, messages, cache.next_sequence(), listed(messages, is_newest_first=True))
    older = a_message("n", 1)
    told = listed([older], MessageId("own"), is_newest_first=True)
    cache.merge_messages(ANA, [older], cache.next_sequence(), told)
    cache.release_parked(ANA)
    assert _said(cache) == ["z", "n", "own", "a"]


def test_what_was_seen_ends_at_its_row_whatever_the_ids_of_its_instant_are() -> None:
    cache = _cache()
    _told(cache, "m")
    cache.mark_seen(ANA)
    _told(cache, "a", "m")
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.unread_count == 1


def test_ranks_are_given_between_neighbours() -> None:
    one, two, new, last = (MessageId(each) for each in ("1", "2", "new", "last"))
    ranks = ranks_among({one: 0.0, two: 1.0}, [one, new, two, last], 0)
    assert list(ranks) == [new, last]
    assert 0.0 < ranks[new] < 1.0 < ranks[last]
