"""The menu of a tile: everything that can be done with a file or a text in the tray."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from linqdesk.domain.outgoing_files import DraftFile, DraftText, FileChange
from linqdesk.domain.tray import Entry
from linqdesk.ui.models.media_words import MediaKind, media_kind
from linqdesk.ui.tray.tray_words import OFFERS


class TileMenu(QMenu):
    """Goes with its closing."""

    removed = Signal()
    edited = Signal()
    # The place to which the tile is to go.
    moved = Signal(int)
    memo_wished = Signal(bool)
    # A FileChange.
    change_wished = Signal(object)

    def __init__(
        self, entry: Entry, at: int, count: int, offers: Sequence[FileChange], parent: QWidget
    ) -> None:
        """Offer what suits the entry at a place among so many."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("tile_menu")
        self.setAccessibleName("File actions")
        if isinstance(entry, DraftFile):
            self._offer_changes(entry, offers)
        else:
            self.addAction("Write on in this text\tEnter").triggered.connect(self.edited)
        self.addSeparator()
        earlier = self.addAction("Move earlier\tCtrl+Left")
        earlier.triggered.connect(partial(self.moved.emit, at - 1))
        earlier.setEnabled(at > 0)
        later = self.addAction("Move later\tCtrl+Right")
        later.triggered.connect(partial(self.moved.emit, at + 1))
        later.setEnabled(at < count - 1)
        if isinstance(entry, DraftFile | DraftText):
            self.addSeparator()
            self.addAction("Remove\tDel").triggered.connect(self.removed)

    def _offer_changes(self, entry: DraftFile, offers: Sequence[FileChange]) -> None:
        if media_kind(entry.file.media_type, entry.file.name) is MediaKind.AUDIO:
            wish = "Send as a file" if entry.is_voice_memo else "Send as a voice memo"
            action = self.addAction(wish)
            action.triggered.connect(partial(self.memo_wished.emit, not entry.is_voice_memo))
        for offer in offers:
            action = self.addAction(OFFERS[offer])
            action.triggered.connect(partial(self.change_wished.emit, offer))
