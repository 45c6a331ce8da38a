from dataclasses import replace

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import OutcomeUnknownError
from linqdesk.domain.ids import RowKey
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.ladder import ladder, sent_again
from linqdesk.ui.models.remedies import Remedy, remedies
from tests.store.messages import BEGAN, a_chat, a_message, a_send

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


def test_a_failure_is_said_although_newer_messages_were_read() -> None:
    failed = replace(_own("a", 1, IMESSAGE, Delivery.FAILED), preferred_service=None)
    words = _words(failed, _own("b", 2, IMESSAGE, Delivery.READ))
    assert words[RowKey("a")] == "Not delivered – Linq does not say why"


def test_a_failure_says_that_only_imessage_was_tried() -> None:
    failed = _own("a", 1, IMESSAGE, Delivery.FAILED)
    assert "only iMessage was asked for" in _words(failed)[RowKey("a")]


def test_what_was_sent_again_says_so_and_offers_nothing_more() -> None:
    failed = replace(_own("a", 1, IMESSAGE, Delivery.FAILED), parts=(TextPart("See you"),))
    other = replace(_own("b", 2, IMESSAGE, Delivery.FAILED), parts=(TextPart("Bye"),))
    again = replace(_own("c", 3, SMS), parts=(TextPart("See you"),))
    rows = [ThreadRow(RowKey(each.id), each) for each in (again, other, failed)]
    assert sent_again(rows) == {"a"}
    assert ladder(rows, BEGAN, sent_again(rows))[RowKey("a")] == "Not delivered · sent again"
    chat = a_chat()
    assert not remedies(rows[2], chat, is_sent_again=True)
    offered = remedies(rows[1], chat, is_sent_again=False)
    assert offered == {Remedy.WHY, Remedy.RETRY, Remedy.SMS, Remedy.DISCARD}


def test_a_message_of_unknown_outcome_is_only_sent_under_its_own_key() -> None:
    lost = replace(a_send("a", OutgoingState.UNCONFIRMED), failure=OutcomeUnknownError("lost"))
    row = ThreadRow(RowKey("a"), lost)
    assert remedies(row, a_chat(), is_sent_again=False) == {Remedy.RETRY}
