"""What the agent can do with the parts of a message, as signals for whoever does it."""

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.message import Message
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.thread.targets import (
    AudioTarget,
    EffectTarget,
    FileTarget,
    LinkTarget,
    MoreTarget,
    PictureTarget,
    QuoteTarget,
    ReactionTarget,
    Target,
    VideoTarget,
)


class Acts(QObject):
    """Says which part was activated.

    The signals of parts carry the Message and the part's index; `reaction_activated` also the kind, None
    for the badge of those without room. `effect_replay_wanted` and `more_wanted` carry the row's key.
    """

    link_activated = Signal(str)
    picture_activated = Signal(object, int)
    video_activated = Signal(object, int)
    audio_activated = Signal(object, int)
    file_save_wanted = Signal(object, int)
    file_open_wanted = Signal(object, int)
    # Carries the Message alone.
    files_save_wanted = Signal(object)
    quote_activated = Signal(object)
    reaction_activated = Signal(object, int, object)
    effect_replay_wanted = Signal(object)
    more_wanted = Signal(object)

    def activate(self, row: ThreadRow, target: Target) -> None:
        """Say that a target of a row was activated."""
        match target:
            case LinkTarget():
                self.link_activated.emit(target.url)
            case QuoteTarget():
                self.quote_activated.emit(target.reply_to)
            case EffectTarget():
                self.effect_replay_wanted.emit(row.key)
            case MoreTarget():
                self.more_wanted.emit(row.key)
            case PictureTarget() | VideoTarget() | AudioTarget():
                # One of ours can be looked at and heard before Linq has it.
                message = media_message(row.content)
                if message is not None:
                    self._activate_part(message, target)
            case _ if isinstance(row.content, Message):
                self._activate_part(row.content, target)
            case _:
                return

    def _activate_part(self, message: Message, target: Target) -> None:
        match target:
            case PictureTarget():
                self.picture_activated.emit(message, target.part_index)
            case VideoTarget():
                self.video_activated.emit(message, target.part_index)
            case AudioTarget():
                self.audio_activated.emit(message, target.part_index)
            case FileTarget():
                self.file_save_wanted.emit(message, target.part_index)
            case ReactionTarget():
                self.reaction_activated.emit(message, target.part_index, target.kind)
            case _:
                return
