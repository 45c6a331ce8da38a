"""From the start of the process to the first painted window, and to the first painted chats."""

import os
import subprocess
import sys
import tempfile
import time

from tests.bench.figures import report
from tests.bench.program import sandbox

_RUNS = 9

_BARE = """
import resource, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)
    def tell(self):
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(time.monotonic(), used.ru_utime + used.ru_stime); application.exit(0)
application = QApplication([])
window = Window(); window.resize(1240, 800); window.show()
application.exec()
"""


def _times(*arguments: str) -> list[tuple[float, float]]:
    """Run a program; return the seconds and the seconds of CPU until each of the moments that it prints."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LINQDESK_DATA_DIR": folder}
        command = [sys.executable, *arguments]
        began = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    moments = (line.split() for line in done.stdout.splitlines())
    return [(float(at) - began, float(used)) for at, used in moments]


def main() -> None:
    bare, first, chats = [], [], []
    with sandbox() as base_url:
        ours = ("-m", "tests.bench.start_program", base_url)
        for warming in (("-c", _BARE), ours):
            _times(*warming)
        for _ in range(_RUNS):
            bare.append(_times("-c", _BARE)[0])
            painted, filled = _times(*ours)
            first.append(painted)
            chats.append((filled[0] - painted[0], filled[1] - painted[1]))
    report("bare window: start to first paint", [each[0] for each in bare], "s", "-")
    report("start to first painted window", [each[0] for each in first], "s", "<= 2.5 x bare")
    for name, which in (("ratio to bare", 0), ("ratio to bare in CPU, which other programs disturb less", 1)):
        ratios = [ours[which] / theirs[which] for ours, theirs in zip(first, bare, strict=True)]
        report(f"start to first painted window, {name}", ratios, "x", "<= 2.5")
    report("first paint to first chats painted", [each[0] for each in chats], "s", "<= 0.6")
    report("first paint to first chats painted, in CPU", [each[1] for each in chats], "s", "-")


if __name__ == "__main__":
    main()
