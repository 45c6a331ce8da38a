"""The waveform of a minute of sound and the poster of a video: how long they take, and whom they hold up."""

import asyncio
import math
import time
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory

from linqdesk.app import Desk
from linqdesk.domain.ids import ChatId
from linqdesk.domain.recording import RecordedMemo, SoundForm
from linqdesk.local.recording_reader import LevelsRequest, PosterRequest, RecordingRequest
from tests.bench.figures import report
from tests.bench.program import run_desk, sandbox, until

_MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
# The shipped tune takes 4.55 seconds; frames of raw AAC may simply be repeated.
_A_MINUTE, _TIMES = 13, 10
_BEAT_S = 0.002


async def _read(desk: Desk, file: Path, request: RecordingRequest) -> float:
    """Have a file read as the window does; returns milliseconds."""
    outcomes: list[object] = []
    began = time.perf_counter()
    desk.session.media.read_recording(file, request, outcomes.append)
    await until(lambda: bool(outcomes))
    return (time.perf_counter() - began) * 1_000


async def _record(desk: Desk) -> float:
    """Record a minute as fast as it is told, and have it made a memo; returns milliseconds of the latter."""
    recording = desk.session.recording
    outcomes: list[object] = []
    recording.begin(ChatId("bench"), SoundForm(48_000, 1), outcomes.append)
    second = array("h", (round(9_000 * math.sin(number / 17)) for number in range(48_000))).tobytes()
    for _ in range(60):
        recording.add(second)
        await asyncio.sleep(0)
    began = time.perf_counter()
    recording.finish(outcomes.append)
    await until(lambda: bool(outcomes))
    assert isinstance(outcomes[0], RecordedMemo)
    return (time.perf_counter() - began) * 1_000


async def _beat(late_ms: list[float], stop: asyncio.Event) -> None:
    """Note how long the loop was held up, in milliseconds."""
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(_BEAT_S)
        late_ms.append((time.perf_counter() - began - _BEAT_S) * 1_000)


async def _scenario(desk: Desk, memo: Path) -> None:
    await until(lambda: desk.session.is_settled)
    late_ms: list[float] = []
    stop = asyncio.Event()
    beating = asyncio.gather(_beat(late_ms, stop))
    first_ms = await _read(desk, memo, LevelsRequest())
    sound_ms = [await _read(desk, memo, LevelsRequest()) for _ in range(_TIMES)]
    film = _MEDIA / "rolling.mp4"
    film_ms = [await _read(desk, film, PosterRequest(760, 840)) for _ in range(_TIMES)]
    made_ms = await _record(desk)
    stop.set()
    await beating
    report("waveform of a minute of AAC, the reader's start included", [first_ms], "ms", "")
    report("waveform of a minute of AAC", sound_ms, "ms", "<= 300")
    report("a minute that was recorded made a memo", [made_ms], "ms", "")
    report("poster of a video", film_ms, "ms", "")
    report("the loop held up meanwhile", late_ms, "ms", "max <= 30")


def main() -> None:
    with TemporaryDirectory() as folder, sandbox("--story", "empty") as base_url:
        memo = Path(folder) / "memo"
        memo.write_bytes((_MEDIA / "tune.aac").read_bytes() * _A_MINUTE)

        async def scenario(desk: Desk) -> None:
            await _scenario(desk, memo)

        run_desk(base_url, scenario)


if __name__ == "__main__":
    main()
