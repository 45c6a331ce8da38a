"""What stops the window before it can open, said in one sentence each.

PySide6 6.12 takes a reference to None with every void C++ call and one to True with every signal.
From Python 3.12 on these objects are immortal and it does no harm; before, the interpreter dies
with "Fatal Python error: none_dealloc".
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_SAFE_PYTHON = (3, 12)
_FIRST_LEAKING_PYSIDE = (6, 12)

# What Qt links to that a server without a screen lacks, with Debian's names for it: for any platform,
_QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# and for the xcb plug-in.
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


def missing_packages(environment: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """Return Debian's names of the libraries that Qt lacks on the platform that it would choose.

    Qt itself ends the process or fails to import where one is missing, in words that name no package.
    """
    if platform in {"darwin", "win32"}:
        return []
    wanted = dict(_QT_LIBRARIES)
    chosen = environment.get("QT_QPA_PLATFORM") or (
        "wayland" if environment.get("WAYLAND_DISPLAY") else "xcb"
    )
    if chosen.startswith("xcb"):
        wanted |= _XCB_LIBRARIES
    return [package for library, package in wanted.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
