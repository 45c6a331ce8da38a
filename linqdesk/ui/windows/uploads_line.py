"""One line about all files that are on their way to Linq, whichever chats they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from linqdesk.store.changes import UploadMoved
from linqdesk.store.uploads import UploadTotal
from linqdesk.ui.panels.labels import ElidedLabel
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize

if TYPE_CHECKING:
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands

_SEVERAL = 2
# What is done sooner would only flash.
_SHOWN_AFTER_MS = 500
_TRACK_WIDTH_PX, _TRACK_HEIGHT_PX, _GAP_PX = 72, 4, 8


class UploadsLine(QWidget):
    """Hidden unless several files are on their way; a screen reader hears of start, trouble and end alone."""

    said = Signal(str)
    """What a screen reader hears."""

    def __init__(self, cache: CacheView, commands: Commands, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._shown = UploadTotal()
        self.setObjectName("uploads")
        self.setAccessibleName("Uploads")
        self._track = QFrame(self)
        self._track.setObjectName("uploads_track")
        self._track.setFixedSize(_TRACK_WIDTH_PX, _TRACK_HEIGHT_PX)
        self._done = QFrame(self._track)
        self._done.setObjectName("uploads_done")
        self._words = ElidedLabel(self, FontSize.META, is_secondary=True)
        self._words.setObjectName("uploads_words")
        self._cancel = QPushButton("Cancel all", self)
        self._cancel.setObjectName("cancel_uploads")
        self._cancel.setAccessibleName("Cancel all uploads")
        wear_font(self._cancel, FontSize.META)
        self._cancel.clicked.connect(self._cancel_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        for each in (self._track, self._words, self._cancel):
            row.addWidget(each)
        self.said.connect(self._announce)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SHOWN_AFTER_MS)
        self._waiting.timeout.connect(self._appear)
        subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(subscription.close)
        self.hide()

    @property
    def is_about_to_appear(self) -> bool:
        """Whether it shows itself soon unless the uploads are done by then."""
        return self._waiting.isActive()

    def _on_cache_changed(self, change: Change) -> None:
        if not isinstance(change, UploadMoved):
            return
        total = self._cache.uploads.total()
        if not self.isHidden():
            self._say(total)
        elif not _is_worth_a_line(total):
            self._waiting.stop()
        elif not self.is_about_to_appear:
            self._waiting.start()

    def _cancel_all(self) -> None:
        for outgoing in self._cache.unsent():
            if outgoing.content.missing_files:
                self._commands.sending.cancel_upload(outgoing.local_id)

    def _announce(self, words: str) -> None:
        from linqdesk.ui.thread.accessibility import announce

        announce(self, words)

    def _appear(self) -> None:
        total = self._cache.uploads.total()
        if not _is_worth_a_line(total):
            return
        self._shown = total
        self._write(total)
        self.show()
        self.said.emit(f"Uploading {total.file_count} files")

    def _say(self, total: UploadTotal) -> None:
        was, self._shown = self._shown, total
        if not total.is_under_way:
            self.hide()
            self.said.emit(_words_at_end(total))
            return
        if total.stopped_count > was.stopped_count:
            self.said.emit(_trouble_words(total.stopped_count))
        self._write(total)

    def _write(self, total: UploadTotal) -> None:
        words = _words(total)
        if words != self._words.text():
            # As wide as it gets, so that nothing beside it moves with the digits.
            widest = _words(UploadTotal(total.file_count, total.file_count, total.stopped_count, 1.0))
            width_px = QFontMetrics(self._words.font()).horizontalAdvance(widest)
            self._words.setText(widest)
            self._words.setMaximumWidth(width_px + 4)
            self._words.setText(words)
            self._words.setAccessibleName(words)
        self._done.setGeometry(0, 0, round(_TRACK_WIDTH_PX * total.progress), _TRACK_HEIGHT_PX)


def _is_worth_a_line(total: UploadTotal) -> bool:
    return total.is_under_way and total.file_count >= _SEVERAL


def _words(total: UploadTotal) -> str:
    words = f"{total.done_count} of {total.file_count} files uploaded, {total.progress:.0%}"
    return f"{words}, {total.stopped_count} stopped" if total.stopped_count else words


def _trouble_words(count: int) -> str:
    return f"{count} file{'s' if count > 1 else ''} could not be uploaded"


def _words_at_end(total: UploadTotal) -> str:
    if total.done_count == total.file_count:
        return f"{total.file_count} files uploaded"
    return f"{total.done_count} of {total.file_count} files uploaded, the others wait for you"
