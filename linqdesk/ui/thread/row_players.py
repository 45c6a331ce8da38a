"""Puts players on the rows on screen: their controls, their keys, and what is drawn anew while they play."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import Message
from linqdesk.store.media import MediaState
from linqdesk.ui.media.playback import STEP_MS
from linqdesk.ui.media.recordings import RecordingLook, Recordings
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.acts import Acts
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.pieces import AudioPiece, VideoPiece
from linqdesk.ui.thread.player_controls import PlayerControls

# The knob and the mark of the position reach a little beyond their piece's places, never beyond its box.
_EDGE_PX = 4


@dataclass(frozen=True, slots=True)
class _Shown:
    """A recording on screen, and where in the viewport its row begins."""

    message: Message
    piece: AudioPiece | VideoPiece
    top_px: float

    @property
    def box(self) -> QRectF:
        """Where it is in the viewport."""
        return self.piece.box.translated(0, round(self.top_px))


class RowPlayers(QObject):
    """Gives the recordings on screen their controls, from a pool."""

    changed = Signal()
    """Some row has another height now."""
    save_wanted = Signal(object, int)
    """The Message and the part's index of what cannot be played here."""

    def __init__(
        self, viewport: QWidget, messages: MessageListModel, arrangement: Arrangement, theme: Theme
    ) -> None:
        """Have nothing to play yet."""
        super().__init__(viewport)
        self._viewport = viewport
        self._messages = messages
        self._arrangement = arrangement
        self._theme = theme
        self._pool: list[PlayerControls] = []
        self.recordings: Recordings | None = None
        viewport.installEventFilter(self)

    def hear_through(self, recordings: Recordings) -> None:
        """Play recordings from now on; until then they all wait."""
        self.recordings = recordings
        self._arrangement.measure_pictures_by(recordings.natural_size)
        recordings.changed.connect(self._on_recording_changed)

    def obey(self, acts: Acts) -> None:
        """Play what is activated, and pass on the wish to save."""
        acts.video_activated.connect(self.activate)
        acts.audio_activated.connect(self.activate)
        self.save_wanted.connect(acts.file_save_wanted)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Play nothing where the thread is hidden: the window closes, or shows the list of chats."""
        if event.type() is QEvent.Type.Hide:
            self.rest()
        return False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is read or played."""
        return self.recordings is None or self.recordings.is_settled

    def rest(self) -> None:
        """Play nothing: another chat is opened."""
        if self.recordings is not None:
            self.recordings.rest()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for controls in self._pool:
            controls.set_theme(theme)

    def arranged(self) -> None:
        """Put controls on the rows that are on screen now."""
        if self.recordings is None:
            return
        used = 0
        for shown in self._shown():
            self._equip(self._controls_for(used, shown), shown, self._look_at(shown))
            used += 1
        for controls in self._pool[used:]:
            controls.put_away()

    def activate(self, message: Message, part_index: int) -> None:
        """Play or pause a recording; ask again for, or offer to save, what cannot be played."""
        recordings = self.recordings
        if recordings is None:
            return
        seen = recordings.look_at(message, part_index, self._viewport.devicePixelRatioF())
        match seen.act:
            case "Play" | "Pause":
                recordings.toggle(message, part_index)
            case "Retry" | "Load":
                recordings.retry(message, part_index)
            case "Save":
                self.save_wanted.emit(message, part_index)
            case _:
                return

    def take_key(self, row: int, key: int) -> bool:
        """Take a key for the recording of the focused row; tells whether it was one.

        Space plays and pauses the one that plays, else the first; Left and Right go five seconds back and
        forth in what plays or is paused.
        """
        content = media_message(self._messages.row_at(row).content)
        recordings = self.recordings
        if recordings is None or content is None:
            return False
        indexes = [shown.piece.extent.part_index for shown in self._in_row(row, 0.0)]
        current = next((index for index in indexes if recordings.is_current(content, index)), None)
        if key == Qt.Key.Key_Space and indexes:
            self.activate(content, indexes[0] if current is None else current)
            return True
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and current is not None:
            recordings.playback.step(STEP_MS if key == Qt.Key.Key_Right else -STEP_MS)
            return True
        return False

    def _shown(self) -> Iterator[_Shown]:
        for row, top_px in self._arrangement.visible():
            yield from self._in_row(row, top_px)

    def _in_row(self, row: int, top_px: float) -> Iterator[_Shown]:
        content = media_message(self._messages.row_at(row).content)
        if content is None:
            return
        for piece in self._arrangement.layout_of(row).pieces:
            if isinstance(piece, AudioPiece | VideoPiece):
                yield _Shown(content, piece, top_px)

    def _look_at(self, shown: _Shown) -> RecordingLook:
        if self.recordings is None:
            return RecordingLook(MediaState.WAITING)
        ratio = self._viewport.devicePixelRatioF()
        return self.recordings.look_at(shown.message, shown.piece.extent.part_index, ratio)

    def _controls_for(self, used: int, shown: _Shown) -> PlayerControls:
        if used == len(self._pool):
            self._pool.append(self._new_controls())
        # The controls that have the keyboard's focus must stay with their recording.
        key = (shown.message.id, shown.piece.extent.part_index)
        same = next((at for at in range(used, len(self._pool)) if self._pool[at].key == key), used)
        self._pool[used], self._pool[same] = self._pool[same], self._pool[used]
        self._pool[used].belong_to(*_part_of(shown))
        return self._pool[used]

    def _new_controls(self) -> PlayerControls:
        controls = PlayerControls(self._theme, self._viewport)
        controls.toggled.connect(self.activate)
        controls.sought.connect(self._on_sought)
        controls.faster.connect(self._on_faster)
        return controls

    def _equip(self, controls: PlayerControls, shown: _Shown, seen: RecordingLook) -> None:
        controls.say(shown.piece.facts.name, seen)
        down = QPointF(0, round(shown.top_px))
        can_play = not seen.words
        if not seen.act:
            controls.place(None, None, None)
        elif isinstance(shown.piece, AudioPiece):
            sound = shown.piece.player.moved(down)
            has_time = can_play and seen.duration_ms is not None
            controls.place(sound.disc, sound.wave if has_time else None, sound.chip if can_play else None)
        elif seen.is_current:
            film = shown.piece.player.moved(down)
            controls.place(film.disc, film.line, film.chip)
        else:
            controls.place(_middle(shown.box), None, None)

    def _on_sought(self, message: Message, part_index: int, position_ms: int) -> None:
        if self.recordings is not None:
            self.recordings.play_from(message, part_index, position_ms)

    def _on_faster(self) -> None:
        if self.recordings is not None:
            self.recordings.playback.next_rate()
            self._viewport.update()

    def _on_recording_changed(self, attachment_id: AttachmentId) -> None:
        """Draw what has changed anew, and nothing else: this happens many times a second."""
        if self._arrangement.picture_changed(attachment_id):
            self.changed.emit()
            return
        pool = {controls.key: controls for controls in self._pool}
        for shown in self._shown():
            if shown.piece.part.attachment_id != attachment_id:
                continue
            seen = self._look_at(shown)
            if self.recordings is not None and seen.is_current and isinstance(shown.piece, VideoPiece):
                ratio = self._viewport.devicePixelRatioF()
                box = shown.piece.box
                self.recordings.playback.set_room(round(box.width() * ratio), round(box.height() * ratio))
            controls = pool.get((shown.message.id, shown.piece.extent.part_index))
            if controls is not None:
                self._equip(controls, shown, seen)
            self._viewport.update(shown.box.adjusted(-_EDGE_PX, -_EDGE_PX, _EDGE_PX, _EDGE_PX).toRect())


def _part_of(shown: _Shown) -> tuple[Message, int]:
    return shown.message, shown.piece.extent.part_index


def _middle(box: QRectF) -> QRectF:
    """Return where the disc of a video is that does not play."""
    place = QRectF(0, 0, 48, 48)
    place.moveCenter(box.center())
    return place
