"""What becomes of the processes that read and write sounds once the window is gone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MEDIA = Path(__file__).parents[3] / "linqdesk" / "ui" / "media"


@pytest.mark.parametrize(
    ("worker", "question"),
    [
        ("recording_worker.py", {"wants": "levels", "path": "nowhere"}),
        ("encoding_worker.py", {"path": "nowhere", "target": "nowhere.m4a", "bits_a_second": 64_000}),
    ],
)
def test_a_worker_whose_window_was_killed_ends(worker: str, question: dict[str, object]) -> None:
    started = subprocess.Popen(
        [sys.executable, "-P", str(MEDIA / worker)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert started.stdin is not None
    assert started.stdout is not None
    # The window's ends of both pipes are gone before the answer to what it asked last.
    started.stdout.close()
    started.stdin.write(json.dumps(question).encode() + b"\n")
    started.stdin.flush()
    try:
        started.wait(20)
    finally:
        started.kill()
        started.stdin.close()
        started.wait()
    assert started.returncode == 0
