"""Hands web addresses, numbers and harmless files to the system's own programs: the only module that may."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from linqdesk.domain.rules.addresses import is_phone_number

_WEB = {"http", "https"}


def open_web(url: QUrl) -> bool:
    """Open an address in the browser; tells whether a program could. Only http and https ever open."""
    return url.scheme() in _WEB and QDesktopServices.openUrl(url)


def open_dialler(number: str) -> bool:
    """Open the system's dialler with a number; tells whether a program could. Only E.164 numbers open."""
    return is_phone_number(number) and QDesktopServices.openUrl(QUrl(f"tel:{number}"))


def open_copy(path: Path) -> bool:
    """Open a copy that `linqdesk.local.file_copies.copy_to_open` made; tells whether a program could."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
