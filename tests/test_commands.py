"""The commands of the contract, run as processes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from PySide6.QtGui import QImage

_SCREENLESS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def _run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in _SCREENLESS} | variables
    command = [sys.executable, "-m", "linqdesk", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)


def test_version_is_printed() -> None:
    done = _run("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "LinqDesk")


def test_help_names_every_command_and_flag_of_the_contract() -> None:
    printed = _run("--help").stdout
    for word in (
        "--demo",
        "--story",
        "--screenshot",
        "--size",
        "--theme",
        "--scale",
        "--open",
        "--panel",
        "sandbox",
        "doctor",
    ):
        assert word in printed


def test_bad_arguments_exit_2_with_one_line() -> None:
    done = _run("--theme", "pink")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_exits_3_and_says_what_to_do() -> None:
    done = _run()
    assert done.returncode == 3
    assert "xvfb" in done.stderr


def test_a_screenshot_is_written_without_a_screen(tmp_path: Path) -> None:
    picture = tmp_path / "desk.png"
    arguments = ["--demo", "--screenshot", str(picture), "--open", "Ana Ruiz", "--panel"]
    done = _run(*arguments, "--size", "900x640", "--scale", "2", "--theme", "dark")
    assert (done.returncode, done.stderr) == (0, "")
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1800, 1280)
    assert len({image.pixelColor(x, 400).rgb() for x in range(0, 1800, 3)}) > 10


def test_a_screenshot_of_nobodys_chat_exits_1_with_one_line(tmp_path: Path) -> None:
    done = _run("--demo", "--screenshot", str(tmp_path / "a.png"), "--open", "Nobody")
    assert (done.returncode, done.stderr) == (1, "linqdesk: There is no chat 'Nobody'.\n")


def test_an_unknown_story_exits_1_with_one_line(tmp_path: Path) -> None:
    done = _run("--demo", "--story", "nonsense", "--screenshot", str(tmp_path / "a.png"))
    assert done.returncode == 1
    assert "there is no story 'nonsense'" in done.stderr


def test_plain_http_to_another_computer_is_refused(tmp_path: Path) -> None:
    done = _run(
        "--screenshot",
        str(tmp_path / "a.png"),
        LINQDESK_BASE_URL="http://api.example.com",
        LINQDESK_TOKEN="secret",
    )
    assert done.returncode == 1
    assert "must begin with https" in done.stderr


def test_a_bad_variable_exits_1_with_one_line() -> None:
    done = _run("--demo", "--screenshot", "a.png", LINQDESK_LOG="loud")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_doctor_tells_what_is_installed_and_no_token() -> None:
    done = _run("doctor", LINQDESK_TOKEN="secret-token")
    assert done.returncode == 0
    for subject in (
        "LinqDesk:",
        "Python:",
        "Qt platform: offscreen",
        "keyring:",
        "settings:",
        "last sync: never",
    ):
        assert subject in done.stdout
    assert "secret-token" not in done.stdout


def test_the_sandbox_says_where_it_is_and_stops_on_a_signal() -> None:
    command = [sys.executable, "-m", "linqdesk", "sandbox", "--story", "empty"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())
        assert set(address) == {"base_url", "token", "control_url", "cdn_url", "port"}
        headers = {"Authorization": f"Bearer {address['token']}"}
        lines = httpx.get(f"{address['base_url']}/v3/phone_numbers", headers=headers, trust_env=False)
        assert lines.json()["phone_numbers"][0]["phone_number"] == "+14155550110"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_taken_port_is_one_line_and_exit_code_1() -> None:
    command = [sys.executable, "-m", "linqdesk", "sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        done = _run("sandbox", "--port", str(port))
        process.terminate()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr
