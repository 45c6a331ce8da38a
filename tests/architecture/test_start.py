import subprocess
import sys

import pytest

# What a start may import before the window is painted; each of ours costs about half a millisecond.
MOST_OF_OURS = 118

FIRST_PICTURE = """
import sys
from pathlib import Path
from linqdesk.app import Desk
from linqdesk.arguments import WindowOptions
from linqdesk.desk_application import DeskApplication
from linqdesk.local.environment import Environment
from linqdesk.ui.fonts import install_fonts
application = DeskApplication([])
install_fonts(application)
desk = Desk(application, WindowOptions(), Environment(data_dir=Path(sys.argv[1])))
desk.window.show()
application.processEvents()
print(*sys.modules)
sys.stdout.flush()
desk.window.hide()
"""


@pytest.fixture(scope="module")
def at_first_picture(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules that are there once the window was painted."""
    folder = tmp_path_factory.mktemp("start")
    command = [sys.executable, "-c", FIRST_PICTURE, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return frozenset(done.stdout.split())


@pytest.mark.parametrize(
    "late",
    [
        "PIL",
        "PySide6.QtMultimedia",
        "PySide6.QtNetwork",
        "PySide6.QtSvg",
        "anyio",
        "httpx",
        "keyring",
        "linqdesk.api",
        "linqdesk.backstage",
        "linqdesk.domain.rules",
        "linqdesk.local.media_cache",
        "linqdesk.sandbox.server",
        "linqdesk.services.session",
        "linqdesk.services.verbs",
        "linqdesk.ui.acts",
        "linqdesk.ui.chat_list.chat_painting",
        "linqdesk.ui.composer",
        "linqdesk.ui.media",
        "linqdesk.ui.pickers",
        "linqdesk.ui.recorder",
        "linqdesk.ui.settings",
        "linqdesk.ui.thread",
        "phonenumbers",
        "pydantic",
        "tomlkit",
        "vobject",
    ],
)
def test_the_first_picture_of_the_window_does_without(late: str, at_first_picture: frozenset[str]) -> None:
    assert late not in at_first_picture


def test_the_first_picture_of_the_window_takes_few_modules(at_first_picture: frozenset[str]) -> None:
    ours = {name for name in at_first_picture if name.partition(".")[0] == "linqdesk"}
    assert "linqdesk.ui.windows.main_window" in ours
    assert len(ours) <= MOST_OF_OURS
