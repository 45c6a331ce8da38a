"""The outline of a bubble: round, less so where it touches its group, with a tail at the group's end."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from linqdesk.ui.theme import RADIUS_BUBBLE_INNER_PX, RADIUS_BUBBLE_PX

_TAIL_PX = 6


def bubble_path(
    bubble: QRectF, *, is_own: bool, is_first: bool, is_last: bool, has_tail: bool = True
) -> QPainterPath:
    """Return an outline.

    Args:
        bubble: the box that it fills; the tail reaches beyond it.
        is_own: at which side it stands, and so which corners touch its group.
        is_first: whether nothing of its group stands above it.
        is_last: whether nothing of its group stands below it.
        has_tail: whether the last one of a group has a tail.
    """
    inner = RADIUS_BUBBLE_INNER_PX
    outer = min(RADIUS_BUBBLE_PX, bubble.height() / 2)
    near_top, near_bottom = (
        outer if is_first else inner,
        (outer if not has_tail else 0.0) if is_last else inner,
    )
    if is_own:
        return _rounded(bubble, (outer, near_top, near_bottom, outer), tail=1 if is_last and has_tail else 0)
    return _rounded(bubble, (near_top, outer, outer, near_bottom), tail=-1 if is_last and has_tail else 0)


def _rounded(box: QRectF, radii: tuple[float, float, float, float], *, tail: int) -> QPainterPath:
    """Return a box with four radii, clockwise from the upper left, and a tail at a side or at none."""
    top_left, top_right, bottom_right, bottom_left = radii
    path = QPainterPath()
    path.moveTo(box.left() + top_left, box.top())
    path.lineTo(box.right() - top_right, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + top_right))
    if tail > 0:
        _tail(path, box.bottomRight(), 1)
    else:
        path.lineTo(box.right(), box.bottom() - bottom_right)
        path.quadTo(box.bottomRight(), QPointF(box.right() - bottom_right, box.bottom()))
    if tail < 0:
        path.lineTo(box.left() + RADIUS_BUBBLE_PX, box.bottom())
        _tail_back(path, box.bottomLeft())
    else:
        path.lineTo(box.left() + bottom_left, box.bottom())
        path.quadTo(box.bottomLeft(), QPointF(box.left(), box.bottom() - bottom_left))
    path.lineTo(box.left(), box.top() + top_left)
    path.quadTo(box.topLeft(), QPointF(box.left() + top_left, box.top()))
    path.closeSubpath()
    return path


def _tail(path: QPainterPath, corner: QPointF, side: int) -> None:
    """Draw the tail at the lower right, coming from above."""
    x, y = corner.x(), corner.y()
    path.lineTo(x, y - 12)
    path.cubicTo(x, y - 6, x + side * 2, y - 2, x + side * _TAIL_PX, y)
    path.cubicTo(x - side * 2, y + 0.5, x - side * 6, y - 1.5, x - side * 9, y - 4)
    path.quadTo(x - side * 13, y, x - side * RADIUS_BUBBLE_PX, y)


def _tail_back(path: QPainterPath, corner: QPointF) -> None:
    """Draw the tail at the lower left, coming from the right."""
    x, y = corner.x(), corner.y()
    path.quadTo(x + 13, y, x + 9, y - 4)
    path.cubicTo(x + 6, y - 1.5, x + 2, y + 0.5, x - _TAIL_PX, y)
    path.cubicTo(x - 2, y - 2, x, y - 6, x, y - 12)
