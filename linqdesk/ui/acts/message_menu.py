"""The menu of a message: every act with its key, and for what cannot be done the reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: `obstacle` says why it cannot be done now; `entries` make it a menu of its own."""

    label: str
    act: Callable[[], None] | None = None
    keys: str = ""
    obstacle: str | None = None
    entries: tuple["Entry", ...] = ()


def make_menu(entries: Sequence[Entry | None], parent: QWidget) -> QMenu:
    """Return a menu that goes with its closing; None among the entries is a line between them."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setObjectName("message_menu")
    menu.setAccessibleName("Message actions")
    _fill(menu, entries)
    return menu


def _fill(menu: QMenu, entries: Sequence[Entry | None]) -> None:
    menu.setToolTipsVisible(True)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif entry.entries and entry.obstacle is None:
            inner = menu.addMenu(_literal(entry.label))
            inner.setObjectName("message_menu")
            _fill(inner, entry.entries)
        else:
            _add(menu, entry)


def _add(menu: QMenu, entry: Entry) -> None:
    keys = f"\t{entry.keys}" if entry.keys else ""
    action = menu.addAction(f"{_literal(entry.label)}{keys}")
    action.setEnabled(entry.obstacle is None)
    action.setToolTip(entry.obstacle or entry.label)
    action.setStatusTip(entry.obstacle or "")
    if entry.act is not None:
        action.triggered.connect(entry.act)


def _literal(label: str) -> str:
    return label.replace("&", "&&")
