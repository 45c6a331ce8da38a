"""A video in the viewer: what it shows now, and what its controls do with it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from linqdesk.ui.media.media_words import is_video
from linqdesk.ui.media.playback import STEP_MS
from linqdesk.ui.media.recordings import RecordingLook, Recordings
from linqdesk.ui.media.saver import MediaItem
from linqdesk.ui.theme import Theme
from linqdesk.ui.windows.film_bar import FilmBar


class ViewedFilm(QObject):
    """Plays the item that is shown, if that is a video, by the thread's own player.

    So one thing plays at a time, and what played in the thread goes on where it was. `bar` has the controls.
    """

    def __init__(self, recordings: Recordings, theme: Theme, window: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(window)
        self._recordings = recordings
        self._item: MediaItem | None = None
        self.bar = FilmBar(theme, window)
        self.bar.toggled.connect(self.toggle)
        self.bar.sought.connect(self._on_sought)
        self.bar.faster.connect(self._on_faster)

    def show_item(self, item: MediaItem) -> None:
        """Turn to another item; what plays elsewhere ends."""
        self._item = item if is_video(item.part) else None
        self.bar.setVisible(self._item is not None)
        if self._recordings.playback.key is not None and not self.is_current:
            self._recordings.rest()

    def leave(self) -> None:
        """Play nothing."""
        self._item = None
        self._recordings.rest()

    @property
    def is_shown(self) -> bool:
        """Whether the item is a video."""
        return self._item is not None

    @property
    def is_current(self) -> bool:
        """Whether it is played or paused."""
        item = self._item
        return item is not None and self._recordings.is_current(item.message, item.part_index)

    def natural_size(self) -> tuple[int, int] | None:
        """Return its own width and height in pixels, None until it was read."""
        return self._recordings.natural_size(self._item.part) if self._item is not None else None

    def look(self, ratio: float) -> RecordingLook | None:
        """Return how it stands, None where there is no video; `ratio` is device pixels a unit."""
        item = self._item
        return None if item is None else self._recordings.look_at(item.message, item.part_index, ratio)

    def still(self, ratio: float, room: tuple[int, int] | None = None) -> QPixmap | None:
        """Return what it shows now; later pictures fit into a `room`, in pixels of the screen."""
        look = self.look(ratio)
        if look is None:
            return None
        if room is not None and self.is_current:
            self._recordings.playback.set_room(*room)
        return QPixmap.fromImage(look.picture) if isinstance(look.picture, QImage) else look.picture

    def retry(self) -> None:
        """Ask again for a file that could not be had."""
        if self._item is not None:
            self._recordings.retry(self._item.message, self._item.part_index)

    def toggle(self) -> None:
        """Play, or pause."""
        item, look = self._item, self.look(1.0)
        if item is not None and look is not None and not look.words:
            self._recordings.toggle(item.message, item.part_index)

    def step(self, by: int) -> bool:
        """Go five seconds back or forward; tells whether there is anything to go through."""
        is_current = self.is_current
        if is_current:
            self._recordings.playback.step(by * STEP_MS)
        return is_current

    def _on_sought(self, position_ms: int) -> None:
        if self._item is not None:
            self._recordings.play_from(self._item.message, self._item.part_index, position_ms)

    def _on_faster(self) -> None:
        self._recordings.playback.next_rate()
        look = self.look(1.0)
        if look is not None:
            self.bar.say(look)
