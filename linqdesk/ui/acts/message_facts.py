"""Everything that is known of a message beside its words, as labelled facts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.message import Effect, MediaPart, Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.domain.service import Service
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.message_words import sender_name
from linqdesk.ui.names import controls_in, format_handle, plain_name
from linqdesk.ui.wording import SERVICE_NAMES, fault_sentence


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says, both on one line."""

    label: str
    value: str


def message_facts(row: ThreadRow, cache: CacheView) -> tuple[Fact, ...]:
    """Return what is known of a message; what is not known is left out."""
    match row.content:
        case Message():
            found = _of_message(row, row.content, cache)
        case OutgoingMessage():
            found = _of_outgoing(row.content)
        case SystemEvent():
            found = iter(())
    return tuple(Fact(label, value) for label, value in found if value)


def as_text(facts: tuple[Fact, ...]) -> str:
    """Return facts for the clipboard, one a line."""
    return "\n".join(f"{fact.label}: {fact.value}" for fact in facts)


def _of_message(row: ThreadRow, message: Message, cache: CacheView) -> Iterator[tuple[str, str]]:
    handle = f" ({format_handle(message.sender)})" if message.sender is not None else ""
    yield "From", f"{sender_name(row, cache)}{handle}"
    yield "Sent", _time(message.sent_at)
    yield "Created", _time(message.created_at)
    yield "Delivered", _time(message.delivered_at)
    yield "Read", _time(message.read_at)
    yield "Changed", _time(message.updated_at) if message.updated_at != message.created_at else ""
    yield "Delivery", message.delivery.value.capitalize()
    yield "Service", _service(message.service)
    yield "Preferred service", _service(message.preferred_service)
    yield "Edits seen", str(row.edit_count or "")
    yield "Effect", _effect(message.effect) if message.effect is not None else ""
    reply = message.reply_to
    yield "Answers", f"{reply.message_id}, part {reply.part_index + 1}" if reply is not None else ""
    yield "Hidden characters", ", ".join(controls_in(message.text))
    yield "Message id", message.id
    yield "Chat id", message.chat_id
    for number, part in enumerate(message.parts, 1):
        if isinstance(part, MediaPart):
            yield f"File id, part {number}", part.attachment_id
            yield f"File type, part {number}", plain_name(part.mime_type)


def _of_outgoing(outgoing: OutgoingMessage) -> Iterator[tuple[str, str]]:
    yield "Written", _time(outgoing.created_at)
    yield "State", outgoing.state.value.capitalize()
    yield "Attempts", str(outgoing.attempts)
    yield "Preferred service", _service(outgoing.content.preferred_service)
    yield "Idempotency key", outgoing.local_id
    yield "Chat id", outgoing.chat_id
    failure = outgoing.failure
    if failure is not None:
        yield "Reason", fault_sentence(failure)
        yield "Error code", str(failure.details.code or "")
        yield "Trace id", failure.details.trace_id or ""


def _effect(effect: Effect) -> str:
    return f"{plain_name(effect.name)} ({plain_name(effect.kind)})"


def _time(when: datetime | None) -> str:
    return "" if when is None else when.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")


def _service(service: Service | None) -> str:
    return "" if service is None else SERVICE_NAMES[service]
