"""Buttons that show a state act the same whether they are clicked or toggled by a screen reader.

The accessible action "Toggle" calls `QAbstractButton.toggle()`, which emits `toggled` and never `clicked`
(Qt's qaccessiblewidgets, QAccessibleButton::doAction): whoever listens to clicks alone is deaf to it.
"""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


def on_toggled(button: QAbstractButton, act: Callable[[], object]) -> None:
    """Act whenever somebody presses or toggles a checkable button, on or off."""
    button.toggled.connect(lambda _is_on: act())


def on_turned_to(group: QButtonGroup, act: Callable[[int], object]) -> None:
    """Act with the number of the button to which somebody turns an exclusive group."""
    group.idToggled.connect(lambda number, is_on: act(number) if is_on else None)


def show_toggled(button: QAbstractButton, *, is_on: bool) -> None:
    """Show a button's state without acting; screen readers hear of it all the same."""
    with QSignalBlocker(button):
        button.setChecked(is_on)


def show_turned_to(group: QButtonGroup, number: int) -> None:
    """Show which button of an exclusive group is on without acting; an unknown number changes nothing."""
    button = group.button(number)
    if button is not None:
        with QSignalBlocker(group):
            button.setChecked(True)
