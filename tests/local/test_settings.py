import stat
import sys
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.settings import Settings, load_settings, save_settings


def test_settings_come_back_as_they_were_and_what_is_unknown_stays(tmp_path: Path) -> None:
    file = tmp_path / "own" / "settings.toml"
    save_settings(file, Settings(theme="dark", zoom=1.5, geometry="AAA="), {"later": {"x": 1}})
    loaded = load_settings(file)
    assert loaded.settings == Settings(theme="dark", zoom=1.5, geometry="AAA=")
    assert loaded.unknown == {"later": {"x": 1}}
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    file = tmp_path / "own" / "settings.toml"
    save_settings(file, Settings(), {})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml").settings == Settings()


def test_values_that_mean_nothing_are_as_if_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'theme = "pink"\nzoom = 40\ngeometry = 3\nsplitter = "ok"\nautoplay = "twice"\nreduced_motion = 1\n'
        'typing_indicator = "no"\nrequests_per_s = 1000\n'
    )
    assert load_settings(file).settings == Settings(splitter="ok")


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00"])
def test_a_damaged_file_is_set_aside_with_a_word(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    loaded = load_settings(file)
    assert loaded.settings == Settings()
    assert "settings.broken.toml" in (loaded.complaint or "")
    assert (tmp_path / "settings.broken.toml").read_bytes() == content
    assert not file.exists()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(LocalFaultError, match="cannot be made"):
        save_settings(blocked / "settings.toml", Settings(), {})


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "settings.toml"
    folder.mkdir()
    assert "could not be read" in (load_settings(folder).complaint or "")


def test_the_wishes_for_effects_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    wishes = Settings(autoplay="never", reduced_motion="on", typing_indicator=False)
    save_settings(file, wishes, {})
    assert load_settings(file).settings == wishes


def test_recent_emoji_are_kept_and_nonsense_for_them_is_as_if_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save_settings(file, Settings(recent_emoji=("👍", "🎉"), skin_tone=3), {})
    assert load_settings(file).settings == Settings(recent_emoji=("👍", "🎉"), skin_tone=3)
    file.write_text("recent_emoji = [1]\nskin_tone = 6\n")
    assert load_settings(file).settings == Settings()


def test_the_ways_of_writing_are_kept_and_nonsense_for_them_is_as_if_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    settings = Settings(send_key="ctrl-enter", spelling="off")
    save_settings(file, settings, {})
    assert load_settings(file).settings == settings
    file.write_text('send_key = "space"\nspelling = 3\n', "utf-8")
    assert load_settings(file).settings == Settings()
