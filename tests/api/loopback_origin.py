"""An HTTP server on loopback that keeps what it was sent and answers by a script, byte for byte."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_KEPT_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """A request as it came: header names as they were written, the first MiB of the body."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    body_bytes: int

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Answer = Callable[[Heard, asyncio.StreamWriter], Awaitable[None]]


class LoopbackOrigin:
    """Each connection carries one request."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        self.heard: list[Heard] = []
        self.answers: dict[str, bytes | Answer] = {}
        self.hung_up = asyncio.Event()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            heard = await _request(reader)
            self.heard.append(heard)
            answer = self.answers.get(heard.target.partition("?")[0], NOT_FOUND)
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(heard, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hung_up.set()
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Heard:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in head[1:] if line))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    kept, count = b"", 0
    while count < length:
        piece = await reader.read(min(65_536, length - count))
        if not piece:
            raise ConnectionError
        count += len(piece)
        kept += piece if len(kept) < _KEPT_BYTES else b""
    return Heard(method, target, headers, kept, count)


def reply(status: int, body: bytes = b"", **headers: str) -> bytes:
    """Return an answer's bytes; an underscore in a header's name stands for a dash."""
    lines = [f"HTTP/1.1 {status} X"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if not any(name.lower() == "content_length" for name in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


NOT_FOUND = reply(404)
