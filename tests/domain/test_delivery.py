from itertools import product

import pytest

from linqdesk.domain.delivery import Delivery, last_knowable, merge_delivery
from linqdesk.domain.service import Service


@pytest.mark.parametrize(
    ("known", "news", "merged"),
    [
        (Delivery.SENT, Delivery.QUEUED, Delivery.SENT),
        (Delivery.QUEUED, Delivery.SENT, Delivery.SENT),
        (Delivery.READ, Delivery.DELIVERED, Delivery.READ),
        (Delivery.SENT, Delivery.UNKNOWN, Delivery.SENT),
        (Delivery.SENT, Delivery.FAILED, Delivery.FAILED),
        (Delivery.FAILED, Delivery.SENT, Delivery.FAILED),
        (Delivery.FAILED, Delivery.DELIVERED, Delivery.DELIVERED),
        (Delivery.READ, Delivery.FAILED, Delivery.READ),
    ],
)
def test_merge_keeps_the_later_state(known: Delivery, news: Delivery, merged: Delivery) -> None:
    assert merge_delivery(known, news) is merged


def test_merge_gives_the_same_state_however_often_the_news_comes() -> None:
    for known, news in product(Delivery, Delivery):
        once = merge_delivery(known, news)
        assert merge_delivery(once, news) is once


def test_a_word_of_a_later_api_reads_as_unknown() -> None:
    assert Delivery.from_word("teleported") is Delivery.UNKNOWN
    assert Delivery.from_word(None) is Delivery.UNKNOWN
    assert Delivery.from_word("READ") is Delivery.READ


@pytest.mark.parametrize(
    ("service", "is_group", "last"),
    [
        (Service.IMESSAGE, False, Delivery.READ),
        (Service.RCS, False, Delivery.READ),
        (Service.SMS, False, Delivery.SENT),
        (Service.IMESSAGE, True, Delivery.SENT),
    ],
)
def test_the_ladder_ends_where_the_service_stops_reporting(
    service: Service, is_group: bool, last: Delivery
) -> None:
    assert last_knowable(service, is_group=is_group) is last
