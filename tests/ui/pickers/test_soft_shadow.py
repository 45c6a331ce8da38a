import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from linqdesk.ui.pickers.soft_shadow import SHADOW_PX, paint_shadow


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize(("width", "height"), [(300, 200), (60, 40)])
def test_a_shadow_is_dark_at_its_box_and_ends_within_its_reach(
    qtbot: QtBot, ratio: float, width: int, height: int
) -> None:
    del qtbot
    whole = QRectF(0, 0, width, height).adjusted(-20, -20, 20, 20)
    image = QImage((whole.size() * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_shadow(painter, QRectF(20, 20, width, height))

    def darkness(x: float, y: float) -> int:
        return image.pixelColor(round(x * ratio), round(y * ratio)).alpha()

    middle = 20 + width / 2
    below = [darkness(middle, 20 + height + away) for away in range(SHADOW_PX)]
    assert below == sorted(below, reverse=True)
    assert below[0] > below[8] > 0
    assert darkness(middle, 1) == darkness(1, 1) == 0
    assert darkness(22, 20 + height - 1) == darkness(20 + width - 3, 20 + height - 1)
