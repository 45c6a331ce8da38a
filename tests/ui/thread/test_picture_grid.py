import pytest
from PySide6.QtCore import QRectF, QSizeF

from linqdesk.ui.thread.picture_grid import grid, single_size

ROOM = QSizeF(380, 420)
SHAPES = [(4_000, 3_000), (900, 1_600), (1_600, 900), (500, 500), (1, 10_000), (10_000, 1), None]


@pytest.mark.parametrize("count", range(2, 13))
@pytest.mark.parametrize("first", range(7))
def test_cells_never_overlap_nor_leave_the_room(count: int, first: int) -> None:
    cells = grid([SHAPES[(first + number) % 7] for number in range(count)], ROOM)
    assert len(cells) == min(count, 9)
    # A hundredth of a pixel more is nobody's loss.
    whole = QRectF(0, 0, 380.01, 420.01)
    assert all(whole.contains(cell) for cell in cells)
    assert not any(one.intersects(other) for one in cells for other in cells if one is not other)
    rows = sorted({round(cell.top(), 3) for cell in cells})
    rights = [max(cell.right() for cell in cells if round(cell.top(), 3) == row) for row in rows]
    assert rights == pytest.approx([rights[0]] * len(rows))


def test_usual_pictures_keep_their_shape_in_a_grid() -> None:
    sizes = [(4_000, 3_000), (900, 1_600), (1_600, 900), (500, 500)]
    for size, cell in zip(sizes, grid(sizes, ROOM), strict=True):
        assert cell.width() / cell.height() == pytest.approx(size[0] / size[1])


@pytest.mark.parametrize("pixels", [(1, 1), (1, 10_000), (10_000, 1), (0, 0)])
def test_a_picture_that_is_tiny_or_very_long_can_still_be_hit(pixels: tuple[int, int]) -> None:
    size = single_size(pixels, ROOM)
    assert 72 <= size.width() <= 380
    assert 72 <= size.height() <= 420


def test_a_small_picture_is_not_blown_up() -> None:
    assert single_size((200, 100), ROOM) == QSizeF(200, 100)
