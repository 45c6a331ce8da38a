"""One program for each data folder: a second start raises the window of the first."""

from __future__ import annotations

import hashlib
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.paths import find_paths, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from linqdesk.arguments import WindowOptions
    from linqdesk.local.environment import Environment

# All that the socket understands.
_RAISE = b"raise"
_MAX_MESSAGE_BYTES = 64
_PATIENCE_MS = 1_000


class Ownership(QObject):
    """The lock on a data folder and the socket by which a second start is heard.

    The system drops a lock whose process was killed; the next start takes it over.
    """

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        """Own nothing yet.

        Raises:
            LocalFaultError: the folder cannot be made.
        """
        super().__init__(parent)
        make_folder(data_dir)
        self._lock = QLockFile(str(data_dir / "owner.lock"))
        # A lock is stale when its process is gone, never by its age: a window may stay open for weeks.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._on_raise: Callable[[], None] | None = None
        # The socket's name: folders that differ have sockets that differ.
        self.address = (
            f"linqdesk-{hashlib.blake2b(str(data_dir.resolve()).encode(), digest_size=8).hexdigest()}"
        )

    def take(self) -> bool:
        """Become the owner; False where another program is, which has then been asked to come forward.

        Raises:
            LocalFaultError: the folder cannot be written to.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise LocalFaultError("The data folder cannot be written to.")
        self._ask_to_raise()
        return False

    def when_raised(self, act: Callable[[], None]) -> None:
        """Call this from now on whenever a second start asks for the window."""
        # A socket is nothing that the window's first picture needs.
        from PySide6.QtNetwork import QLocalServer

        self._on_raise = act
        if self._server is None:
            self._server = QLocalServer(self)
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            self._server.newConnection.connect(partial(self._on_connected, self._server))
            QLocalServer.removeServer(self.address)
            self._server.listen(self.address)

    def release(self) -> None:
        """Own nothing any more."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _ask_to_raise(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.address)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(_RAISE)
            socket.waitForBytesWritten(_PATIENCE_MS)
            socket.disconnectFromServer()

    def _on_connected(self, server: QLocalServer) -> None:
        while (socket := server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(_MAX_MESSAGE_BYTES)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda each=socket: self._on_read(each))
            self._on_read(socket)

    def _on_read(self, socket: QLocalSocket) -> None:
        if not socket.bytesAvailable():
            return
        message = bytes(socket.read(_MAX_MESSAGE_BYTES).data())
        socket.abort()
        if message == _RAISE and self._on_raise is not None:
            self._on_raise()


def owned(options: WindowOptions, environment: Environment, parent: QObject) -> tuple[Ownership | None, bool]:
    """Take the data folder for this run; tells too whether the run may go on.

    A demo and a run that only draws keep nothing, so they need no folder for themselves. Where the folder
    cannot be written to, the run goes on: chats can be read, and what cannot be kept is refused with words.
    """
    if options.is_demo or options.draws_off_screen:
        return None, True
    try:
        ownership = Ownership(find_paths(environment.data_dir).data_dir, parent)
        is_taken = ownership.take()
    except LocalFaultError as fault:
        sys.stderr.write(f"linqdesk: {fault.message}\n")
        return None, True
    if not is_taken:
        sys.stderr.write("linqdesk: LinqDesk is open already; its window comes forward.\n")
    return ownership, is_taken
