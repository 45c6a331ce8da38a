from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.effects.screen.scene import LONGEST_S, Scene, ScreenEffect
from linqdesk.ui.theme import DARK, LIGHT, Theme

SIZE = QSize(480, 360)
BUBBLE = QRectF(300, 250, 140, 36)
# The Linq API's words for screen effects, from its documents.
NAMES = {
    "confetti",
    "fireworks",
    "lasers",
    "sparkles",
    "celebration",
    "hearts",
    "love",
    "balloons",
    "happy_birthday",
    "echo",
    "spotlight",
}


def made(name: str, seed: int = 7, theme: Theme = LIGHT) -> ScreenEffect:
    return SCREEN_EFFECTS[name](Scene(QRectF(0, 0, 480, 360), theme.is_dark, 1.0, BUBBLE), seed)


def ground(theme: Theme = LIGHT) -> QImage:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(theme.window)
    with QPainter(image) as painter:
        painter.fillRect(BUBBLE, theme.imessage.surface)
    return image


def frame(effect: ScreenEffect, time_s: float, theme: Theme = LIGHT) -> QImage:
    image = ground(theme)
    with QPainter(image) as painter:
        effect.paint(painter, time_s)
    return image


def cells(image: QImage, across: int, down: int) -> list[QColor]:
    """Return the mean colours of equal parts of a picture."""
    small = image.scaled(
        across, down, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [small.pixelColor(x, y) for y in range(down) for x in range(across)]


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG, 0 to 1."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def flash_times(track: list[float], step_s: float) -> list[float]:
    """Return when a general flash of WCAG 2.3.1 is complete: two opposing changes of a tenth or more.

    A change counts from one turning point to the next, where the darker of the two is below 0.80.
    """
    turns = [track[0]]
    at = [0.0]
    for number, value in enumerate(track[1:], 1):
        is_onward = len(turns) > 1 and (value - turns[-1]) * (turns[-1] - turns[-2]) >= 0
        if is_onward:
            turns[-1], at[-1] = value, number * step_s
        elif abs(value - turns[-1]) >= 0.1:
            turns.append(value)
            at.append(number * step_s)
    changes = [
        moment
        for (low, high), moment in zip(pairwise(turns), at[1:], strict=True)
        if min(low, high) < 0.8 and abs(low - high) >= 0.1
    ]
    return changes[1::2]


def test_there_is_an_effect_for_every_name_of_the_api() -> None:
    assert set(SCREEN_EFFECTS) == NAMES


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_flashes_more_than_three_times_a_second(name: str, theme: Theme) -> None:
    effect = made(name, theme=theme)
    step_s = 1 / 24
    frames = [frame(effect, step * step_s, theme) for step in range(round(effect.duration_s / step_s))]
    tracks = zip(*([luminance(colour) for colour in cells(each, 4, 3)] for each in frames), strict=True)
    for track in tracks:
        flashes = flash_times(list(track), step_s)
        for first, fourth in zip(flashes, flashes[3:], strict=False):
            assert fourth - first > 1


def test_flashes_are_counted_where_there_are_some() -> None:
    strobe = [0.1 if step % 4 < 2 else 0.6 for step in range(48)]
    assert len(flash_times(strobe, 1 / 24)) >= 10
    fade = [0.6 - 0.01 * step for step in range(48)]
    assert flash_times(fade, 1 / 24) == []


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_effect_is_the_same_for_the_same_seed_and_time(name: str) -> None:
    assert frame(made(name), 1.4) == frame(made(name), 1.4)
    assert frame(made(name), 1.4) != frame(made(name), 1.9)


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_effect_comes_from_nothing_and_leaves_nothing_within_four_seconds(name: str) -> None:
    effect = made(name)
    assert effect.duration_s <= LONGEST_S
    plain = ground()
    for time_s in (0.0, effect.duration_s):
        left = cells(frame(effect, time_s), 16, 12)
        for here, there in zip(left, cells(plain, 16, 12), strict=True):
            assert abs(luminance(here) - luminance(there)) < 0.06


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_effects_can_be_told_apart_by_their_stills(theme: Theme) -> None:
    stills = {}
    for name in NAMES:
        effect = made(name, theme=theme)
        stills[name] = cells(frame(effect, effect.still_s, theme), 24, 18)
    stills["nothing"] = cells(ground(theme), 24, 18)
    for one, other in combinations(stills, 2):
        apart = sum(
            abs(here.redF() - there.redF())
            + abs(here.greenF() - there.greenF())
            + abs(here.blueF() - there.blueF())
            > 0.1
            for here, there in zip(stills[one], stills[other], strict=True)
        )
        assert apart > 20, f"{one} looks like {other}"


@pytest.mark.usefixtures("qtbot")
def test_the_spotlight_leaves_the_bubble_as_it_is_and_dims_the_rest() -> None:
    effect = made("spotlight")
    image = frame(effect, effect.still_s)
    assert image.pixelColor(370, 268).blue() > 240
    assert luminance(image.pixelColor(40, 300)) < 0.1


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("size", [(60.0, 40.0), (3000.0, 300.0), (1.0, 1.0)])
def test_an_effect_plays_in_any_window_and_without_its_bubble(name: str, size: tuple[float, float]) -> None:
    effect = SCREEN_EFFECTS[name](Scene(QRectF(0, 0, *size)), 2**40 + 3)
    frame(effect, effect.still_s)
