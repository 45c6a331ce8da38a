"""A chat of 200 pictures: opening it, scrolling through it, and the memory that its pixels take.

Then the same for 10,000 messages of every kind, a tenth of them with a picture of its own.
"""

import asyncio
import io
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from PIL import Image

from linqdesk.app import Desk
from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.store.media import MediaFile, MediaState
from tests.bench.figures import report
from tests.bench.program import PaintWatch, run_desk, sandbox, until
from tests.bench.worlds import chat, message, rich_message

_COUNT, _FILES = 200, 20
_MIXED, _MIXED_FRAMES = 10_000, 600
_SIZES = ((4_032, 3_024), (3_024, 4_032), (1_600, 1_200), (1_170, 2_532))
_BEAT_S = 0.002


def _make_files(folder: Path) -> list[Path]:
    """Make photos with something in them, as a phone sends them."""
    noise = Image.effect_noise((512, 512), 60).convert("RGB")
    files = []
    for number in range(_FILES):
        image = noise.rotate(18 * number).resize(_SIZES[number % len(_SIZES)])
        file = io.BytesIO()
        image.save(file, "JPEG", quality=85)
        files.append(folder / f"{number}.jpg")
        files[-1].write_bytes(file.getvalue())
    return files


def _pictures(into: Chat, files: list[Path]) -> list[Message]:
    made = []
    for number in range(_COUNT):
        size_bytes = files[number % _FILES].stat().st_size
        part = MediaPart(AttachmentId(f"picture-{number}"), "IMG.jpg", "image/jpeg", size_bytes, None)
        made.append(replace(message(into.id, number), parts=(part,)))
    return made


class _Heartbeat:
    """Notes how long the loop was held up, in milliseconds."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._stop = asyncio.Event()

    async def run(self) -> None:
        while not self._stop.is_set():
            began = time.perf_counter()
            await asyncio.sleep(_BEAT_S)
            self.late_ms.append((time.perf_counter() - began - _BEAT_S) * 1_000)

    def stop(self) -> None:
        self._stop.set()


async def _open(desk: Desk, album: Chat, other: Chat) -> None:
    watch = PaintWatch(desk.window.area.messages.viewport())
    desk.window.open_chat(other.id)
    await until(lambda: desk.window.is_settled)
    began = watch.arm()
    desk.window.open_chat(album.id)
    report(
        "open a chat of 200 pictures: first paint", [(await watch.painted() - began) * 1_000], "ms", "<= 60"
    )
    await until(lambda: desk.window.is_settled and desk.session.is_settled)
    report("the same: all pictures on screen", [(time.perf_counter() - began) * 1_000], "ms", "")


async def _scroll(desk: Desk, what: str, frames: int, step_px: int) -> None:
    """Scroll up frame by frame; pictures are fetched, decoded and drawn meanwhile."""
    pictures = desk.window.area.build().media.pictures
    view = desk.window.area.messages
    bar = view.verticalScrollBar()
    held_mb: list[float] = []
    frames_ms: list[float] = []
    while bar.value() > 0 and len(frames_ms) < frames:
        began = time.perf_counter()
        bar.setValue(bar.value() - step_px)
        view.viewport().repaint()
        frames_ms.append((time.perf_counter() - began) * 1_000)
        held_mb.append(pictures.held_bytes / 1_000_000)
        await asyncio.sleep(0.016)
    report(f"one scroll frame over {what}, decoding included", frames_ms, "ms", "p95 <= 12, max <= 50")
    report(f"pixels held while scrolling {what}", held_mb, "MB", "max <= 120")


async def _scroll_mixed(desk: Desk, files: list[Path]) -> None:
    mixed = chat(3)
    desk.cache.merge_chats([mixed])
    told = [rich_message(mixed.id, number) for number in range(_MIXED)]
    for each in told:
        for part in each.parts:
            if isinstance(part, MediaPart) and part.mime_type == "image/jpeg":
                path = files[int(part.attachment_id) % _FILES]
                desk.cache.set_media(part.attachment_id, MediaFile(MediaState.READY, path=path))
    desk.cache.merge_messages(mixed.id, told, desk.cache.next_sequence())
    watch = PaintWatch(desk.window.area.messages.viewport())
    began = watch.arm()
    desk.window.open_chat(mixed.id)
    opened_ms = (await watch.painted() - began) * 1_000
    report(f"open {_MIXED:,} messages of every kind", [opened_ms], "ms", "<= 60")
    await until(lambda: desk.window.is_settled and desk.session.is_settled)
    await _scroll(desk, f"{_MIXED:,} messages of every kind", _MIXED_FRAMES, 60)


async def _scenario(desk: Desk, files: list[Path]) -> None:
    await until(lambda: desk.session.is_settled)
    album, other = chat(1), chat(2)
    desk.cache.merge_chats([album, other])
    desk.cache.merge_messages(album.id, _pictures(album, files), desk.cache.next_sequence())
    desk.cache.merge_messages(other.id, [message(other.id, 1)], desk.cache.next_sequence())
    for number in range(_COUNT):
        file = MediaFile(MediaState.READY, path=files[number % _FILES])
        desk.cache.set_media(AttachmentId(f"picture-{number}"), file)
    before_mb = psutil.Process().memory_full_info().pss / 1_000_000
    heartbeat = _Heartbeat()
    beating = asyncio.gather(heartbeat.run())
    await _open(desk, album, other)
    await _scroll(desk, f"{_COUNT} pictures", _MIXED_FRAMES, 90)
    heartbeat.stop()
    await beating
    report("the loop held up while opening and scrolling them", heartbeat.late_ms, "ms", "max <= 50")
    after_mb = psutil.Process().memory_full_info().pss / 1_000_000
    report("memory that 200 pictures add to the program", [after_mb - before_mb], "MB", "<= 150")
    await _scroll_mixed(desk, files)


def main() -> None:
    with TemporaryDirectory() as folder, sandbox("--story", "empty") as base_url:
        files = _make_files(Path(folder))

        async def scenario(desk: Desk) -> None:
            await _scenario(desk, files)

        run_desk(base_url, scenario)


if __name__ == "__main__":
    main()
