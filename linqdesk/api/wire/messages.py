"""Messages and their parts, as listed and as answered to a send."""

from pydantic import Field

from linqdesk.api.wire.values import Flag, Items, Number, Object, Time, Wire, Word


class WireRange(Wire):
    """A decoration over `range` = [start, end) in UTF-16 code units."""

    range: tuple[int, int]
    style: Word = None
    animation: Word = None


class WireReaction(Wire):
    """One person's reaction to a part."""

    id: Word = None
    handle: Object = None
    is_me: Flag = False
    type: str = Field(min_length=1)
    custom_emoji: Word = None
    sticker: Object = None


class WirePart(Wire):
    """A part of any type; what a type lacks is None."""

    type: str = Field(min_length=1)
    value: str | None = None
    text_decorations: Items = Field(default_factory=list)
    reactions: Items = Field(default_factory=list)
    id: Word = None
    filename: Word = None
    mime_type: Word = None
    size_bytes: Number = None
    url: Word = None


class WireEffect(Wire):
    """A bubble or screen effect."""

    type: str
    name: str


class WireReply(Wire):
    """The part that a message answers."""

    message_id: str = Field(min_length=1)
    part_index: int = Field(default=0, ge=0)


class WireMessage(Wire):
    """A message; only its id is indispensable, and one of its times."""

    id: str = Field(min_length=1)
    chat_id: Word = None
    created_at: Time = None
    updated_at: Time = None
    sent_at: Time = None
    delivered_at: Time = None
    read_at: Time = None
    is_from_me: Flag = False
    is_delivered: Flag = False
    is_read: Flag = False
    delivery_status: Word = None
    from_handle: Object = None
    sender: Word = Field(default=None, alias="from")
    parts: Items = Field(default_factory=list)
    effect: Object = None
    reply_to: Object = None
    service: Word = None
    preferred_service: Word = None


class WireMessagePage(Wire):
    """A page of messages; each item is read on its own."""

    messages: list[object]
    next_cursor: Word = None


class WireSent(Wire):
    """The answer to a send."""

    chat_id: Word = None
    message: WireMessage
