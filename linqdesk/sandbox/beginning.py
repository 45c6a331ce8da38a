"""Begins conversations, or finds the one that is there already."""

from collections.abc import Iterable
from datetime import timedelta

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.first_words import FirstWords, require_fit_to_be_first
from linqdesk.sandbox.model import Message, Service
from linqdesk.sandbox.permission import require_first_word, require_line, require_pace, require_recipients
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.world import World


class Beginning:
    """Takes the first words of a line to some people."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery

    def begin(self, words: FirstWords) -> tuple[Chat, Message]:
        """Send the words into the chat of exactly these people, a new one where there is none to reuse.

        Raises:
            RefusalError: 400/1005 unfit as first words, 403/2006 the line is not the account's, or what
                the sending refuses; then no chat is made.
        """
        self._world.line_with(words.line)
        key = words.said.key
        earlier = self._world.sent_with(key) if key is not None else None
        if earlier is not None:
            return self._world.message_with(earlier.message_id)
        found = self._reusable(words)
        if found is not None:
            return found, self._send(found, words)
        chat = self._new_chat(words)
        try:
            message = self._send(chat, words)
        except RefusalError:
            self._world.forget_chat(chat)
            raise
        chat.ready_at = self._world.clock.now() + timedelta(seconds=self._world.rules.creation_s)
        return chat, message

    def _send(self, chat: Chat, words: FirstWords) -> Message:
        return self._delivery.send(chat, words.said, overrides_opt_out=words.overrides_opt_out)

    def _reusable(self, words: FirstWords) -> Chat | None:
        """Return the chat of this line with exactly these people.

        Named groups, changed groups and left ones are not reused (PY, chats.create).
        """
        handles = set(words.handles)
        for chat in self._world.chats_by_activity(words.line, words.handles[0]):
            is_kept = chat.keeps_membership and not chat.has_left
            if chat.is_group and (chat.is_named or not is_kept):
                continue
            if {member.handle for member in chat.others()} == handles:
                return chat
        return None

    def _new_chat(self, words: FirstWords) -> Chat:
        require_fit_to_be_first(words.said)
        require_line(self._world, words.line)
        require_first_word(self._world, words.line)
        require_recipients(self._world, words.handles, overrides_opt_out=words.overrides_opt_out)
        require_pace(self._world, words.line, words.handles)
        people = [self._world.person_with(handle) for handle in words.handles]
        chat = self._world.add_chat(
            words.line,
            list(words.handles),
            service=_shared_service((each.service for each in people), words.said.preferred_service),
            created_at=self._world.clock.now(),
        )
        chat.display_name = ", ".join(words.handles)
        return chat


def _shared_service(services: Iterable[Service], wish: Service | None) -> Service:
    """Return the best service that reaches everybody: iMessage unless another is wished, RCS, or SMS."""
    found = set(services)
    if found == {"iMessage"} and wish in {None, "iMessage"}:
        return "iMessage"
    return "SMS" if "SMS" in found else "RCS"
