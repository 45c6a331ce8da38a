import logging
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.environment import DEFAULT_BASE_URL, Environment, read_environment
from linqdesk.local.log_files import start_log
from linqdesk.local.paths import find_paths
from linqdesk.local.resource_files import resource


def test_without_variables_the_real_api_is_used() -> None:
    assert read_environment({}) == Environment(base_url=DEFAULT_BASE_URL)


def test_every_variable_is_read_and_the_token_is_not_shown() -> None:
    environment = read_environment(
        {
            "LINQDESK_BASE_URL": "http://127.0.0.1:1",
            "LINQDESK_TOKEN": "canary",
            "LINQDESK_DATA_DIR": "data",
            "LINQDESK_LOG": "DEBUG",
            "LINQDESK_KEYRING_WAIT_S": "2.5",
        }
    )
    assert (environment.token, environment.log_level) == ("canary", "debug")
    assert environment.keyring_wait_s == 2.5
    assert environment.data_dir == Path.cwd() / "data"
    assert "canary" not in repr(environment)


def test_a_log_level_that_does_not_exist_is_said() -> None:
    with pytest.raises(LocalFaultError, match="LINQDESK_LOG"):
        read_environment({"LINQDESK_LOG": "loud"})


@pytest.mark.parametrize("told", ["soon", "0", "-1", "601", "nan"])
def test_a_wait_that_means_nothing_is_said(told: str) -> None:
    with pytest.raises(LocalFaultError, match="LINQDESK_KEYRING_WAIT_S"):
        read_environment({"LINQDESK_KEYRING_WAIT_S": told})


def test_everything_lives_under_the_folder_that_was_named(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    assert all(each.is_relative_to(tmp_path) for each in (paths.settings_file, paths.log_file))
    assert find_paths(None).settings_file.name == "settings.toml"


def test_the_log_holds_one_line_an_entry_whatever_stands_in_it(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    stop = start_log(paths, "info")
    logging.getLogger("x").info("first\nforged\x1b[31m \u202e line")
    logging.getLogger("httpx").info("https://x.test/?signature=1")
    stop()
    lines = paths.log_file.read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert r"first\nforged\x1b[31m \u202e line" in lines[0]


def test_shipped_files_are_found() -> None:
    assert resource("fonts", "inter", "LICENSE").is_file()
