"""Sounds written anew by a real child, and read again by the reader of recordings."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.outgoing import OutgoingMedia
from linqdesk.domain.rules.files import check_voice_memo
from linqdesk.local.recording_reader import Levels, LevelsRequest, RecordingReader
from linqdesk.local.sound_encoder import FROZEN_COMMAND, SoundEncoder
from tests.local.sounds import SOUNDS_NOT_TAKEN, write_sound

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
TAKEN = {
    "bell.aiff": 1_800,
    "bell.caf": 1_600,
    "bell.wav": 1_800,
    "tune.aac": 4_551,
    "tune.mp3": 3_370,
    "voice memo.amr": 3_520,
    "voice memo.m4a": 4_226,
}


@pytest.fixture(scope="module")
def encoder() -> Iterator[SoundEncoder]:
    made = SoundEncoder()
    yield made
    made.close()


def levels(file: Path) -> Levels:
    reader = RecordingReader()
    try:
        outcome = reader.read(file, LevelsRequest())
    finally:
        reader.close()
    assert isinstance(outcome, Levels)
    return outcome


@pytest.mark.parametrize(("name", "duration_ms"), TAKEN.items())
def test_every_kind_of_sound_becomes_m4a(
    encoder: SoundEncoder, tmp_path: Path, name: str, duration_ms: int
) -> None:
    target = tmp_path / "new.m4a"
    changed = encoder.encode(MEDIA / name, target)
    assert changed.duration_ms is not None
    assert abs(changed.duration_ms - duration_ms) <= 60
    assert target.read_bytes()[4:12] == b"ftypM4A "
    assert changed.size_bytes == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert abs(levels(target).duration_ms - duration_ms) <= 100
    memo = OutgoingMedia(url="https://files.example/a")
    assert not check_voice_memo(memo, mime_type=changed.media_type, size_bytes=changed.size_bytes)


@pytest.mark.parametrize("kind", SOUNDS_NOT_TAKEN)
def test_what_linq_refuses_can_be_converted(encoder: SoundEncoder, tmp_path: Path, kind: str) -> None:
    source = write_sound(tmp_path / f"song.{kind}", kind, seconds=2.0)
    changed = encoder.encode(source, tmp_path / "new.m4a")
    assert changed.duration_ms is not None
    assert abs(changed.duration_ms - 2_000) <= 100


@pytest.mark.parametrize("kept", [0, 20, 400, 4_000])
def test_damaged_sounds_are_said_and_leave_nothing(encoder: SoundEncoder, tmp_path: Path, kept: int) -> None:
    broken = tmp_path / "broken.m4a"
    broken.write_bytes((MEDIA / "voice memo.m4a").read_bytes()[:kept])
    with pytest.raises(LocalFaultError):
        encoder.encode(broken, tmp_path / "new.m4a")
    assert not (tmp_path / "new.m4a").exists()


def test_a_text_that_calls_itself_a_sound_never_reaches_a_decoder(tmp_path: Path) -> None:
    lie = tmp_path / "song.mp3"
    lie.write_text("#EXTM3U\nfile:///etc/passwd\n")
    encoder = SoundEncoder(command=[sys.executable, "-c", "raise SystemExit"])
    with pytest.raises(LocalFaultError, match="no recording"):
        encoder.encode(lie, tmp_path / "new.m4a")


def test_a_folder_that_cannot_be_written_to_is_no_damaged_sound(
    encoder: SoundEncoder, tmp_path: Path
) -> None:
    with pytest.raises(LocalFaultError, match="cannot be written"):
        encoder.encode(MEDIA / "bell.wav", tmp_path / "nowhere" / "new.m4a")


@pytest.mark.parametrize("lie", ["", "[]", '{"duration_ms": -1}', '{"duration_ms": "5"}', "nonsense"])
def test_an_answer_that_cannot_be_is_not_believed(tmp_path: Path, lie: str) -> None:
    liar = SoundEncoder(command=[sys.executable, "-c", f"input(); print({lie!r})"])
    with pytest.raises(LocalFaultError):
        liar.encode(MEDIA / "bell.wav", tmp_path / "new.m4a")


def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = SoundEncoder(0.2, [sys.executable, "-c", "import sys; sys.stdin.read()"])
    with pytest.raises(LocalFaultError, match="too long"):
        hanging.encode(MEDIA / "bell.wav", tmp_path / "new.m4a")


def test_a_file_that_is_gone_is_said(encoder: SoundEncoder, tmp_path: Path) -> None:
    with pytest.raises(LocalFaultError, match="No such file"):
        encoder.encode(tmp_path / "gone.wav", tmp_path / "new.m4a")


def test_a_frozen_program_encodes_sounds_by_a_hidden_command(tmp_path: Path) -> None:
    target = tmp_path / "new.m4a"
    question = {"path": str(MEDIA / "bell.wav"), "target": str(target), "bits_a_second": 64_000}
    command = [sys.executable, "-m", "linqdesk", FROZEN_COMMAND]
    line = json.dumps(question).encode() + b"\n"
    done = subprocess.run(command, input=line, capture_output=True, timeout=60, check=True)
    assert json.loads(done.stdout) == {"fault": "", "duration_ms": 1_800}
    assert target.stat().st_size
