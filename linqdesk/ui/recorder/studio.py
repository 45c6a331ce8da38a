"""What one window records and plays with, shared by all its composers."""

from collections.abc import Callable
from dataclasses import dataclass

from linqdesk.domain.ids import ChatId
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.recorder.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Studio:
    """One recorder, one player, and how chats are named for which is recorded."""

    recorder: Recorder
    playback: Playback
    name_of: Callable[[ChatId], str]
