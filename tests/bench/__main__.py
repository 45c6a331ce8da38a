"""Runs every benchmark in a process of its own: `python -m tests.bench [NAME …]`."""

import os
import platform
import subprocess
import sys

NAMES = (
    "start",
    "thread",
    "pictures",
    "recordings",
    "uploads",
    "effects",
    "window",
    "composer",
    "pickers",
    "drop",
    "memory",
    "idle",
)


def main() -> int:
    wanted = sys.argv[1:] or NAMES
    where = os.environ.get("QT_QPA_PLATFORM", "the screen")
    sys.stderr.write(f"{os.cpu_count()} cores, Python {platform.python_version()}, drawn on {where}\n")
    worst = 0
    for name in wanted:
        done = subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
