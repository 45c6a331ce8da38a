"""Where the keys take the focus in a thread. Pure."""

from PySide6.QtWidgets import QAbstractItemView

_Action = QAbstractItemView.CursorAction


def row_after(action: QAbstractItemView.CursorAction, current: int, count: int, page: int) -> int:
    """Return the row that a key leads to.

    Args:
        action: what the key means.
        current: the focused row, negative for none: then the keys begin at the newest one.
        count: how many rows there are, 1 or more.
        page: how many rows a page is.
    """
    newest = count - 1
    start = current if current >= 0 else count
    target = {
        _Action.MoveUp: start - 1,
        _Action.MovePrevious: start - 1,
        _Action.MoveDown: start + 1,
        _Action.MoveNext: start + 1,
        _Action.MoveHome: 0,
        _Action.MoveEnd: newest,
        _Action.MovePageUp: start - page,
        _Action.MovePageDown: start + page,
    }.get(action, start)
    return max(0, min(newest, target))
