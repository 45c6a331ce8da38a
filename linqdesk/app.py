"""Builds every object by hand; owns start-up and shutdown."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from linqdesk.crash_care import CrashCare
from linqdesk.desk_application import DeskApplication
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.first_picture import FirstPicture
from linqdesk.garbage import collecting_at_rest, spare_what_stands
from linqdesk.late_commands import LateCommands
from linqdesk.local.environment import read_environment
from linqdesk.local.paths import find_paths
from linqdesk.one_owner import owned
from linqdesk.preference_keeper import PreferenceKeeper
from linqdesk.readying import Readying
from linqdesk.services.task_scope import TaskScope
from linqdesk.stop_signals import StopSignals
from linqdesk.store.cache import Cache
from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.style import wear
from linqdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from linqdesk.arguments import WindowOptions
    from linqdesk.backstage import Backstage
    from linqdesk.domain.ids import ChatId
    from linqdesk.local.environment import Environment
    from linqdesk.one_owner import Ownership
    from linqdesk.services.session import Session
    from linqdesk.settings_desk import SettingsDesk
    from linqdesk.succession import NextRun, Opening
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.thread.accessibility import ThreadAccessibility

    MakeApplication = Callable[[list[str]], DeskApplication]

FAILURE = 1
# What is unsent is on the disk, so the end waits for no server. Signing out also deletes files.
_CLOSE_WITHIN_S, _CLOSE_AND_WIPE_WITHIN_S = 2.0, 5.0


class Desk:
    """One run of the program: its window first, then all that stands behind it."""

    def __init__(
        self,
        application: QApplication,
        options: WindowOptions,
        environment: Environment,
        opening: Opening | None = None,
    ) -> None:
        """Build everything that the first picture of the window needs, and nothing else."""
        self._opening = opening
        self.next_run: NextRun | None = None
        self._application = application
        self._options = options
        self._environment = environment
        self._paths = find_paths(environment.data_dir)
        self._stopped = asyncio.Event()
        self._stop_log: Callable[[], None] | None = None
        self.exit_code = 0
        self.when_seen: Callable[[], None] = _nothing
        """Called once the window was painted for the first time."""
        self.when_ready: Callable[[], None] = _nothing
        """Called once everything is imported and made that the agent might soon need."""
        self.cache = Cache()
        self._backstage: Backstage | None = None
        self._tasks = TaskScope("desk", self._on_failure)
        self._keeper = PreferenceKeeper(self._paths.settings_file, self._tasks, application, options.theme)
        self.preferences = self._keeper.preferences
        wear(application, self._keeper.theme)
        commands = LateCommands(lambda: self.session)
        self.window = MainWindow(self.cache, commands, self._keeper.theme, self.preferences)
        self.window.unsent.asks_at_end = not options.is_demo
        self._keeper.dress(self._wear)
        self._place_window()
        self.window.settings_wanted.connect(self._open_settings)
        self.window.closed.connect(self.stop)

    @property
    def backstage(self) -> Backstage:
        """Everything but the window; made when it is first asked for."""
        if self._backstage is None:
            from linqdesk.backstage import Backstage, Stage
            from linqdesk.entrance import Ways

            stage = Stage(
                window=self.window,
                cache=self.cache,
                preferences=self.preferences,
                theme=self._keeper.theme,
                tasks=self._tasks,
                paths=self._paths,
                options=self._options,
                environment=self._environment,
            )
            ways = Ways(tell=self._tell, fail=self.fail, leave=self._leave)
            self._backstage = Backstage(stage, ways, self._on_failure)
        return self._backstage

    @property
    def session(self) -> Session:
        """Everything alive for the account."""
        return self.backstage.session

    @property
    def settings(self) -> SettingsDesk:
        """Who lets the settings hold and opens their dialog."""
        return self.backstage.settings

    def _open_settings(self) -> None:
        self.settings.open()

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
        picture = FirstPicture(self.window)
        self.window.show()
        # What the first picture does not need would only hold it up.
        await picture.seen()
        self.when_seen()
        self._tasks.start(self._begin(), name="begin")
        await self._stopped.wait()
        keyring_s = self._environment.keyring_wait_s
        limit_s = _CLOSE_WITHIN_S if self.next_run is None else _CLOSE_AND_WIPE_WITHIN_S + keyring_s
        try:
            async with asyncio.timeout(limit_s):
                await self._close()
        except TimeoutError:
            sys.stderr.write("linqdesk: something did not end in time; what is unsent is safe\n")
        return self.exit_code

    async def _begin(self) -> None:
        try:
            await self._start_log()
            self._keeper.complain()
            readying = Readying(self.window, self.cache)
            await readying.ready_session()
            await self._enter()
            await readying.wait_for_chats()
            await readying.ready_page()
            self.settings.canned.look_again()
            if self._stopped.is_set():
                return
            if self._options.draws_off_screen:
                await self._draw()
                return
            if self._options.open_chat is not None:
                await self._open_named(self._options.open_chat)
            await readying.ready_pickers()
        finally:
            self.when_ready()

    async def _enter(self) -> None:
        from linqdesk.succession import Opening

        await self.backstage.entrance.enter(self._opening or Opening())

    async def _start_log(self) -> None:
        from linqdesk.local.log_files import start_log

        try:
            level = self._environment.log_level
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
        from linqdesk.ui.names import chat_title

        wanted = name.casefold()
        for chat_id in self.cache.chat_ids():
            summary = self.cache.summary(chat_id)
            title = chat_title(summary.chat, self.cache) if summary is not None else ""
            if chat_id == name or title.casefold() == wanted:
                return chat_id
        return None

    def _wear(self, theme: Theme) -> None:
        if self._backstage is not None:
            self._backstage.settings.theme = theme
        wear(self._application, theme)
        self.window.set_theme(theme)

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
        from linqdesk.ui.windows.notice_box import open_notice

        sys.stderr.write(f"linqdesk: {sentence}\n")
        open_notice("LinqDesk", sentence, self.window)

    def come_forward(self) -> None:
        """Show the window before all others."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _on_failure(self, failure: Exception) -> None:
        from linqdesk.local.log_files import report_of

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
        if self._backstage is not None:
            self._note_complaint(await self._backstage.close())
        if not self._options.draws_off_screen:
            await self._keeper.keep_place(*self.window.stand())
        if self._stop_log is not None:
            self._stop_log()

    def _note_complaint(self, complaint: str | None) -> None:
        if complaint is not None and self.next_run is not None:
            opening = replace(self.next_run.opening, words=complaint)
            self.next_run = replace(self.next_run, opening=opening)


def run(options: WindowOptions, make_application: MakeApplication | None = None) -> int:
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
    application = (make_application or DeskApplication)(sys.argv[:1])
    application.setApplicationName("LinqDesk")
    application.setStyle("Fusion")
    # With Qt's default the loop dies under the tasks as soon as the window closes.
    application.setQuitOnLastWindowClosed(False)
    install_fonts(application)
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
        program.desk.when_seen = partial(ownership.when_raised, program.come_forward)
    program.desk.when_ready = spare_what_stands
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
        self._accessibility: ThreadAccessibility | None = None
        self.desk = Desk(application, options, environment)
        self.desk.window.area.before_page = self._let_readers_in

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
            self.desk.window.area.before_page = self._let_readers_in
            before.hide()
            before.deleteLater()

    def _let_readers_in(self) -> None:
        """Let screen readers read threads, of which this is the first."""
        if self._accessibility is None:
            from linqdesk.ui.thread.accessibility import ThreadAccessibility

            self._accessibility = ThreadAccessibility()
            self._accessibility.install()


def _nothing() -> None:
    """Do nothing: nobody asked to be told."""
