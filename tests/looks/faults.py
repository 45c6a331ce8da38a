"""Finds in a window what looks broken: sticks out of its parent, overlaps, or has no room for its words."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitterHandle,
    QWidget,
)

from linqdesk.ui.panels.labels import ElidedLabel
from linqdesk.ui.pickers.popover import Popover

# They lie over others by their nature.
_OVER = {"format_bar", "toast", "drop_zone", "jump_to_newest", "side_column"}
_SLACK_PX = 1


def faults_in(whole: QWidget) -> list[str]:
    """Return what looks broken in a widget and all that is visible within it, a sentence each."""
    found: list[str] = []
    for each in _visible(whole):
        found += _sticking_out(each)
        found += _without_room(each)
        found += _overlapping(each)
    return found


def words_in(whole: QWidget) -> str:
    """Return what is written in a widget, and what its controls are called, line by line."""
    said: list[str] = []
    for each in _visible(whole):
        said += [each.accessibleName(), each.toolTip()]
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            said.append(each.text())
        if isinstance(each, QAbstractItemView):
            said += _rows_of(each)
    return "\n".join(said)


def _rows_of(view: QAbstractItemView) -> Iterator[str]:
    """Yield what a screen reader says of the rows of a list."""
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    for row in range(model.rowCount()):
        yield str(model.index(row, 0).data(role) or model.index(row, 0).data() or "")


def _visible(whole: QWidget) -> Iterator[QWidget]:
    """Yield a widget and what is visible within it, but not what a list or a text shows."""
    yield whole
    inside = whole.widget() if isinstance(whole, QScrollArea) else None
    if inside is not None:
        yield from _visible(inside)
    for each in whole.children():
        if isinstance(each, QWidget) and each.isVisible() and not each.isWindow():
            if isinstance(whole, QAbstractScrollArea):
                continue
            yield from _visible(each)


def _children(parent: QWidget) -> list[QWidget]:
    return [
        each
        for each in parent.children()
        if isinstance(each, QWidget) and each.isVisible() and not each.isWindow()
    ]


def _name(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName() or type(widget).__name__


def _is_over(widget: QWidget) -> bool:
    return isinstance(widget, Popover | QSplitterHandle) or widget.objectName() in _OVER


def _sticking_out(widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return []
    if isinstance(parent.parentWidget(), QScrollArea):
        # What scrolls is higher than its window, and never wider.
        is_wide = widget.width() > parent.width() + _SLACK_PX
        return [f"{_name(widget)} is wider than what it scrolls in"] if is_wide else []
    room = parent.rect().adjusted(-_SLACK_PX, -_SLACK_PX, _SLACK_PX, _SLACK_PX)
    if room.contains(widget.geometry()):
        return []
    return [f"{_name(widget)} {widget.geometry()} sticks out of {_name(parent)} {parent.rect()}"]


def _overlapping(parent: QWidget) -> list[str]:
    if isinstance(parent, QAbstractScrollArea):
        return []
    flat = [each for each in _children(parent) if not _is_over(each)]
    return [
        f"{_name(one)} {one.geometry()} overlaps {_name(other)} {other.geometry()}"
        for one, other in combinations(flat, 2)
        if one.geometry().adjusted(_SLACK_PX, _SLACK_PX, -_SLACK_PX, -_SLACK_PX).intersects(other.geometry())
    ]


def _without_room(widget: QWidget) -> list[str]:
    if isinstance(widget, ElidedLabel):
        return []
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        is_cut = needed > widget.height() + _SLACK_PX or (
            not widget.wordWrap() and widget.sizeHint().width() > widget.width() + _SLACK_PX
        )
        return [f"{_name(widget)} has no room for “{widget.text()}”"] if is_cut else []
    if isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        if needed > widget.width():
            return [f"the button {_name(widget)} has no room for “{widget.text()}”"]
    return []
