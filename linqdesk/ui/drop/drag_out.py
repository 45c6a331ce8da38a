"""Lets pictures and other files be dragged out of the thread: onto the desktop, or into another chat."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import MediaPart, Message
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.media_commands import MediaCommands
from linqdesk.ui.models.media_words import file_facts
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.thread.targets import AudioTarget, FileTarget, PictureTarget, Target, VideoTarget
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

_PICTURE_PX, _ICON_PX = 120, 40
_FILES = (PictureTarget, VideoTarget, AudioTarget, FileTarget)


@dataclass(slots=True)
class _Press:
    """A file under the pressed button; `has_begun` once it is dragged."""

    message: Message
    part_index: int
    at: QPointF
    has_begun: bool = False


class DragOut(QObject):
    """Begins a drag when a pressed file is pulled; the copy that is dragged is made then.

    `said` tells why a file cannot be dragged.
    """

    said = Signal(str)

    def __init__(self, view: ThreadView, pictures: Pictures, commands: MediaCommands) -> None:
        """Serve a thread; `start` is replaced in tests, for a real drag waits for a real pointer."""
        super().__init__(view)
        self._view = view
        self._pictures = pictures
        self._commands = commands
        self._press: _Press | None = None
        self.start: Callable[[QDrag], object] = _run
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the pointer; while a file is dragged nothing else hears of it."""
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                self._press = self._pressed(event.position())
                return False
            case QEvent.Type.MouseMove:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease:
                press, self._press = self._press, None
                return press is not None and press.has_begun
            case _:
                return False

    def _pressed(self, point: QPointF) -> _Press | None:
        arrangement = self._view.arrangement
        row = arrangement.row_at(point.y())
        top_px = arrangement.place_of(row) if row is not None else None
        if row is None or top_px is None:
            return None
        target: Target | None = arrangement.layout_of(row).hit(point - QPointF(0, top_px))
        # Files of ours, too, before Linq has them.
        message = media_message(self._view.messages.row_at(row).content)
        if not isinstance(target, _FILES) or message is None:
            return None
        return _Press(message, target.part_index, point)

    def _move(self, event: QMouseEvent) -> bool:
        press = self._press
        if press is None:
            return False
        if not event.buttons() & Qt.MouseButton.LeftButton:
            # The button was let go elsewhere, over a dialog that came up: a drag would stick to the pointer.
            self._press = None
            return False
        distance = (event.position() - press.at).manhattanLength()
        if not press.has_begun and distance >= QApplication.startDragDistance():
            press.has_begun = True
            self._view.let_go()
            self._commands.prepare_to_drag(
                press.message, press.part_index, lambda copy: self._on_copied(press, copy)
            )
        return press.has_begun

    def _on_copied(self, press: _Press, copy: Path | LinqDeskError) -> None:
        if isinstance(copy, LinqDeskError):
            self.said.emit(fault_sentence(copy))
        elif press is self._press:
            # A drag turns the event loop, which must not happen within a task.
            QTimer.singleShot(0, self, lambda: self._begin(press, copy))

    def _begin(self, press: _Press, copy: Path) -> None:
        if press is not self._press:
            return
        self._press = None
        drag = QDrag(self._view)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(copy))])
        drag.setMimeData(data)
        drag.setPixmap(self._picture(press))
        self.start(drag)

    def _picture(self, press: _Press) -> QPixmap:
        part = press.message.parts[press.part_index]
        ratio = self._view.devicePixelRatioF()
        held = self._pictures.peek(part) if isinstance(part, MediaPart) else None
        if held is not None:
            side = round(_PICTURE_PX * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            small = held.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            small.setDevicePixelRatio(ratio)
            return small
        name = file_facts(part).icon if isinstance(part, MediaPart) else "file"
        return icon_pixmap(name, self._view.palette().text().color().name(), _ICON_PX, ratio)


def _run(drag: QDrag) -> object:
    return drag.exec(Qt.DropAction.CopyAction)
