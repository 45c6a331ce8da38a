"""Brings the shipped fonts into the application: Inter, and emoji where the system has none."""

from __future__ import annotations

from importlib.resources import as_file
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase

from linqdesk.local.resource_files import resource
from linqdesk.ui.text_size import note_system_size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_EMOJI_FAMILIES = ("Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Twemoji Mozilla")


def install_fonts(application: QApplication) -> None:
    """Set the application's font: Inter, colour emoji behind it."""
    # Qt says on stderr which families it passes over on its way to one that has a script. That every
    # system has its own is what fallback is for: nobody can do anything about it.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    _add_fonts("inter")
    families = ["Inter", _emoji_family()]
    note_system_size(application)
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(14)
    application.setFont(font)


def _emoji_family() -> str:
    present = set(QFontDatabase.families())
    for family in _EMOJI_FAMILIES:
        if family in present:
            return family
    _add_fonts("noto-color-emoji")
    return "Noto Color Emoji"


def _add_fonts(folder: str) -> None:
    for item in resource("fonts", folder).iterdir():
        if item.name.endswith(".ttf"):
            with as_file(item) as file:
                QFontDatabase.addApplicationFont(str(file))
