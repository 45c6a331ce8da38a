import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from linqdesk.ui.effects.invisible_ink import InvisibleInk, covered

BOX = QRectF(20, 20, 160, 40)


def inked(time_s: float, reveal: float = 0.0, ratio: float = 1.0) -> QImage:
    image = QImage(200, 80, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        InvisibleInk(QColor("black"), ratio).paint(painter, covered(BOX, 18), time_s, reveal)
    return image


def darkness(image: QImage) -> float:
    whole = image.scaled(
        1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return 255 - whole.pixelColor(0, 0).lightnessF() * 255


@pytest.mark.usefixtures("qtbot")
def test_ink_shimmers_and_the_same_time_looks_the_same() -> None:
    assert inked(1.0) == inked(1.0)
    assert inked(1.0) != inked(1.1)


@pytest.mark.usefixtures("qtbot")
def test_ink_stays_inside_of_what_it_covers() -> None:
    image = inked(2.0)
    assert {image.pixelColor(x, 10).name() for x in range(200)} == {"#ffffff"}
    assert image.pixelColor(20, 20).name() == "#ffffff"
    inside = [image.pixelColor(x, y).lightness() for x in range(30, 170) for y in range(30, 50)]
    assert sum(shade < 200 for shade in inside) > 100


@pytest.mark.usefixtures("qtbot")
def test_ink_fades_as_it_is_revealed() -> None:
    shades = [darkness(inked(1.0, reveal)) for reveal in (0.0, 0.5, 0.8, 1.0)]
    assert shades == sorted(shades, reverse=True)
    assert shades[-1] == 0


@pytest.mark.usefixtures("qtbot")
def test_ink_shimmers_without_flashing() -> None:
    shades = [darkness(inked(step / 10)) for step in range(20)]
    assert max(shades) - min(shades) < 0.1 * 255
