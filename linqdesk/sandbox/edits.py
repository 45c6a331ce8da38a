"""Changing what was sent: five times within a quarter of an hour (linq-api.md 2.2 and 3.2)."""

from datetime import timedelta
from typing import Any

from linqdesk.sandbox.contents import MAX_TEXT
from linqdesk.sandbox.model import Message, TextPart
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.world import World

MAX_EDITS = 5
EDIT_LIFE = timedelta(minutes=15)


def edit_message(world: World, message_id: str, tree: dict[str, Any]) -> Message:
    """Change the words of one part of a message of ours; its decorations go with the old words.

    Raises:
        RefusalError: 400/1001, 1004 or 1005, 404/2002, 409/2013 the chat was left, 409/2015 it cannot be
            edited or no longer.
    """
    chat, message = world.message_with(message_id)
    text, index = tree.get("text"), tree.get("part_index", 0)
    if text is None:
        raise RefusalError(1001, "text is required")
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_TEXT:
        raise RefusalError(1004, f"text has 1 to {MAX_TEXT} characters")
    if type(index) is not int or not 0 <= index < len(message.parts):
        raise RefusalError(1005, "the message has no such part")
    if chat.has_left:
        raise RefusalError(2013)
    part = message.parts[index]
    obstacle = _obstacle(message, world)
    if obstacle is not None or not isinstance(part, TextPart):
        raise RefusalError(2015, obstacle or "only text can be edited")
    part.value, part.decorations = text, ()
    message.edit_count += 1
    world.touch(chat, message)
    return message


def _obstacle(message: Message, world: World) -> str | None:
    if not message.is_from_me:
        return "only messages of the account can be edited"
    if message.service != "iMessage":
        return "only iMessage messages can be edited"
    if message.status == "failed":
        return "the message was not sent"
    if message.edit_count >= MAX_EDITS:
        return f"a message can be edited {MAX_EDITS} times"
    if world.clock.now() - (message.sent_at or message.created_at) > EDIT_LIFE:
        return "a message can be edited for 15 minutes"
    return None
