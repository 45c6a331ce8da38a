"""100 MB on their way to Linq: how fast beside a plain stream, in how much memory, how soon cancelled."""

import asyncio
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

import httpx
import psutil

from linqdesk.app import Desk
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content
from linqdesk.domain.outgoing_files import OutgoingFile, Refused, Taken
from linqdesk.domain.send_gate import SendTerms
from linqdesk.sandbox.world import SANDBOX_TOKEN
from linqdesk.store.changes import Change, UploadMoved
from linqdesk.store.uploads import UploadState
from tests.bench.figures import report
from tests.bench.program import run_desk, sandbox, until

SIZE_BYTES = 100 * 1024 * 1024
_ROUNDS, _CANCELLED = 5, 20
_BEAT_S = 0.005
_MIB = 1024 * 1024


class Watch:
    """Notes meanwhile how long the loop was held up, and how much memory is taken."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._process = psutil.Process()
        self.start_bytes = self._process.memory_info().rss
        self.peak_bytes = self.start_bytes

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            began = time.perf_counter()
            await asyncio.sleep(_BEAT_S)
            self.late_ms.append((time.perf_counter() - began - _BEAT_S) * 1_000)
            self.peak_bytes = max(self.peak_bytes, self._process.memory_info().rss)


def plain_s(base_url: str, path: Path) -> float:
    """Upload a file with nothing but httpx; returns seconds."""
    began = time.perf_counter()
    with httpx.Client(trust_env=False) as client, path.open("rb") as file:
        asked = {"filename": path.name, "content_type": "text/plain", "size_bytes": SIZE_BYTES}
        headers = {"Authorization": f"Bearer {SANDBOX_TOKEN}"}
        slot = (
            client.post(f"{base_url}/v3/attachments", json=asked, headers=headers).raise_for_status().json()
        )
        client.put(slot["upload_url"], content=file, headers=slot["required_headers"]).raise_for_status()
    return time.perf_counter() - began


async def taken(desk: Desk, path: Path) -> OutgoingFile:
    heard: list[Taken | Refused] = []
    desk.session.files.take_in([path], heard.append)
    await until(lambda: bool(heard))
    assert isinstance(heard[0], Taken), heard
    return heard[0].file


async def sent_s(desk: Desk, chat_id: ChatId, file: OutgoingFile) -> float:
    """Send a file as the window does; returns the seconds until Linq has it."""
    states: list[UploadState] = []

    def hear(change: Change) -> None:
        upload = desk.cache.uploads.of(file.key)
        if change == UploadMoved(file.key) and upload is not None:
            states.append(upload.state)

    subscription = desk.cache.subscribe(hear)
    began = time.perf_counter()
    terms = SendTerms(accepts_risk=True)
    desk.session.sending.send(chat_id, Content((file,)), lambda _error: None, terms=terms)
    await until(lambda: UploadState.DONE in states)
    seconds = time.perf_counter() - began
    subscription.close()
    await until(lambda: not desk.cache.outgoing(chat_id))
    return seconds


def connections(base_url: str) -> int:
    """Count our open connections to anything but the API: to the upload origin, that is."""
    port = urlsplit(base_url).port
    mine = psutil.Process().net_connections("tcp")
    return sum(each.status == psutil.CONN_ESTABLISHED and each.raddr.port != port for each in mine)


async def cancelled_ms(desk: Desk, base_url: str, chat_id: ChatId, file: OutgoingFile) -> float:
    """Cancel an upload on its way; returns the milliseconds until its connection is closed."""

    def is_moving() -> bool:
        upload = desk.cache.uploads.of(file.key)
        return upload is not None and upload.sent_bytes > 0

    terms = SendTerms(accepts_risk=True)
    desk.session.sending.send(chat_id, Content((file,)), lambda _error: None, terms=terms)
    await until(is_moving)
    assert connections(base_url)
    local_id = desk.cache.outgoing(chat_id)[-1].local_id
    began = time.perf_counter()
    desk.session.sending.cancel_upload(local_id)
    await until(lambda: not connections(base_url))
    took_ms = (time.perf_counter() - began) * 1_000
    await until(lambda: desk.cache.outgoing(chat_id)[-1].failure is not None)
    desk.session.sending.discard(local_id)
    await until(lambda: not desk.cache.outgoing(chat_id))
    return took_ms


async def _cancelling(desk: Desk, base_url: str, chat_id: ChatId, folder: Path) -> None:
    slowly = {"match": {"method": "PUT", "path": "^/uploads/"}, "do": {"slow_bytes_per_s": 1_000_000}}
    async with httpx.AsyncClient(trust_env=False) as http:
        (await http.post(urljoin(base_url, "/control/faults"), json=[slowly])).raise_for_status()
    took = []
    for number in range(_CANCELLED):
        path = folder / f"cancelled {number}.txt"
        path.write_bytes(b"%d of all\n" % number * 2_000_000)
        took.append(await cancelled_ms(desk, base_url, chat_id, await taken(desk, path)))
    report("a cancelled upload until its connection is closed", took, "ms", "max <= 150")


async def _scenario(desk: Desk, base_url: str, folder: Path) -> None:
    await until(lambda: bool(desk.cache.chat_ids()) and desk.session.is_settled)
    chat_id = desk.cache.chat_ids()[0]
    ours, plain, taking = list[float](), list[float](), list[float]()
    watches, controls = list[Watch](), list[Watch]()
    # The first upload imports and opens what the later ones use.
    small = folder / "small.txt"
    small.write_bytes(b"small" * 1_000_000)
    await sent_s(desk, chat_id, await taken(desk, small))
    for number in range(_ROUNDS):
        path = folder / f"round {number}.txt"
        path.write_bytes(b"%d of all\n" % number * (SIZE_BYTES // 9 - 1))
        os.truncate(path, SIZE_BYTES)
        control, stop = Watch(), asyncio.Event()
        watching = asyncio.gather(control.run(stop))
        plain.append(await asyncio.to_thread(plain_s, base_url, path))
        stop.set()
        await watching
        controls.append(control)
        watch, stop = Watch(), asyncio.Event()
        watching = asyncio.gather(watch.run(stop))
        began = time.perf_counter()
        file = await taken(desk, path)
        taking.append(time.perf_counter() - began)
        ours.append(await sent_s(desk, chat_id, file))
        stop.set()
        await watching
        watches.append(watch)
        await until(lambda: desk.session.is_settled)
    report("100 MB by a plain httpx stream", plain, "s", "")
    report("100 MB copied and hashed", taking, "s", "")
    report("100 MB uploaded", ours, "s", "")
    shares = [100 * theirs / mine for theirs, mine in zip(plain, ours, strict=True)]
    report("its speed beside the plain stream", shares, "%", ">= 80")
    grown = [(watch.peak_bytes - watch.start_bytes) / _MIB for watch in watches]
    report("memory taken meanwhile", grown, "MiB", "<= 8")
    held_up = [late for each in watches for late in each.late_ms]
    report("the loop held up meanwhile", held_up, "ms", "max <= 50")
    by_others = [late for each in controls for late in each.late_ms]
    report("the loop held up while a thread uploads by plain httpx", by_others, "ms", "")
    await _cancelling(desk, base_url, chat_id, folder)


def main() -> None:
    with TemporaryDirectory() as folder, sandbox("--chats", "2", "--messages", "2") as base_url:

        async def scenario(desk: Desk) -> None:
            await _scenario(desk, base_url, Path(folder))

        run_desk(base_url, scenario)


if __name__ == "__main__":
    main()
