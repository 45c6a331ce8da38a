"""Builds every object by hand; owns start-up and shutdown."""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from linqdesk.account import Door
from linqdesk.arguments import WindowOptions
from linqdesk.crash_care import CrashCare
from linqdesk.desk_application import DeskApplication
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.links import find_links
from linqdesk.domain.seen import ReadPolicy
from linqdesk.entrance import Entrance, Rooms, Ways
from linqdesk.garbage import collecting_at_rest
from linqdesk.local.environment import Environment, read_environment
from linqdesk.local.log_files import report_of
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.paths import find_paths
from linqdesk.local.seen_file import SeenFile
from linqdesk.one_owner import Ownership, owned
from linqdesk.preference_keeper import PreferenceKeeper
from linqdesk.services.session import Session
from linqdesk.services.task_scope import TaskScope
from linqdesk.settings_desk import SettingsDesk
from linqdesk.stop_signals import StopSignals
from linqdesk.store.cache import Cache
from linqdesk.succession import NextRun, Opening
from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.names import chat_title
from linqdesk.ui.style import wear
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.accessibility import ThreadAccessibility
from linqdesk.ui.windows.main_window import MainWindow
from linqdesk.ui.windows.notice_box import open_notice
from linqdesk.unsent import Unsent

if TYPE_CHECKING:
    from linqdesk.local.settings import Settings

FAILURE = 1
# What is unsent is on the disk, so the end waits for no server. Signing out also deletes files.
_SESSION_WITHIN_S, _CLOSE_WITHIN_S, _CLOSE_AND_WIPE_WITHIN_S = 1.4, 2.0, 5.0


