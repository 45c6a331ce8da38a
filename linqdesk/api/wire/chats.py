"""Chats, their members and their health, in the shapes of every seed revision."""

from typing import Any

from pydantic import Field

from linqdesk.api.wire.values import Flag, Items, Number, Object, Time, Wire, Word


class WireHandle(Wire):
    """A member of a chat."""

    id: Word = None
    handle: str = Field(min_length=1)
    service: Word = None
    is_me: Flag = False
    joined_at: Time = None
    left_at: Time = None
    status: Word = None
    line_type: Word = None


class WireHealth(Wire):
    """`health_status` of the newest revision and `health_score` of the older ones in one."""

    status: Word = None
    score: Number = None
    reason: Word = None
    updated_at: Time = None


class WireChat(Wire):
    """A chat; only its id is indispensable."""

    id: str = Field(min_length=1)
    created_at: Time = None
    updated_at: Time = None
    display_name: Word = None
    handles: Items = Field(default_factory=list)
    health_status: Object = None
    health_score: Object = None
    is_group: Flag = False
    service: Word = None
    group_chat_icon: Word = None


class WireCreated(Wire):
    """The answer to a new chat: the chat without its times, with its first message in it."""

    chat: dict[str, Any]


class WireChatPage(Wire):
    """A page of chats; each item is read on its own."""

    chats: list[object]
    next_cursor: Word = None
