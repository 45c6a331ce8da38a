import json
import os
import signal
import stat
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.recording import SampleKind, SoundForm
from linqdesk.local.recording_files import (
    OpenRecording,
    find_leftovers,
    forget_account,
    forget_recording,
    room_for_memo,
)
from linqdesk.local.recording_reader import Levels, LevelsRequest, RecordingReader

ANA = ChatId("ana")
FORM = SoundForm(8_000, 1)
A_SECOND = b"\x10\x27" * 8_000


def seconds_of(file: Path) -> float:
    with wave.open(str(file)) as sound:
        frames, rate = sound.getnframes(), sound.getframerate()
    return float(frames / rate)


def record(folder: Path, seconds: int = 1, account: str = "linq") -> OpenRecording:
    made = OpenRecording(folder, account, ANA, FORM)
    for _ in range(seconds):
        made.append(A_SECOND)
    return made


def test_what_is_heard_is_on_the_disk_for_its_owner_alone(tmp_path: Path) -> None:
    recording = record(tmp_path / "recordings", 3)
    assert recording.duration_ms == 3_000
    recording.close()
    assert seconds_of(recording.sound) == 3.0
    for path in recording.sound.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(recording.sound.parent.stat().st_mode) == 0o700


def test_after_its_end_nothing_is_written_any_more(tmp_path: Path) -> None:
    recording = record(tmp_path)
    recording.close()
    recording.append(A_SECOND)
    recording.close()
    assert seconds_of(recording.sound) == 1.0


@pytest.mark.parametrize("samples", list(SampleKind))
@pytest.mark.parametrize("channels", [1, 2])
def test_every_form_of_sound_can_be_read_where_it_was_cut_off(
    tmp_path: Path, samples: SampleKind, channels: int
) -> None:
    form = SoundForm(16_000, channels, samples)
    recording = OpenRecording(tmp_path, "linq", ANA, form)
    recording.append(bytes(range(256)) * (16_000 * form.frame_bytes // 256))
    # Cut in the middle of a frame, as by a full disk.
    with recording.sound.open("ab") as file:
        file.write(b"\x01")
    (leftover,) = find_leftovers(tmp_path, "linq")
    reader = RecordingReader()
    outcome = reader.read(leftover.sound, LevelsRequest())
    reader.close()
    recording.close()
    assert isinstance(outcome, Levels)
    assert abs(outcome.duration_ms - 1_000) <= 10


def test_what_was_recorded_survives_the_death_of_the_program(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from linqdesk.domain.recording import SoundForm\n"
        "from linqdesk.local.recording_files import OpenRecording\n"
        "made = OpenRecording(Path(sys.argv[1]), 'linq', 'ana', SoundForm(8_000, 1))\n"
        "for number in range(1_000):\n"
        "    made.append(b'\\x10\\x27' * 8_000)\n"
        "    print(made.duration_ms, flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        told_ms = 0
        while told_ms < 20_000:
            told_ms = int(program.stdout.readline())
        os.kill(program.pid, signal.SIGKILL)
        told_ms = max([told_ms, *(int(line) for line in program.stdout.read().split())])
    (leftover,) = find_leftovers(tmp_path, "linq")
    assert leftover.chat_id == ANA
    assert seconds_of(leftover.sound) * 1_000 >= told_ms


def test_each_account_finds_its_own(tmp_path: Path) -> None:
    mine, other = record(tmp_path, 1, "linq"), record(tmp_path, 1, "demo")
    for each in (mine, other):
        each.close()
    assert [each.id for each in find_leftovers(tmp_path, "linq")] == [mine.id]
    forget_account(tmp_path, "demo")
    assert find_leftovers(tmp_path, "demo") == []
    assert [each.id for each in find_leftovers(tmp_path, "linq")] == [mine.id]


def test_a_recording_in_which_nothing_was_said_goes(tmp_path: Path) -> None:
    recording = OpenRecording(tmp_path, "linq", ANA, FORM)
    recording.append(A_SECOND[:1_000])
    assert find_leftovers(tmp_path, "linq") == []
    assert list(tmp_path.iterdir()) == []
    recording.close()


def test_one_that_is_done_leaves_nothing(tmp_path: Path) -> None:
    recording = record(tmp_path)
    recording.close()
    room_for_memo(recording.sound).write_bytes(b"memo")
    assert room_for_memo(recording.sound).name == "Voice memo.m4a"
    forget_recording(tmp_path, recording.id)
    forget_recording(tmp_path, recording.id)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"account": "linq"}', '{"account": "linq", "chat_id": 5}'])
def test_damaged_notes_do_no_harm(tmp_path: Path, note: str) -> None:
    (tmp_path / "a.json").write_text(note)
    kept = record(tmp_path)
    kept.close()
    assert [each.id for each in find_leftovers(tmp_path, "linq")] == [kept.id]


@pytest.mark.parametrize("head", [b"", b"RIFF", bytes(44) + A_SECOND])
def test_a_damaged_sound_is_given_up(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"account": "linq", "chat_id": "ana"}))
    (tmp_path / "a.wav").write_bytes(head)
    assert find_leftovers(tmp_path, "linq") == []


def test_a_folder_that_cannot_be_made_and_a_full_disk_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalFaultError):
        OpenRecording(tmp_path / "file", "linq", ANA, FORM)
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from linqdesk.domain.errors import LocalFaultError\n"
        "from linqdesk.domain.recording import SoundForm\n"
        "from linqdesk.local.recording_files import OpenRecording\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "made = OpenRecording(Path(sys.argv[1]), 'linq', 'ana', SoundForm(8_000, 1))\n"
        "try:\n"
        "    [made.append(bytes(16_000)) for _ in range(3)]\n"
        "except LocalFaultError as fault:\n"
        "    made.close()\n"
        "    sys.exit(fault.message)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "full")]
    done = subprocess.run(command, check=False, capture_output=True, timeout=60, text=True)
    assert "cannot be kept on the disk: File too large" in done.stderr
    (leftover,) = find_leftovers(tmp_path / "full", "linq")
    assert seconds_of(leftover.sound) >= 1.0
