"""The voice memos of a draft, each with a player, so that they are heard before they are sent."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.ui.commands import Commands
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.recorder.memo_player import MemoPlayer
from linqdesk.ui.theme import Theme

_MOST_SHOWN, _ROW_PX = 3, 46
_ON = True


class MemoShelf(QScrollArea):
    """One player below the other, three at a time to be seen; hidden where there is none."""

    def __init__(self, commands: Commands, playback: Playback, theme: Theme, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._commands = commands
        self._playback = playback
        self._theme = theme
        self._players: dict[FileKey, MemoPlayer] = {}
        self.setObjectName("memo_shelf")
        self.setAccessibleName("Voice memos to send")
        self.setWidgetResizable(_ON)
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setWidget(self._inside)
        self.hide()

    @property
    def players(self) -> tuple[MemoPlayer, ...]:
        """The players, from the first to the last."""
        return tuple(self._players.values())

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for player in self._players.values():
            player.wear(theme)

    def show_draft(self, draft: Draft) -> None:
        """Show the voice memos of a draft; one that is gone plays no longer."""
        memos = [each for each in draft.tray if isinstance(each, DraftFile) and each.is_voice_memo]
        keys = [each.file.key for each in memos]
        if keys == list(self._players):
            return
        for key in [each for each in self._players if each not in keys]:
            self._drop(key)
        for key in keys:
            if key not in self._players:
                self._players[key] = self._made(key)
        self._players = {key: self._players[key] for key in keys}
        for player in self._players.values():
            self._column.addWidget(player)
        self.setFixedHeight(min(_MOST_SHOWN, max(1, len(keys))) * _ROW_PX)
        self.setVisible(bool(keys))

    def _made(self, key: FileKey) -> MemoPlayer:
        file = self._commands.files.path_of(key)
        return MemoPlayer(key, file, self._playback, self._commands.media, self._theme)

    def _drop(self, key: FileKey) -> None:
        player = self._players.pop(key)
        player.rest()
        self._column.removeWidget(player)
        player.hide()
        player.deleteLater()
