"""Which theme the window wears: the command line's, else the setting's, else the system's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from linqdesk.store.subscription import Subscription
from linqdesk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from linqdesk.ui.theme import Theme


def system_theme(application: QApplication) -> Theme:
    """Return the theme that the system asks for; light where it says nothing."""
    hints = application.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def chosen_theme(choice: str, application: QApplication) -> Theme:
    """Return the theme named by `choice`; "system" and unknown names follow the system."""
    return THEMES.get(choice) or system_theme(application)


def follow_system(
    choice: str, application: QApplication, wear: Callable[[Theme], None]
) -> Subscription | None:
    """Call `wear` with each theme that the system changes to, unless a theme was chosen by name."""
    if choice in THEMES:
        return None
    hints = application.styleHints()
    changes = (hints.colorSchemeChanged, hints.accessibility().contrastPreferenceChanged)
    connections = [change.connect(lambda _value: wear(system_theme(application))) for change in changes]

    def undo() -> None:
        for connection in connections:
            QObject.disconnect(connection)

    return Subscription(undo)
