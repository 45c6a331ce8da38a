from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from linqdesk.local.picture_decoder import DecodedPicture, PictureDecoder, PictureError, PictureRequest
from linqdesk.services.picture_decoding import PictureDecoding
from linqdesk.services.task_scope import TaskScope
from tests.journeys.outside import until
from tests.local.pictures import encoded, two_halves
from tests.services.virtual import VirtualClock

SMALL = PictureRequest(16, 16, 100_000)


class Bench:
    """A queue in front of a real decoder, and who was answered with what."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "picture"
        self.file.write_bytes(encoded(two_halves(), "PNG"))
        self.decoder = PictureDecoder()
        self.failures: list[Exception] = []
        self.scope = TaskScope("test", self.failures.append)
        self.clock = VirtualClock()
        self.decoding = PictureDecoding(self.decoder, self.scope, self.clock)
        self.answers: list[tuple[int, DecodedPicture | PictureError | None]] = []

    def order(self, number: int, file: Path | None = None) -> None:
        self.decoding.order(file or self.file, SMALL, partial(self._answer, number))

    def _answer(self, number: int, outcome: DecodedPicture | PictureError | None) -> None:
        self.answers.append((number, outcome))

    def decoded(self) -> list[int]:
        return [number for number, outcome in self.answers if isinstance(outcome, DecodedPicture)]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    yield made
    await made.scope.close()
    made.decoding.close()
    assert made.failures == []


async def test_no_process_is_started_before_a_picture_is_ordered(bench: Bench) -> None:
    assert bench.decoder.process_id is None
    assert bench.decoding.is_idle
    bench.order(1)
    assert not bench.decoding.is_idle
    await until(lambda: bench.decoding.is_idle, "it is decoded")
    assert bench.decoded() == [1]
    assert bench.decoder.process_id is not None


async def test_the_latest_order_comes_first(bench: Bench) -> None:
    for number in range(4):
        bench.order(number)
    await until(lambda: len(bench.answers) == 4, "all are answered")
    assert bench.decoded() == [3, 2, 1, 0]


async def test_so_many_orders_that_nobody_looks_any_more_are_dropped(bench: Bench) -> None:
    for number in range(60):
        bench.order(number)
    await until(lambda: len(bench.answers) == 60, "all are answered")
    assert [number for number, outcome in bench.answers if outcome is None] == list(range(12))
    assert len(bench.decoded()) == 48


async def test_why_there_are_no_pixels_is_told(bench: Bench) -> None:
    bench.order(1, bench.file.with_name("nothing"))
    await until(lambda: bench.answers, "it is answered")
    assert isinstance(bench.answers[0][1], PictureError)


async def test_a_decoder_without_work_rests_and_starts_again(bench: Bench) -> None:
    bench.order(1)
    await until(lambda: bench.decoding.is_idle, "it is decoded")
    await bench.clock.run(10.0)
    assert bench.decoder.process_id is not None
    await bench.clock.run(15.0)
    await until(lambda: bench.decoder.process_id is None, "the process is gone")
    bench.order(2)
    await until(lambda: bench.decoding.is_idle, "it is decoded")
    assert bench.decoded() == [1, 2]
