"""The answer to a voice memo, in the shape of March with `chat_id` and in the newer one with `chat`."""

from pydantic import Field

from linqdesk.api.wire.values import Object, Time, Wire, Word


class WireVoiceMemo(Wire):
    """A voice memo that was accepted; `voice_memo` is its file."""

    id: str = Field(min_length=1)
    chat: Object = None
    chat_id: Word = None
    created_at: Time = None
    sender: Word = Field(default=None, alias="from")
    status: Word = None
    service: Word = None
    voice_memo: Object = None


class WireVoiceMemoSent(Wire):
    """The whole answer."""

    voice_memo: WireVoiceMemo
