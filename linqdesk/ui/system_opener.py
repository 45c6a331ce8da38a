"""Hands web addresses, numbers and harmless files to the system's own programs: the only module that may."""

import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from linqdesk.domain.rules.addresses import is_phone_number

_WEB = {"http", "https"}
# Where each system lets programs use the microphone; Linux asks nobody.
_MICROPHONE_PAGES = {
    "darwin": "x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone",
    "win32": "ms-settings:privacy-microphone",
}


def open_web(url: QUrl) -> bool:
    """Open an address in the browser; tells whether a program could. Only http and https ever open."""
    return url.scheme() in _WEB and QDesktopServices.openUrl(url)


def open_dialler(number: str) -> bool:
    """Open the system's dialler with a number; tells whether a program could. Only E.164 numbers open."""
    return is_phone_number(number) and QDesktopServices.openUrl(QUrl(f"tel:{number}"))


def microphone_page(system: str = sys.platform) -> QUrl | None:
    """Return where a system (as `sys.platform` names it) lets programs use the microphone, if anywhere."""
    page = _MICROPHONE_PAGES.get(system)
    return QUrl(page) if page is not None else None


def open_microphone_page() -> bool:
    """Open the system's own settings of the microphone; tells whether there are any."""
    page = microphone_page()
    return page is not None and QDesktopServices.openUrl(page)


def open_copy(path: Path) -> bool:
    """Open a copy that `linqdesk.local.file_copies.copy_to_open` made; tells whether a program could."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
