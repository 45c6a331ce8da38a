"""How several pictures share a box: rows of equal height in which each keeps its shape. Pure."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

GRID_GAP_PX = 3
CELLS_MAX = 9
_UNKNOWN_SINGLE, _UNKNOWN_IN_GRID = 4 / 3, 1.0
_UNKNOWN_WIDTH_PX = 240.0
_NARROWEST, _WIDEST = 0.5, 2.2
_LEAST_SIDE_PX = 72.0
_THREE_A_ROW_FROM = 5

Size = tuple[int, int]


def single_size(pixels: Size | None, room_px: QSizeF) -> QSizeF:
    """Return the size of a picture that stands alone: its own shape, as large as the room allows.

    Args:
        pixels: the picture's width and height, None while they are not known.
        room_px: the largest width and height.
    """
    if pixels is None:
        width = min(_UNKNOWN_WIDTH_PX, room_px.width())
        return QSizeF(width, width / _UNKNOWN_SINGLE)
    whole = QSizeF(max(1, pixels[0]), max(1, pixels[1]))
    scale = min(room_px.width() / whole.width(), room_px.height() / whole.height(), 1.0)
    # Something tiny or very long still has to be seen and hit; it is drawn within its box, not stretched.
    return QSizeF(max(whole.width() * scale, _LEAST_SIDE_PX), max(whole.height() * scale, _LEAST_SIDE_PX))


def grid(sizes: Sequence[Size | None], room_px: QSizeF) -> list[QRectF]:
    """Return the cells of up to nine pictures, from the upper left corner of their box."""
    shapes = [_shape(pixels) for pixels in sizes[:CELLS_MAX]]
    rows = _rows(shapes)
    width = _width(rows, room_px)
    cells: list[QRectF] = []
    y = 0.0
    for row in rows:
        x, height = 0.0, (width - _gaps(row)) / sum(row)
        for shape in row:
            cells.append(QRectF(x, y, height * shape, height))
            x += height * shape + GRID_GAP_PX
        y += height + GRID_GAP_PX
    return cells


def _width(rows: list[list[float]], room_px: QSizeF) -> float:
    """Return how wide the grid may be: where it would be too high it is narrower, and nothing is cut."""
    free = room_px.height() - _gaps(rows) + sum(_gaps(row) / sum(row) for row in rows)
    return min(room_px.width(), free / sum(1 / sum(row) for row in rows))


def _gaps(between: Sequence[object]) -> float:
    return GRID_GAP_PX * (len(between) - 1)


def _rows(shapes: list[float]) -> list[list[float]]:
    """Share pictures out: two a row, three from five on; what is left over comes first and is larger."""
    per_row = 3 if len(shapes) >= _THREE_A_ROW_FROM else 2
    first = len(shapes) % per_row
    rows = [shapes[:first]] if first else []
    rows += [shapes[start : start + per_row] for start in range(first, len(shapes), per_row)]
    return rows


def _shape(pixels: Size | None) -> float:
    if pixels is None:
        return _UNKNOWN_IN_GRID
    return max(_NARROWEST, min(_WIDEST, max(1, pixels[0]) / max(1, pixels[1])))
