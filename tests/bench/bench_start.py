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
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)
    def tell(self):
        print(time.monotonic()); application.exit(0)
application = QApplication([])
window = Window(); window.resize(1240, 800); window.show()
application.exec()
"""


def _times(*arguments: str) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LINQDESK_DATA_DIR": folder}
        command = [sys.executable, *arguments]
        began = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return [float(line) - began for line in done.stdout.split()]


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
            chats.append(filled - painted)
    report("bare window: start to first paint", bare, "s", "-")
    report("start to first painted window", first, "s", "<= 2.5 x bare")
    ratios = [ours / theirs for ours, theirs in zip(first, bare, strict=True)]
    report("start to first painted window, ratio to bare", ratios, "x", "<= 2.5")
    report("first paint to first chats painted", chats, "s", "<= 0.6")


if __name__ == "__main__":
    main()
