"""Lets files be dropped on the open chat: says while they are dragged where they would go."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.outgoing_files import FileSource
from linqdesk.domain.send_gate import Lock
from linqdesk.ui.drop.drop_lanes import DropLanes, Lane
from linqdesk.ui.drop.drop_offer import DropOffer, brings_files, offer_of, sources_of
from linqdesk.ui.theme import Theme

_SOUNDS_LANE = "audio-lines"


class FileTaker(Protocol):
    """Who takes files into the open chat's draft."""

    @property
    def lock(self) -> Lock | None:
        """Why nothing can be sent to it, None where it can."""

    def take_files(self, sources: tuple[FileSource, ...], *, as_memos: bool = False) -> None:
        """Take files in; sounds `as_memos` become voice memos."""


class DropZone(QObject):
    """Watches the drags over a widget; a drop puts files into the draft and sends nothing."""

    def __init__(self, over: QWidget, taker: FileTaker, theme: Theme) -> None:
        """Cover a widget while files are dragged over it."""
        super().__init__(over)
        self._taker = taker
        self.lanes = DropLanes(theme, over)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.lanes.theme = theme

    def prepare(self) -> None:
        """Have everything ready that the first drag needs."""
        self.lanes.prepare(lanes_for(DropOffer(1, 1)))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of drags; a drag enter event is a move event too, so it is asked first."""
        match event:
            case QDragEnterEvent():
                return self._enter(event)
            case QDragMoveEvent():
                return self._move(event)
            case QDropEvent():
                return self._drop(event)
            case _ if event.type() is QEvent.Type.DragLeave:
                self.lanes.hide()
                return True
            case _:
                return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not brings_files(event.mimeData()):
            return False
        lock = self._taker.lock
        if lock is None:
            self.lanes.offer(lanes_for(offer_of(event.mimeData())))
            self.lanes.choose_at(event.position())
            event.setDropAction(Qt.DropAction.CopyAction)
        else:
            self.lanes.refuse(lock.words)
        # Without this Qt would not tell when the drag leaves; the cursor follows what is said of its moves.
        event.accept()
        return True

    def _move(self, event: QDragMoveEvent) -> bool:
        self.lanes.choose_at(event.position())
        if self.lanes.chosen is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self.lanes.choose_at(event.position())
        lane = self.lanes.chosen
        self.lanes.hide()
        if lane is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._taker.take_files(sources_of(event.mimeData()), as_memos=lane.is_memo)
        return True


def lanes_for(offer: DropOffer) -> tuple[Lane, ...]:
    """Return where a drag can go; the limits are those of linq-api.md 2.1."""
    count = "this file" if offer.count == 1 else f"these {offer.count} files"
    if not offer.has_sounds:
        return (Lane("paperclip", f"Add {count}", "Goes into the draft. Up to 100 MB each."),)
    others = offer.count - offer.sound_count
    beside = " Other files stay files." if others else ""
    memo = "Voice memo" if offer.sound_count == 1 else f"{offer.sound_count} voice memos"
    as_file = "File" if offer.count == 1 else f"{offer.count} files"
    return (
        Lane(_SOUNDS_LANE, memo, f"Plays in the bubble. Up to 10 MB.{beside}", is_memo=True),
        Lane("paperclip", as_file, "Goes into the draft. Up to 100 MB each."),
    )
