import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linqdesk.local.recording_kinds import is_recording
from linqdesk.local.recording_reader import (
    Levels,
    LevelsRequest,
    Poster,
    PosterRequest,
    RecordingError,
    RecordingFault,
    RecordingReader,
)

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
SMALL = PosterRequest(320, 320)
# Milliseconds; those of raw AMR and AAC are told by their frames.
SOUNDS = {
    "bell.aiff": 1_800,
    "bell.caf": 1_600,
    "bell.wav": 1_800,
    "tune.aac": 4_551,
    "tune.mp3": 3_370,
    "voice memo.amr": 3_520,
    "voice memo.m4a": 4_226,
}


@pytest.fixture(scope="module")
def reader() -> Iterator[RecordingReader]:
    made = RecordingReader()
    yield made
    made.close()


def levels(reader: RecordingReader, file: Path) -> Levels:
    outcome = reader.read(file, LevelsRequest())
    assert isinstance(outcome, Levels)
    return outcome


def fault(reader: RecordingReader, file: Path, request: LevelsRequest | PosterRequest) -> RecordingFault:
    with pytest.raises(RecordingError) as caught:
        reader.read(file, request)
    return caught.value.fault


@pytest.mark.parametrize(("name", "duration_ms"), SOUNDS.items())
def test_every_kind_of_sound_has_levels_and_a_duration(
    reader: RecordingReader, name: str, duration_ms: int
) -> None:
    sound = levels(reader, MEDIA / name)
    assert abs(sound.duration_ms - duration_ms) <= 60
    assert len(sound.levels) == 200
    assert max(sound.levels) == 255


def test_levels_follow_how_loud_a_sound_is(reader: RecordingReader) -> None:
    bell = levels(reader, MEDIA / "bell.wav").levels
    quarters = [sum(bell[start : start + 50]) for start in (0, 50, 100, 150)]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[0] > 8 * quarters[3]


def test_a_long_sound_has_as_many_levels_as_a_short_one(reader: RecordingReader, tmp_path: Path) -> None:
    long = tmp_path / "long"
    long.write_bytes((MEDIA / "tune.aac").read_bytes() * 20)
    sound = levels(reader, long)
    assert abs(sound.duration_ms - 20 * SOUNDS["tune.aac"]) < 1_000
    assert len(sound.levels) == 200


def test_a_video_has_a_poster_that_fits_its_room(reader: RecordingReader) -> None:
    poster = reader.read(MEDIA / "rolling.mp4", SMALL)
    assert isinstance(poster, Poster)
    assert (poster.natural_width_px, poster.natural_height_px) == (640, 352)
    assert (poster.width_px, poster.height_px) == (320, 176)
    assert poster.duration_ms == 4_000
    assert len(poster.pixels) == 320 * 176 * 4
    assert len(set(poster.pixels)) > 20


def test_a_sound_has_nothing_to_see(reader: RecordingReader) -> None:
    assert fault(reader, MEDIA / "bell.wav", SMALL) is RecordingFault.SILENT


def test_what_is_no_recording_never_reaches_a_decoder(tmp_path: Path) -> None:
    reader = RecordingReader()
    playlist = tmp_path / "song.mp3"
    playlist.write_text("#EXTM3U\nfile:///etc/passwd\n")
    for file in (playlist, MEDIA / "manuals.zip", MEDIA / "night.heic"):
        assert fault(reader, file, LevelsRequest()) is RecordingFault.UNSUPPORTED
    assert reader.process_id is None


def test_a_file_that_is_gone_is_missing(reader: RecordingReader, tmp_path: Path) -> None:
    assert fault(reader, tmp_path / "gone", SMALL) is RecordingFault.MISSING


@pytest.mark.parametrize("kept", [20, 400, 4_000])
def test_damaged_recordings_do_no_harm(reader: RecordingReader, tmp_path: Path, kept: int) -> None:
    for name in ("voice memo.m4a", "rolling.mp4"):
        broken = tmp_path / "broken"
        broken.write_bytes((MEDIA / name).read_bytes()[:kept])
        for request in (LevelsRequest(), SMALL):
            assert fault(reader, broken, request) in {RecordingFault.DAMAGED, RecordingFault.SILENT}
    assert levels(reader, MEDIA / "bell.wav").duration_ms == 1_800


def test_a_reader_that_hangs_is_ended_and_replaced() -> None:
    hanging = RecordingReader(0.2, [sys.executable, "-c", "import sys; sys.stdin.read()"])
    for _ in range(2):
        assert fault(hanging, MEDIA / "bell.wav", LevelsRequest()) is RecordingFault.TOOK_TOO_LONG
        assert hanging.process_id is None


@pytest.mark.parametrize(
    "lie",
    [
        "",
        "null",
        "[]",
        '{"fault": "", "duration_ms": 5, "bytes": 100000}',
        '{"fault": "", "duration_ms": -1, "bytes": 0}',
        '{"fault": "", "duration_ms": "5", "bytes": 0}',
        '{"fault": "", "duration_ms": 5, "bytes": 50}',
    ],
)
def test_an_answer_that_cannot_be_is_not_believed(lie: str) -> None:
    liar = RecordingReader(command=[sys.executable, "-c", f"input(); print({lie!r})"])
    assert fault(liar, MEDIA / "bell.wav", LevelsRequest()) is RecordingFault.DAMAGED
    assert liar.process_id is None


@pytest.mark.parametrize("size", ["[0, 5]", "[5]", "5", "[9000, 5]"])
def test_a_poster_of_a_size_that_cannot_be_is_not_believed(size: str) -> None:
    lie = f'{{"fault": "", "duration_ms": 5, "natural": [10, 10], "size": {size}}}'
    liar = RecordingReader(command=[sys.executable, "-c", f"input(); print({lie!r})"])
    assert fault(liar, MEDIA / "rolling.mp4", SMALL) is RecordingFault.DAMAGED


@pytest.mark.parametrize(
    "head",
    [b"RIFF\x00\x00\x00\x00WAVEfmt ", b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", b"\xff\xfb\x90d", b"OggS"],
)
def test_sounds_and_videos_are_known_by_their_beginning(head: bytes) -> None:
    assert is_recording(head)


@pytest.mark.parametrize("head", [b"", b"\xff", b"RIFF\x00\x00\x00\x00WEBP", b"<?xml version", b"ffconcat"])
def test_other_files_are_no_recordings(head: bytes) -> None:
    assert not is_recording(head)
