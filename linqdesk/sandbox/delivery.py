"""What becomes of messages: ours on their way out, customers' on their way in."""

from typing import Any, assert_never

from linqdesk.sandbox.answers import answer_for
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import Said
from linqdesk.sandbox.health import note_received, note_sent
from linqdesk.sandbox.ledger import Kind, Receipt
from linqdesk.sandbox.model import (
    CardPart,
    Decoration,
    DeliveryStatus,
    LinkPart,
    MediaPart,
    MediaReference,
    Member,
    Message,
    Part,
    ReplyTo,
    Service,
    TextPart,
    WrittenPart,
)
from linqdesk.sandbox.permission import count_message, require_admission
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.sending_rules import check_voice_memo, service_for
from linqdesk.sandbox.world import SentKey, World

# Seconds of world time after acceptance.
QUEUED_S, SENT_S, DELIVERED_S, READ_S, ANSWERED_S = 0.3, 1.0, 2.0, 4.5, 7.0
_ORDER: tuple[DeliveryStatus, ...] = ("pending", "queued", "sent", "delivered", "read")


class Delivery:
    """Moves messages through the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, chat: Chat, said: Said, *, overrides_opt_out: bool = False) -> Message:
        """Accept a message of ours; the same key leads to the same message and nothing is sent again.

        Raises:
            RefusalError: what `require_admission` refuses; 404/2002 the key's message was deleted or
                there is none to answer, 404/2003 or 2007 no such file or not yet.
        """
        if said.key is not None:
            earlier = self._world.sent_with(said.key)
            if earlier is not None:
                return self._world.message_with(earlier.message_id)[1]
        require_admission(self._world, chat, overrides_opt_out=overrides_opt_out)
        message = self._new_message(chat, chat.me, said)
        message.preferred_service = said.preferred_service
        self._send_out(chat, message, "message", said.key)
        if said.key is not None:
            self._world.remember_key(said.key, SentKey(chat.id, message.id))
        return message

    def send_voice_memo(
        self, chat: Chat, memo: MediaReference, *, overrides_opt_out: bool = False
    ) -> Message:
        """Accept a voice memo of ours, which is a message of one audio part.

        Raises:
            RefusalError: as for `send`; 400/5004 no audio, 413/5001 over `VOICE_MEMO_BYTES`.
        """
        require_admission(self._world, chat, overrides_opt_out=overrides_opt_out)
        message = self._new_message(chat, chat.me, Said((memo,)))
        check_voice_memo(message.parts[0])
        message.is_voice_memo = True
        self._send_out(chat, message, "voice_memo", None)
        return message

    def receive(self, chat: Chat, sender: Member, said: Said) -> Message:
        """Let a customer write."""
        message = self._new_message(chat, sender, said)
        message.service = said.preferred_service or chat.service
        message.status = "received"
        message.sent_at = message.delivered_at = message.created_at
        self._world.add_message(chat, message)
        note_received(self._world, chat, sender, message.parts)
        return message

    def advance_to(self, chat: Chat, message: Message, status: DeliveryStatus) -> None:
        """Bring a message of ours forward to a state, or let it fail; never back."""
        if message.status in {"failed", status}:
            return
        if status == "failed":
            message.status = status
            self._world.touch(chat, message)
            return
        if _ORDER.index(status) < _ORDER.index(message.status):
            return
        now = self._world.clock.now()
        message.status = status
        message.sent_at = message.sent_at or (now if status in _ORDER[2:] else None)
        message.delivered_at = message.delivered_at or (now if status in _ORDER[3:] else None)
        message.read_at = message.read_at or (now if status == "read" else None)
        self._world.touch(chat, message)

    def revise_to(self, chat: Chat, message: Message, status: DeliveryStatus) -> None:
        """Bring a message of ours to a state although it failed before (linq-api.md 3.1, code 4001)."""
        if message.status == "failed":
            message.status = "queued"
        self.advance_to(chat, message, status)

    def _new_message(self, chat: Chat, sender: Member, said: Said) -> Message:
        now = self._world.clock.now()
        return Message(
            id=self._world.ids.next_uuid(),
            chat_id=chat.id,
            sender=sender,
            parts=[self._whole(part) for part in said.parts],
            created_at=now,
            updated_at=now,
            status="pending",
            service=chat.service,
            effect=said.effect,
            reply_to=said.reply_to,
        )

    def _whole(self, part: WrittenPart) -> Part:
        return self._world.attachments.part_for(part) if isinstance(part, MediaReference) else part

    def _send_out(self, chat: Chat, message: Message, kind: Kind, key: str | None) -> None:
        people = [self._world.person_with(each.handle) for each in chat.others()]
        service = service_for(message.preferred_service, chat, people)
        message.service = service or "iMessage"
        self._refuse_missing_target(chat, message.reply_to)
        count_message(self._world, chat)
        chat.typing_until = None
        self._world.add_message(chat, message)
        note_sent(self._world, chat)
        after = self._world.agenda.after
        after(QUEUED_S, lambda: self.advance_to(chat, message, "queued"))
        if service is None:
            after(SENT_S, lambda: self.advance_to(chat, message, "failed"))
            return
        after(SENT_S, lambda: self._hand_over(chat, message, kind, key))
        # Linq hears nothing more of SMS and of groups (linq-api.md 2.3, capability matrix).
        if service != "SMS" and not chat.is_group:
            after(DELIVERED_S, lambda: self.advance_to(chat, message, "delivered"))
            after(READ_S, lambda: self.advance_to(chat, message, "read"))
        if self._world.rules.do_customers_answer:
            after(ANSWERED_S + self._world.random.random() * 3, lambda: self._answer(chat, message))

    def _refuse_missing_target(self, chat: Chat, reply_to: ReplyTo | None) -> None:
        if reply_to is None:
            return
        target = chat.history.find(reply_to.message_id)
        if target is None:
            raise RefusalError(2002)
        if reply_to.part_index >= len(target.parts):
            raise RefusalError(1005, "reply_to names a part that the message does not have")

    def _hand_over(self, chat: Chat, message: Message, kind: Kind, key: str | None) -> None:
        if message.status == "failed":
            return
        self.advance_to(chat, message, "sent")
        # What only iMessage can show is silently dropped elsewhere (linq-api.md 2.3).
        effect = message.effect if message.service == "iMessage" else None
        self._world.ledger.record(
            Receipt(
                id=message.id,
                chat_id=chat.id,
                to=tuple(each.handle for each in chat.others()),
                kind=kind,
                at=self._world.clock.now(),
                parts=tuple(plain_part(part, message.service) for part in message.parts),
                effect=None if effect is None else {"type": effect.type, "name": effect.name},
                service=message.service,
                idempotency_key=key,
            )
        )

    def _answer(self, chat: Chat, message: Message) -> None:
        """Let a customer answer by himself, unless more of ours came meanwhile."""
        newest = chat.history.newest_first(0, 1)
        if not newest or newest[0].id != message.id or message.status == "failed":
            return
        if chat.has_left or not chat.others():
            return
        sender = self._world.random.choice(chat.others())
        language = self._world.person_with(sender.handle).language
        self.receive(chat, sender, Said((TextPart(answer_for(language, self._world.random)),)))


def plain_part(part: Part, service: Service) -> dict[str, Any]:
    """Return a part as its recipient has it, in the words of the API."""
    match part:
        case TextPart():
            marks = _marks(part.decorations) if service == "iMessage" else []
            return {"type": "text", "value": part.value, "text_decorations": marks}
        case LinkPart():
            return {"type": "link", "value": part.value}
        case MediaPart():
            named = {"id": part.attachment_id, "filename": part.filename, "mime_type": part.mime_type}
            return {"type": "media", **named, "size_bytes": part.size_bytes}
        case CardPart():
            return {"type": part.type, **part.fields}
        case _:
            assert_never(part)


def _marks(decorations: tuple[Decoration, ...]) -> list[dict[str, Any]]:
    return [
        {"range": [each.start, each.end]}
        | ({"style": each.style} if each.style is not None else {"animation": each.animation})
        for each in decorations
    ]
