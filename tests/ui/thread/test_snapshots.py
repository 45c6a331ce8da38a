"""A dozen bubbles as pictures, so that nothing about their look changes unseen."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from linqdesk.ui.theme import DARK, LIGHT, Theme
from tests.ui.thread.snapshots import CASES, FOLDER, drawn, shipped_fonts

# Other versions of Qt and FreeType shade the edges of letters otherwise: only what is plainly another
# colour counts, and some of that is borne.
_PLAINLY = 96
_BORNE_SHARE = 0.004


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: QApplication) -> Iterator[None]:
    with shipped_fonts(qapp):
        yield


def _share_of_others(one: QImage, other: QImage) -> float:
    width, height = one.width(), one.height()
    first, second = (
        bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()) for image in (one, other)
    )
    count = sum(
        max(abs(first[at + band] - second[at + band]) for band in range(3)) > _PLAINLY
        for at in range(0, width * height * 4, 4)
        if first[at : at + 3] != second[at : at + 3]
    )
    return count / (width * height)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", CASES)
def test_a_bubble_looks_as_it_did(name: str, theme: Theme) -> None:
    path = FOLDER / f"{name}-{theme.name}.png"
    known, image = QImage(str(path)), drawn(name, theme)
    words = f"look at it, then write {path.name} anew: python -m tests.ui.thread.snapshots"
    assert image.size() == known.size(), words
    assert _share_of_others(image, known) <= _BORNE_SHARE, words


def test_a_missing_badge_would_be_seen() -> None:
    with_badges = QImage(str(FOLDER / "reactions-light.png"))
    without = with_badges.copy()
    for x in range(without.width()):
        for y in range(50):
            without.setPixelColor(x, y, LIGHT.window)
    assert _share_of_others(with_badges, without) > _BORNE_SHARE
