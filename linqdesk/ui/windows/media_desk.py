"""Everything that a window does with files of messages: shows, plays and saves them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.media.flipbook import Movement
from linqdesk.ui.media.media_words import is_seen_large
from linqdesk.ui.media.pictures import Pictures, Pool
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.media.recordings import Recordings
from linqdesk.ui.media.saver import MediaItem, Saver
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.theme import Theme
from linqdesk.ui.windows.picture_viewer import VIEWER_POOL_BYTES, MediaSources, PictureViewer


class MediaDesk(QObject):
    """The pictures and recordings of a thread, the viewer for pictures and videos, and what saves files."""

    said = Signal(str)
    """A sentence about what became of a wish to save or play."""

    def __init__(
        self, cache: CacheView, commands: Commands, movement: Movement, theme: Theme, window: QWidget
    ) -> None:
        """Make no viewer before something is opened."""
        super().__init__(window)
        self._cache = cache
        self._commands = commands
        self._movement = movement
        self._theme = theme
        self._window = window
        self._viewer: PictureViewer | None = None
        self.pictures = Pictures(cache, commands, self, movement)
        self.recordings = Recordings(cache, commands, Playback(self), self)
        self.recordings.said.connect(self.said)
        self.saver = Saver(commands, window)
        self.saver.said.connect(self.said)

    @property
    def viewer(self) -> PictureViewer | None:
        """The viewer, None before something was opened."""
        return self._viewer

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being decoded or played."""
        return self.pictures.is_settled and self.recordings.is_settled

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._viewer is not None:
            self._viewer.set_theme(theme)

    def open_picture(self, message: Message, part_index: int) -> None:
        """Show a picture or a video large, with the others of its chat as neighbours."""
        items = self.viewer_items(message.chat_id)
        wanted = (message.id, part_index)
        at = next((at for at, each in enumerate(items) if (each.message.id, each.part_index) == wanted), None)
        if at is None:
            return
        if self._viewer is None:
            pool = Pool(VIEWER_POOL_BYTES, VIEWER_POOL_BYTES)
            pixels = Pictures(self._cache, self._commands, self, self._movement, pool=pool)
            sources = MediaSources(pixels, self.pictures, self.recordings)
            self._viewer = PictureViewer(sources, self.saver, self._theme, self._window)
        self._viewer.show_items(items, at)

    def viewer_items(self, chat_id: ChatId) -> Sequence[MediaItem]:
        """Return the pictures and videos of what is loaded of a chat, oldest first."""
        messages = (media_message(row.content) for row in self._cache.rows(chat_id))
        return [
            MediaItem(message, index)
            for message in messages
            if message is not None
            for index, part in enumerate(message.parts)
            if isinstance(part, MediaPart) and is_seen_large(part)
        ]

    def save_all(self, message: Message) -> None:
        """Ask into which folder all files of a message go, and save them."""
        items = [
            MediaItem(message, index)
            for index, part in enumerate(message.parts)
            if isinstance(part, MediaPart)
        ]
        if items:
            self.saver.ask_and_save_all(items)

    def open_elsewhere(self, message: Message, part_index: int) -> None:
        """Open a file in the system's own program, if it is of a harmless kind; else say why not."""
        if isinstance(message.parts[part_index], MediaPart):
            self.saver.open_elsewhere(MediaItem(message, part_index))

    def save(self, message: Message, part_index: int) -> None:
        """Ask where to save a file, and save it."""
        if isinstance(message.parts[part_index], MediaPart):
            self.saver.ask_and_save(MediaItem(message, part_index))
