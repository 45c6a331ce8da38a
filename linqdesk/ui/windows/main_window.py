"""The window: chats at the left, the open thread, details at the right."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.outgoing import OutgoingState
from linqdesk.local.settings import MAX_ZOOM, MIN_ZOOM
from linqdesk.services.pace import Pace
from linqdesk.store.changes import ChatAdopted, ChatsChanged, ConnectionChanged
from linqdesk.store.view import ConnectionState
from linqdesk.ui.chat_list.chat_list_panel import ChatListPanel
from linqdesk.ui.panels.banner import Banner
from linqdesk.ui.panels.status_bar import StatusBar
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.rail.lines_rail import LinesRail
from linqdesk.ui.text_size import wear_zoom
from linqdesk.ui.windows.area_keys import AreaKeys
from linqdesk.ui.windows.chat_area import ChatArea
from linqdesk.ui.windows.columns import Columns
from linqdesk.ui.windows.crash_desk import CrashDesk
from linqdesk.ui.windows.errands import Errands
from linqdesk.ui.windows.handle_drops import ButtonDrops, GroupDrops
from linqdesk.ui.windows.new_chat_desk import NewChatDesk
from linqdesk.ui.windows.read_desk import ReadDesk
from linqdesk.ui.windows.side_desk import SideDesk
from linqdesk.ui.windows.sign_in_desk import SignInDesk
from linqdesk.ui.windows.unsent_desk import UnsentDesk
from linqdesk.ui.windows.uploads_line import UploadsLine
from linqdesk.ui.wording import banner_words

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from linqdesk.domain.ids import ChatId
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.people_commands import PeopleCommands
    from linqdesk.ui.theme import Theme

_MIN_SIZE, _SIZE = QSize(760, 560), QSize(1240, 800)
_COUNT_AFTER_MS = 250
_ZOOM_STEP = 0.1


class MainWindow(QMainWindow):
    """Shows what the cache holds and asks the commands for what the agent wants."""

    sign_in_requested = Signal(str)
    demo_requested = Signal()
    sign_out_requested = Signal()
    settings_wanted = Signal()
    zoom_changed = Signal(float)
    closed = Signal()

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, preferences: Preferences | None = None
    ) -> None:
        """Build the window; it is not shown yet. Without preferences it has the usual ones."""
        super().__init__()
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._open_chat: ChatId | None = None
        self.sign_in = SignInDesk(theme, self)
        self._counting = QTimer(self)
        self.zoom = 1.0
        self.setObjectName("main_window")
        self.setAccessibleName("LinqDesk")
        self.setMinimumSize(_MIN_SIZE)
        self.resize(_SIZE)
        self._banner = Banner(self)
        # The Tab key goes through the columns in the order in which they are made.
        self._rail = LinesRail(cache, theme, self)
        self._chats = ChatListPanel(cache, theme, self)
        self._area = ChatArea(cache, commands, theme, preferences or Preferences(parent=self), self)
        self._chats.list.see_icons(lambda: self._area.icons)
        self._columns = Columns(self._chats, self._area, _SIZE.width(), self)
        self._columns.put_left(self._rail)
        self._side = SideDesk(cache, commands, theme, self._area, self._columns)
        self._status = StatusBar(cache, commands, theme, self)
        self._status.put_first(UploadsLine(cache, commands, self._status))
        self._errands = Errands(self, self._area, cache, theme, self.open_chat)
        self._read = ReadDesk(commands, self._chats.list, self._area)
        self._new_chat = NewChatDesk(cache, commands, theme, self._area, self)
        self.crashes = CrashDesk(self)
        self.unsent = UnsentDesk(self, self._area, cache, commands, theme)
        self._lay_out()
        self._connect()
        self._count()

    def _lay_out(self) -> None:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self.crashes.banner)
        column.addWidget(self._columns, 1)
        column.addWidget(self._status)
        self.setCentralWidget(whole)
        # The keyboard starts nowhere: in the list it would hold the order still, in the search it distracts.
        whole.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        whole.setFocus()

    def _connect(self) -> None:
        # Counting over all chats for each of a burst of arrivals would cost frames.
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count)
        self.sign_in.token_given.connect(self.sign_in_requested)
        self.sign_in.demo_wanted.connect(self.demo_requested)
        self._chats.list.chat_chosen.connect(self._on_chat_chosen)
        self._rail.lines.chosen_changed.connect(self._chats.list.chats.set_lines)
        self._chats.list.drops.dropped.connect(self._errands.put_files)
        self._chats.list.seen.connect(self._commands.want_previews)
        self._chats.settings_wanted.connect(self.settings_wanted)
        self._chats.new_chat_wanted.connect(self._new_chat.begin)
        self._new_chat.chat_wanted.connect(self._on_chat_chosen)
        self._area.recorded_chat_wanted.connect(self.open_chat)
        self._area.details_wanted.connect(self._side.toggle)
        self._area.read_wanted.connect(self._read.mark_open_read)
        self._area.back_wanted.connect(self._go_back)
        self._area.find_wanted.connect(self._errands.find)
        self._area.reply_wanted.connect(self._errands.answer)
        self._area.edit_wanted.connect(self._errands.edit)
        self._area.thread_wanted.connect(self._side.open_thread)
        self._area.forward_wanted.connect(self._errands.forward)
        self._side.edit_wanted.connect(self._errands.edit)
        self._side.forward_wanted.connect(self._errands.forward)
        self._side.shared.connect(self._share_width)
        self._side.chat_wanted.connect(self._on_chat_chosen)
        self._side.new_chat_wanted.connect(self._new_chat.begin_with)
        ButtonDrops(self._chats.new_chat_button).dropped.connect(self._new_chat.add)
        GroupDrops(self._chats.list, self._cache).dropped.connect(self._side.add_to_group)
        self._banner.acted.connect(self._on_banner_acted)
        self._status.unsent_wanted.connect(self.unsent.open)
        self.unsent.chat_wanted.connect(self.open_chat)
        # Held, or the connection to its method would go with it.
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        self._bind_keys()

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Alt+Down", lambda: self._step(1)),
            ("Alt+Up", lambda: self._step(-1)),
            ("Ctrl+Shift+M", self._read.mark_open_unread),
            ("Ctrl+N", self._new_chat.begin),
            ("Ctrl+K", self._errands.switch),
            ("Ctrl+J", self._jump_to_newest),
            ("Ctrl+F", self._errands.find),
            ("Ctrl+G", self._errands.ask_for_day),
            ("Alt+Left", self._errands.go_back),
            ("Ctrl++", lambda: self.set_zoom(self.zoom + _ZOOM_STEP)),
            ("Ctrl+-", lambda: self.set_zoom(self.zoom - _ZOOM_STEP)),
            ("Ctrl+0", lambda: self.set_zoom(1.0)),
            ("Ctrl+Shift+U", self.unsent.open),
            ("Ctrl+,", self.settings_wanted.emit),
            ("Escape", self._close_topmost),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        AreaKeys(self, self._rail, self._chats, self._area, self._side)
        for number in range(1, 10):
            choose = partial(self._rail.choose_number, number)
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(choose)

    @property
    def cache(self) -> CacheView:
        """What it shows."""
        return self._cache

    @property
    def commands(self) -> Commands:
        """What it asks of the services."""
        return self._commands

    @property
    def open_chat_id(self) -> ChatId | None:
        """Which chat is open."""
        return self._open_chat

    @property
    def people(self) -> PeopleCommands:
        """Who keeps names and notes."""
        return self._commands.people

    @property
    def area(self) -> ChatArea:
        """The thread with its header and composer."""
        return self._area

    @property
    def chats(self) -> ChatListPanel:
        """The column of chats."""
        return self._chats

    @property
    def rail(self) -> LinesRail:
        """The rail of our lines."""
        return self._rail

    @property
    def is_settled(self) -> bool:
        """Whether nothing in the window loads or moves."""
        return self._area.is_settled

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = self._errands.theme = self.sign_in.theme = theme
        self._status.theme = theme
        self._status.update()
        self._new_chat.set_theme(theme)
        self.unsent.set_theme(theme)
        for each in (self._rail, self._chats, self._area, self._side):
            each.set_theme(theme)

    def set_zoom(self, zoom: float) -> None:
        """Write everything at 0.8 to 2.0 times its size; the nearest possible for other values."""
        self.zoom = round(max(MIN_ZOOM, min(MAX_ZOOM, zoom)), 1)
        wear_zoom(self._theme, self.zoom)
        self._share_width()
        self.zoom_changed.emit(self.zoom)

    def open_chat(self, chat_id: ChatId) -> None:
        """Open a chat, at the agent's wish and at nothing else's."""
        if self._cache.summary(chat_id) is None:
            return
        self._open_chat = chat_id
        self._commands.open_chat(chat_id)
        self._area.show_chat(chat_id)
        self._chats.list.mark_open(chat_id)
        self._side.refresh()
        self._read.refresh()
        self._status.pace.show_chat(chat_id)
        self._share_width()

    def open_panel(self) -> None:
        """Show the details of the open chat."""
        self._side.open_details()

    def keep_drafts(self) -> None:
        """Keep at once everything that is being written, which else is kept soon."""
        for each in (self._area, self._side, self._new_chat):
            each.keep()

    def remember_lines(self) -> None:
        """Show the lines that the agent chose in the run before, and keep the choice."""
        self._rail.remember(self._area.ways.preferences)

    def ask_to_sign_in(self, fault: str | None = None) -> None:
        """Ask for a token."""
        self.sign_in.ask(fault)

    def stand(self) -> tuple[str, str]:
        """Return how the window stands: its geometry and its columns, as text to keep."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        return geometry, self._columns.stand()

    def stand_as(self, geometry: str, columns: str) -> None:
        """Stand as it stood before; nonsense is ignored."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        self._columns.stand_as(columns)

    # What the agent does.

    def _on_chat_chosen(self, chat_id: ChatId) -> None:
        self.open_chat(chat_id)
        self._area.composer.edit.setFocus()

    def _step(self, by: int) -> None:
        """Open the chat above or below the open one."""
        chats = self._chats.list.chats
        if not chats.rowCount():
            return
        row = chats.row_of(self._open_chat) if self._open_chat is not None else None
        target = 0 if row is None else max(0, min(chats.rowCount() - 1, row + by))
        self.open_chat(chats.chat_at(target))

    def _jump_to_newest(self) -> None:
        if self._open_chat is not None:
            self._area.messages.jump_to_newest()

    def _go_back(self) -> None:
        self._open_chat = None
        self._commands.open_chat(None)
        self._area.show_chat(None)
        self._chats.list.mark_open(None)
        self._side.close()
        self._share_width()
        self._chats.list.setFocus()

    def _close_topmost(self) -> None:
        """Close what lies on top: the search, else the details."""
        if self._chats.search.hasFocus() and self._chats.search.text():
            self._chats.search.clear()
        elif not self._area.close_topmost() and self._side.is_open:
            self._side.close()

    def _on_banner_acted(self) -> None:
        if self._cache.connection.state is ConnectionState.SIGNED_OUT:
            self.ask_to_sign_in()
        else:
            self._commands.refresh()

    # What the cache says.

    def _on_cache_changed(self, change: Change) -> None:
        match change:
            case ConnectionChanged():
                self._status.refresh()
                self._say_banner()
                self._chats.list.viewport().update()
            case ChatAdopted():
                self._adopt(change)
            case ChatsChanged():
                self._counting.start()
                if self._open_chat in change.removed:
                    self._go_back()
                if self._open_chat in change.updated:
                    self._area.refresh()
                    self._side.refresh()
                    self._read.refresh()
            case _:
                return

    def _adopt(self, change: ChatAdopted) -> None:
        """Stay with a chat that began here when Linq gives it its id."""
        self._area.adopt(change.local_id, change.chat_id)
        if self._open_chat == change.local_id:
            self._open_chat = change.chat_id
            self._chats.list.mark_open(change.chat_id)
            self._side.refresh()

    def _say_banner(self) -> None:
        connection = self._cache.connection
        is_signed_out = connection.state is ConnectionState.SIGNED_OUT
        self._banner.say(
            banner_words(connection, datetime.now(UTC)), "Sign in" if is_signed_out else "Try now"
        )

    def _count(self) -> None:
        """Say in the title how many chats are unread, and at the foot what is not sent."""
        summaries = [self._cache.summary(chat_id) for chat_id in self._cache.chat_ids()]
        known = [each for each in summaries if each is not None]
        unread = sum(each.unread_count > 0 for each in known)
        self.setWindowTitle(f"({unread}) LinqDesk" if unread else "LinqDesk")
        self._rail.lines.count(known)
        unsent = [each.state for each in self._cache.unsent()]
        failed = unsent.count(OutgoingState.FAILED)
        self._status.say_outbox(len(unsent) - failed, failed)

    # The window itself.

    def _share_width(self) -> None:
        """Give the columns their room: side by side, in turns, or the details on top."""
        if self._open_chat is not None:
            self._area.header.back.setVisible(self._columns.is_narrow(self.width()))
        self._columns.share(self.width(), has_chat=self._open_chat is not None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tell the services how much the agent sees."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ActivationChange, QEvent.Type.WindowStateChange}:
            self._commands.set_pace(self._pace())

    def _pace(self) -> Pace:
        if self.isMinimized():
            return Pace.MINIMISED
        return Pace.FOCUSED if self.isActiveWindow() else Pace.UNFOCUSED

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written, and say that the window goes; ask before, where something waits."""
        if not self.unsent.may_end():
            event.ignore()
            return
        self.keep_drafts()
        self._area.show_chat(None)
        self._new_chat.close()
        super().closeEvent(event)
        self.closed.emit()
