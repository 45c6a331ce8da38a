"""Serves the sandbox on loopback: in a thread for `--demo`, as a process for `linqdesk sandbox`."""

import asyncio
import json
import signal
import socket
import sys
import threading
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from linqdesk.sandbox.assembly import build_apps
from linqdesk.sandbox.gone_clients import say_quietly
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.upload_store import UploadStore
from linqdesk.sandbox.world import SANDBOX_TOKEN

HOST = "127.0.0.1"
_START_LIMIT_S, _STOP_LIMIT_S = 10.0, 5.0


@dataclass(frozen=True, slots=True)
class SandboxAddress:
    """Where a running sandbox is found."""

    base_url: str
    token: str
    control_url: str
    cdn_url: str
    port: int

    def as_json(self) -> str:
        """Return the line that `linqdesk sandbox` prints first."""
        return json.dumps(asdict(self))


class SandboxServer:
    """A running sandbox, served by a thread of its own; also a context manager."""

    def __init__(self, options: SandboxOptions) -> None:
        """Get ready; nothing listens yet."""
        self._options = options
        self._servers: list[uvicorn.Server] = []
        self._thread: threading.Thread | None = None
        self._uploads = UploadStore()

    def start(self) -> SandboxAddress:
        """Listen on loopback and return where.

        Raises:
            OSError: the port is taken.
            ValueError: there is no such story or variant.
        """
        with _listening(self._options.port) as api_socket, _listening(0) as cdn_socket:
            port, cdn_port = api_socket.getsockname()[1], cdn_socket.getsockname()[1]
            apps = build_apps(self._options, f"http://{HOST}:{cdn_port}", self._uploads)
            held = [api_socket.dup(), cdn_socket.dup()]
        say_quietly()
        self._servers = [_server(app) for app in apps]
        self._thread = threading.Thread(target=self._serve, args=(held,), name="sandbox", daemon=True)
        self._thread.start()
        self._wait_until_started()
        return SandboxAddress(
            base_url=f"http://{HOST}:{port}/api/partner",
            token=SANDBOX_TOKEN,
            control_url=f"http://{HOST}:{port}/control",
            cdn_url=f"http://{HOST}:{cdn_port}",
            port=port,
        )

    def stop(self) -> None:
        """Stop serving; open connections are cut."""
        for server in self._servers:
            server.should_exit = server.force_exit = True
        if self._thread is not None:
            self._thread.join(_STOP_LIMIT_S)
            self._thread = None
        self._uploads.close()

    def __enter__(self) -> SandboxAddress:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _wait_until_started(self) -> None:
        waiting = threading.Event()
        for _ in range(round(_START_LIMIT_S / 0.005)):
            if all(server.started for server in self._servers):
                return
            waiting.wait(0.005)
        raise OSError("the sandbox did not start")

    def _serve(self, sockets: list[socket.socket]) -> None:
        async def serve_all() -> None:
            pairs = zip(self._servers, sockets, strict=True)
            await asyncio.gather(*(server.serve(sockets=[each]) for server, each in pairs))

        asyncio.run(serve_all())


def serve_forever(options: SandboxOptions) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    server = SandboxServer(options)
    try:
        address = server.start()
    except OSError as failure:
        sys.stderr.write(f"linqdesk sandbox: port {options.port}: {failure.strerror or failure}\n")
        return 1
    except ValueError as wrong:
        sys.stderr.write(f"linqdesk sandbox: {wrong}\n")
        return 2
    sys.stdout.write(address.as_json() + "\n")
    sys.stdout.flush()
    stopped.wait()
    server.stop()
    return 0


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _server(app: ASGIApp) -> uvicorn.Server:
    settings: dict[str, Any] = {"log_config": None, "access_log": False, "lifespan": "off", "ws": "none"}
    config = uvicorn.Config(app, http="h11", loop="asyncio", server_header=False, **settings)
    return uvicorn.Server(config)