class Desk:
    """One run of the program: its window, its session, and what belongs to both."""

    def __init__(
        self,
        application: QApplication,
        options: WindowOptions,
        environment: Environment,
        opening: Opening | None = None,
    ) -> None:
        """Build everything that the first picture of the window needs."""
        self._opening = opening or Opening()
        self.next_run: NextRun | None = None
        self._application = application
        self._options = options
        self._paths = find_paths(environment.data_dir)
        self._door = Door(environment, options)
        self._stopped = asyncio.Event()
        self._stop_log: Callable[[], None] | None = None
        self.exit_code = 0
        self.cache = Cache()
        self._files = MediaCache(self._paths.media_dir)
        self._unsent = Unsent(self._paths, options)
        self._tasks = TaskScope("desk", self._on_failure)
        self.session = Session(
            self.cache,
            files=self._files,
            keeping=self._unsent.keeping,
            on_failure=self._on_failure,
        )
        self._keeper = PreferenceKeeper(self._paths.settings_file, self._tasks, application, options.theme)
        self.preferences = self._keeper.preferences
        theme = self._keeper.theme
        wear(application, theme)
        self.window = MainWindow(self.cache, self.session, theme, self.preferences)
        self.window.unsent.asks_at_end = not options.is_demo
        self.settings = SettingsDesk(self.preferences, self.window, self._paths.data_dir, self._tasks, theme)
        self.settings.token_place = lambda: self._door.token_place.words
        self._keeper.dress(self._wear)
        self._place_window()
        self._on_preferences_changed(self.preferences.current)
        self.preferences.changed.connect(self._on_preferences_changed)
        self.settings.watch_zoom()
        ways = Ways(tell=self._tell, fail=self.fail, leave=self._leave)
        self._entrance = Entrance(self._door, self._rooms(), self._tasks, ways)
        self.window.closed.connect(self.stop)

    def _rooms(self) -> Rooms:
        return Rooms(
            cache=self.cache,
            session=self.session,
            files=self._files,
            unsent=self._unsent,
            seen=SeenFile(self._paths.seen_file),
            contacts=self._paths.contacts_file,
            window=self.window,
        )

    def stop(self) -> None:
        """Begin to end this run."""
        self._stopped.set()

    def _leave(self, next_run: NextRun) -> None:
        """Begin to end this run for another one."""
        self.next_run = next_run
        self.stop()

    def fail(self, sentence: str) -> None:
        """End this run with exit code 1 and a sentence on stderr."""
        sys.stderr.write(f"linqdesk: {sentence}\n")
        self.exit_code = FAILURE
        self.stop()

    async def run(self) -> int:
        """Show the window, connect, and work until it is closed; returns the exit code."""
        self.window.show()
        # The first picture comes before everything that it does not need.
        await asyncio.sleep(0)
        self._tasks.start(self._begin(), name="begin")
        await self._stopped.wait()
        keyring_s = self._door.environment.keyring_wait_s
        limit_s = _CLOSE_WITHIN_S if self.next_run is None else _CLOSE_AND_WIPE_WITHIN_S + keyring_s
        try:
            async with asyncio.timeout(limit_s):
                await self._close()
        except TimeoutError:
            sys.stderr.write("linqdesk: something did not end in time; what is unsent is safe\n")
        return self.exit_code

    async def _begin(self) -> None:
        await self._start_log()
        self._keeper.complain()
        # The HTTP client imports anyio.abc where requests first wait for each other: 0.1 s amidst a click.
        for later in ("linqdesk.ui.windows.chat_page", "PySide6.QtSvg", "anyio.abc"):
            await asyncio.to_thread(import_module, later)
        # The first search prepares all later ones; a chat's first picture should not wait for that.
        await asyncio.to_thread(find_links, "example.com https://example.com")
        self.window.area.build()
        self.window.chats.draw_icons()
        self.settings.canned.look_again()
        await self._entrance.enter(self._opening)
        if self._stopped.is_set():
            return
        if self._options.draws_off_screen:
            await self._draw()
            return
        if self._options.open_chat is not None:
            await self._open_named(self._options.open_chat)
        await self._prepare_pickers()

    async def _prepare_pickers(self) -> None:
        """Ready what pickers and drags need, so that the first of them is as fast as the next."""
        from linqdesk.local.emoji_table import load_emoji

        for later in ("linqdesk.ui.pickers.emoji_picker", "linqdesk.ui.pickers.effects_picker"):
            await asyncio.to_thread(import_module, later)
        await asyncio.to_thread(load_emoji)
        self.window.area.build().drops.prepare()

    async def _start_log(self) -> None:
        from linqdesk.local.log_files import start_log

        try:
            level = self._door.environment.log_level
            self._stop_log = await asyncio.to_thread(start_log, self._paths, level)
        except LocalFaultError as fault:
            sys.stderr.write(f"linqdesk: {fault.message}\n")

    async def _draw(self) -> None:
        from linqdesk import pictures

        scene = pictures.Scene(self.window, self.cache, self.session, self.chat_named, self._wear)
        try:
            await pictures.draw(scene, self._options)
        except LinqDeskError as fault:
            self.fail(fault.message)
        else:
            self.stop()

    async def _open_named(self, name: str) -> None:
        from linqdesk.pictures import settled

        await settled(lambda: bool(self.cache.chat_ids()))
        chat_id = self.chat_named(name)
        if chat_id is None:
            self.fail(f"there is no chat '{name}'")
        else:
            self.window.open_chat(chat_id)

    def chat_named(self, name: str) -> ChatId | None:
        """Return the chat of an id or a name, None where there is none."""
        wanted = name.casefold()
        for chat_id in self.cache.chat_ids():
            summary = self.cache.summary(chat_id)
            title = chat_title(summary.chat, self.cache) if summary is not None else ""
            if chat_id == name or title.casefold() == wanted:
                return chat_id
        return None

    def _wear(self, theme: Theme) -> None:
        self.settings.theme = theme
        wear(self._application, theme)
        self.window.set_theme(theme)

    def _on_preferences_changed(self, settings: "Settings") -> None:
        self.session.sending.enable_typing(is_enabled=settings.typing_indicator)
        self.session.reading.set_policy(ReadPolicy(settings.read_when))
        self.session.set_request_rate(settings.requests_per_s)

    def _place_window(self) -> None:
        screenshot = self._options.screenshot
        if screenshot is not None and screenshot.size_px is not None:
            self.window.setMinimumSize(200, 200)
            self.window.resize(*screenshot.size_px)
        elif not self._options.draws_off_screen:
            settings = self.preferences.current
            self.window.stand_as(settings.geometry, settings.splitter)
            self.window.set_zoom(settings.zoom)

    def _tell(self, sentence: str) -> None:
        """Show a sentence over the window without holding anything up."""
        sys.stderr.write(f"linqdesk: {sentence}\n")
        open_notice("LinqDesk", sentence, self.window)

    def come_forward(self) -> None:
        """Show the window before all others."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _on_failure(self, failure: Exception) -> None:
        self.note_crash(report_of(failure))

    def note_crash(self, report: str) -> None:
        """Say that something failed which nobody expected, by its report; from any thread."""
        kind = report.partition(" ")[0]
        sentence = f"something went wrong that was not expected ({kind}); see the log"
        if self._options.draws_off_screen:
            self.fail(sentence)
        else:
            # What the agent has written is worth more than a clean end.
            sys.stderr.write(f"linqdesk: {sentence}\n")
            self.window.crashes.note(report)

    async def _close(self) -> None:
        """End in the order in which nothing is lost: drafts, session, network, settings.

        Nothing can be written any more, for nobody would keep it.
        """
        self.window.keep_drafts()
        self.window.setEnabled(False)
        self._keeper.close()
        await self._tasks.close()
        try:
            async with asyncio.timeout(_SESSION_WITHIN_S):
                await self.session.close()
        except TimeoutError:
            sys.stderr.write("linqdesk: the server did not answer in time; what is unsent is kept\n")
        self._note_complaint(await self._entrance.wipe())
        await self._unsent.close()
        await self._door.close()
        if not self._options.draws_off_screen:
            await self._keeper.keep_place(*self.window.stand())
        if self._stop_log is not None:
            self._stop_log()

    def _note_complaint(self, complaint: str | None) -> None:
        if complaint is not None and self.next_run is not None:
            opening = replace(self.next_run.opening, words=complaint)
            self.next_run = replace(self.next_run, opening=opening)


def run(
    options: WindowOptions, make_application: Callable[[list[str]], DeskApplication] = DeskApplication
) -> int:
    """Run the window until it is closed; returns the exit code.

    Args:
        options: how the window is to open.
        make_application: a benchmark brings an application that watches.
    """
    try:
        environment = read_environment(os.environ)
    except LocalFaultError as fault:
        sys.stderr.write(f"linqdesk: {fault.message}\n")
        return FAILURE
    if options.screenshot is not None:
        os.environ["QT_SCALE_FACTOR"] = str(options.screenshot.scale)
    application = make_application(sys.argv[:1])
    application.setApplicationName("LinqDesk")
    application.setStyle("Fusion")
    # With Qt's default the loop dies under the tasks as soon as the window closes.
    application.setQuitOnLastWindowClosed(False)
    install_fonts(application)
    accessibility = ThreadAccessibility()
    accessibility.install()
    ownership, may_run = owned(options, environment, application)
    if not may_run:
        return 0
    import qasync

    with qasync.QEventLoop(application) as loop, collecting_at_rest(application.eventDispatcher()):
        return int(loop.run_until_complete(_run(application, options, environment, ownership)))


async def _run(
    application: DeskApplication,
    options: WindowOptions,
    environment: Environment,
    ownership: Ownership | None,
) -> int:
    program = Program(application, options, environment)
    application.quit_wished.connect(program.stop)
    signals = StopSignals(program.stop)
    care = CrashCare(program.note_crash)
    care.watch(asyncio.get_running_loop())
    if ownership is not None:
        ownership.when_raised(program.come_forward)
    try:
        return await program.run()
    finally:
        care.close()
        signals.close()
        if ownership is not None:
            ownership.release()


class Program:
    """One run of the window after another, until one ends without wishing for the next."""

    def __init__(self, application: QApplication, options: WindowOptions, environment: Environment) -> None:
        """Build the first window."""
        self._application = application
        self._is_stopped = False
        self.desk = Desk(application, options, environment)

    def stop(self) -> None:
        """Begin to end the program."""
        self._is_stopped = True
        self.desk.stop()

    def note_crash(self, kind: str) -> None:
        """Say that something failed which nobody expected, by its kind; from any thread."""
        self.desk.note_crash(kind)

    def come_forward(self) -> None:
        """Show the window before all others."""
        self.desk.come_forward()

    async def run(self) -> int:
        """Work until the window is closed; returns the exit code."""
        while True:
            exit_code = await self.desk.run()
            next_run = self.desk.next_run
            if next_run is None or self._is_stopped:
                return exit_code
            before = self.desk.window
            self.desk = Desk(self._application, next_run.options, next_run.environment, next_run.opening)
            before.hide()
            before.deleteLater()
