import pytest
from pytestqt.qtbot import QtBot

from linqdesk.local.settings import Settings
from linqdesk.ui.motion import REDUCED_MOTION_VARIABLE, is_reduced


def test_motion_is_free_where_nobody_objects(qtbot: QtBot) -> None:
    del qtbot
    assert not is_reduced(Settings())


def test_the_setting_reduces_motion(qtbot: QtBot) -> None:
    del qtbot
    assert is_reduced(Settings(reduced_motion="on"))


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("", False)])
def test_the_environment_reduces_motion(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, value: str, *, expected: bool
) -> None:
    del qtbot
    monkeypatch.setenv(REDUCED_MOTION_VARIABLE, value)
    assert is_reduced(Settings()) is expected
