"""Refuses the one pair of Python and PySide6 that aborts after a few minutes of work.

PySide6 6.12 takes a reference to None with every void C++ call and one to True with every signal.
From Python 3.12 on these objects are immortal and it does no harm; before, the interpreter dies
with "Fatal Python error: none_dealloc".
"""

_FIRST_SAFE_PYTHON = (3, 12)
_FIRST_LEAKING_PYSIDE = (6, 12)


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
