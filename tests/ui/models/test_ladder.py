from dataclasses import replace

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.ladder import ladder
from tests.store.messages import BEGAN, a_message

SMS, IMESSAGE = Service.SMS, Service.IMESSAGE


def _own(name: str, minute: int, service: Service, delivery: Delivery = Delivery.SENT) -> Message:
    message = a_message(name, minute, is_mine=True, delivery=delivery)
    return replace(message, service=service, preferred_service=IMESSAGE)


def _words(*oldest_first: Message) -> dict[RowKey, str]:
    return ladder((ThreadRow(RowKey(each.id), each) for each in reversed(oldest_first)), BEGAN)


def test_a_fallback_is_said_under_the_newest_message_of_its_state() -> None:
    assert _words(_own("a", 1, SMS)) == {"a": "✓ Sent · asked iMessage, went as SMS"}


def test_a_fallback_is_said_once_for_each_run_although_newer_messages_came_further() -> None:
    messages = (
        _own("a", 1, SMS),
        _own("b", 2, SMS),
        _own("c", 3, IMESSAGE, Delivery.READ),
        _own("d", 4, SMS),
        a_message("they", 5),
        _own("e", 6, IMESSAGE, Delivery.READ),
    )
    assert _words(*messages) == {
        "b": "Asked iMessage, went as SMS",
        "d": "Asked iMessage, went as SMS",
        "e": "✓✓ Read",
    }


def test_a_service_that_was_asked_for_is_no_fallback() -> None:
    message = replace(_own("a", 1, SMS), preferred_service=SMS)
    assert _words(message) == {"a": "✓ Sent"}
