"""Runs the real program on a real sandbox, in the middle of which a benchmark measures."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.app import Desk
from linqdesk.arguments import WindowOptions
from linqdesk.desk_application import DeskApplication
from linqdesk.local.environment import Environment
from linqdesk.sandbox.world import SANDBOX_TOKEN
from linqdesk.ui.fonts import install_fonts


@contextmanager
def sandbox(*arguments: str) -> Iterator[str]:
    """Serve a sandbox in a process of its own; yields its base URL."""
    command = [sys.executable, "-m", "linqdesk", "sandbox", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["base_url"]
        finally:
            process.terminate()


def run_desk(base_url: str, scenario: Callable[[Desk], Awaitable[None]]) -> None:
    """Run the program until the scenario has ended."""
    application = make_application()
    with qasync.QEventLoop(application) as loop, tempfile.TemporaryDirectory() as folder:
        loop.run_until_complete(_run(application, base_url, Path(folder), scenario))


def make_application() -> DeskApplication:
    application = DeskApplication(sys.argv[:1])
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    install_fonts(application)
    return application


async def _run(
    application: DeskApplication,
    base_url: str,
    folder: Path,
    scenario: Callable[[Desk], Awaitable[None]],
) -> None:
    environment = Environment(base_url=base_url, token=SANDBOX_TOKEN, data_dir=folder)
    desk = Desk(application, WindowOptions(theme="light"), environment)

    async def measured() -> None:
        try:
            await scenario(desk)
        finally:
            desk.stop()

    await asyncio.gather(desk.run(), measured())


async def until(condition: Callable[[], object], limit_s: float = 60.0) -> None:
    give_up_at = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < give_up_at, "waited in vain"
        await asyncio.sleep(0.005)


class PaintWatch(QObject):
    """Resolves when a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._painted.done():
            # The filter comes before the painting: what the loop calls next comes after it.
            asyncio.get_running_loop().call_soon(self._finish)
        return False

    def _finish(self) -> None:
        if not self._painted.done():
            self._painted.set_result(time.perf_counter())

    def arm(self) -> float:
        """Wait for a painting from now on; returns the present moment."""
        self._painted = asyncio.get_running_loop().create_future()
        return time.perf_counter()

    async def painted(self) -> float:
        """Return when the first painting since `arm` had ended."""
        return await self._painted
