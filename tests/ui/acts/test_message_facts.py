"""What the details of a message tell."""

from dataclasses import replace
from datetime import timedelta

from linqdesk.domain.errors import ApiDetails, RequestRejectedError
from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Effect, ReplyTo, TextPart
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.store.view import ThreadRow
from linqdesk.ui.acts.message_facts import as_text, message_facts
from tests.store.messages import ANA, BEGAN, a_message, a_send
from tests.ui.acts.conftest import Desk
from tests.ui.thread.rows import a_photo


def _facts(row: ThreadRow, cache: Cache) -> dict[str, str]:
    return {fact.label: fact.value for fact in message_facts(row, cache)}


def test_times_services_and_ids_of_a_message_are_told_and_nothing_unknown(cache: Cache) -> None:
    message = replace(
        a_message("m", 1, is_mine=True),
        parts=(TextPart("secret words"), a_photo()),
        read_at=BEGAN + timedelta(minutes=9),
        service=Service.SMS,
        preferred_service=Service.IMESSAGE,
        effect=Effect("screen", "confetti"),
        reply_to=ReplyTo(MessageId("q"), 1),
    )
    facts = _facts(ThreadRow(RowKey("m"), message, edit_count=2), cache)
    assert facts["Service"] == "SMS"
    assert facts["Preferred service"] == "iMessage"
    assert facts["Message id"] == "m"
    assert facts["Chat id"] == ANA
    assert facts["Answers"] == "q, part 2"
    assert facts["Effect"] == "confetti (screen)"
    assert facts["Edits seen"] == "2"
    assert facts["File id, part 2"] == "cat.jpg"
    assert "Read" in facts
    assert "Delivered" not in facts
    assert "secret words" not in as_text(message_facts(ThreadRow(RowKey("m"), message), cache))


def test_a_failed_send_tells_its_reason_code_and_trace_id(cache: Cache) -> None:
    failure = RequestRejectedError("no", ApiDetails(400, 1004, trace_id="4bf92f35"))
    outgoing = replace(a_send("s", OutgoingState.FAILED), failure=failure, attempts=1)
    facts = _facts(ThreadRow(RowKey("s"), outgoing), cache)
    assert facts["Trace id"] == "4bf92f35"
    assert facts["Error code"] == "1004"
    assert facts["Reason"].startswith("Linq did not accept what the message says")
    assert facts["Idempotency key"] == "s"


def test_a_message_that_linq_does_not_know_can_be_copied_and_looked_into(at_desk: Desk) -> None:
    at_desk.cache.add_outgoing(a_send("sending"))
    row = at_desk.view.messages.row_at(at_desk.position("sending"))
    entries = at_desk.desk.entries_of_unsent(row)
    assert [each.label for each in entries if each is not None] == ["Copy", "Message details…"]


def test_characters_that_turn_the_direction_are_told_by_name(cache: Cache) -> None:
    turned = replace(a_message("m", 1), parts=(TextPart("pay \u202egpj.exe\u202c now \u202e"),))
    facts = _facts(ThreadRow(RowKey("m"), turned), cache)
    words = "Right-to-left override (U+202E), Pop directional formatting (U+202C)"
    assert facts["Hidden characters"] == words
    assert "Hidden characters" not in _facts(ThreadRow(RowKey("n"), a_message("n", 2)), cache)
