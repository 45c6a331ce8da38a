"""What stops the window before it can open, said in one sentence each.

PySide6 6.12 takes a reference to None with every void C++ call and one to True with every signal.
From Python 3.12 on these objects are immortal and it does no harm; before, the interpreter dies
with "Fatal Python error: none_dealloc".
"""

import ctypes
import sys
from collections.abc import Mapping

_FIRST_SAFE_PYTHON = (3, 12)
_FIRST_LEAKING_PYSIDE = (6, 12)

# What Qt's xcb plug-in links to that a server without a screen lacks, with Debian's names for it.
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def refusal(python: tuple[int, ...], pyside: tuple[int, ...]) -> str | None:
    """Return the sentence that says why this pair cannot run, None where it can."""
    if tuple(python[:2]) >= _FIRST_SAFE_PYTHON or tuple(pyside[:2]) < _FIRST_LEAKING_PYSIDE:
        return None
    python_version = ".".join(map(str, python[:2]))
    pyside_version = ".".join(map(str, pyside[:3]))
    return (
        f"PySide6 {pyside_version} crashes on Python {python_version}: "
        "install PySide6 6.11 (pip install 'PySide6-Essentials<6.12' 'PySide6-Addons<6.12') "
        "or use Python 3.12 or newer."
    )


def needs_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether Qt has no screen to draw on: only Linux and its like can lack one."""
    if platform in {"darwin", "win32"}:
        return False
    return not any(environment.get(each) for each in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def missing_xcb_packages(environment: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """Return Debian's names of the libraries that a window on an X11 screen lacks.

    Qt itself aborts the process where one is missing, which nobody can catch.
    """
    wanted = environment.get("QT_QPA_PLATFORM", "xcb")
    if platform in {"darwin", "win32"} or not wanted.startswith("xcb"):
        return []
    if environment.get("WAYLAND_DISPLAY") and "QT_QPA_PLATFORM" not in environment:
        return []
    return [package for library, package in _XCB_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
