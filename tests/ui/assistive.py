"""What a screen reader does to the window."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QWidget


def toggle(control: QWidget) -> None:
    """Do what a screen reader's "toggle" does to a control, which is no click."""
    interface = QAccessible.queryAccessibleInterface(control)
    actions = interface.actionInterface()
    assert "Toggle" in actions.actionNames()
    actions.doAction("Toggle")


def select(view: QAbstractItemView, row: int) -> None:
    """Do what a screen reader's "select" does to a row, which is no click."""
    selection = QAccessible.queryAccessibleInterface(view).selectionInterface()
    selection.select(QAccessible.queryAccessibleInterface(view).child(row))
