"""Lets the system's own program open a file: nothing but a harmless copy of ours."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_copy(path: Path) -> bool:
    """Open a copy that `linqdesk.local.file_copies.copy_to_open` made; tells whether a program could.

    Links are opened elsewhere and can never name a file.
    """
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
