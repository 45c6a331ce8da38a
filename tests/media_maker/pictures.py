"""Draws landscapes, bicycles and small things."""

import math
import random
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]

_FINE = 2
"""Pictures are drawn this much larger and scaled down, which smooths their edges."""


@dataclass(frozen=True)
class Scene:
    """A landscape in layers under a sky."""

    sky_top: Colour
    sky_low: Colour
    far: Colour
    near: Colour
    sun: Colour
    sun_at: tuple[float, float]
    seed: int
    layers: int = 5
    horizon: float = 0.45
    roughness: float = 0.09
    stars: int = 0
    bike_px: float = 0


DAWN = Scene((74, 98, 168), (255, 205, 160), (196, 150, 168), (38, 44, 72), (255, 240, 205), (0.68, 0.47), 3)
LAKE = Scene((96, 164, 214), (222, 240, 244), (150, 186, 200), (24, 78, 84), (255, 255, 240), (0.3, 0.22), 8)
FOREST = Scene(
    (150, 196, 170), (240, 246, 214), (150, 190, 150), (22, 60, 44), (255, 252, 220), (0.75, 0.3), 12
)
DUNES = Scene(
    (246, 170, 112), (255, 226, 178), (234, 178, 124), (136, 70, 52), (255, 246, 222), (0.42, 0.34), 21
)
NIGHT = Scene(
    (14, 20, 54), (84, 82, 140), (64, 66, 116), (12, 14, 34), (244, 240, 220), (0.7, 0.18), 30, stars=140
)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def landscape(scene: Scene, width: int, height: int) -> Image.Image:
    """Paint a scene."""
    size = width * _FINE, height * _FINE
    picture = _sky(scene, size)
    chance = random.Random(scene.seed)
    draw = ImageDraw.Draw(picture)
    for _ in range(scene.stars):
        x, y = chance.randrange(size[0]), chance.randrange(int(size[1] * 0.5))
        radius = chance.choice((1, 1, 2, 3))
        draw.ellipse((x, y, x + radius, y + radius), (226, 226, 240))
    _sun(picture, scene)
    for layer in range(scene.layers):
        share = layer / (scene.layers - 1)
        draw.polygon(_ridge(scene, layer, size, chance), blend(scene.far, scene.near, share**0.8))
    if scene.bike_px:
        tall = scene.bike_px * _FINE
        bicycle(draw, (size[0] * 0.28, size[1] * 0.93 - tall), tall, ((240, 124, 92), (250, 244, 232)))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _sky(scene: Scene, size: tuple[int, int]) -> Image.Image:
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        share = min(1.0, y / (size[1] * (scene.horizon + 0.12)))
        column.putpixel((0, y), blend(scene.sky_top, scene.sky_low, share))
    return column.resize(size)


def _sun(picture: Image.Image, scene: Scene) -> None:
    width, height = picture.size
    x, y = scene.sun_at[0] * width, scene.sun_at[1] * height
    radius = min(width, height) * 0.07
    glow = Image.new("L", picture.size)
    draw = ImageDraw.Draw(glow)
    for step in range(24, 0, -1):
        reach = radius * (1 + step * 0.16)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), round(110 * (1 - step / 25) ** 2))
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    picture.paste(Image.new("RGB", picture.size, scene.sun), mask=glow)


def _ridge(
    scene: Scene, layer: int, size: tuple[int, int], chance: random.Random
) -> list[tuple[float, float]]:
    width, height = size
    middle = height * (scene.horizon + (1 - scene.horizon) * (layer / scene.layers) ** 1.15)
    waves = [
        (chance.uniform(0.4, 1) / rank, rank * chance.uniform(0.7, 1.5), chance.uniform(0, math.tau))
        for rank in range(1, 8)
    ]
    scale = height * scene.roughness * (1 - layer / scene.layers * 0.55)
    span = max(width / height, 1) * math.tau / 1.6
    top = [
        (x, middle + scale * sum(a * math.sin(f * x / width * span + p) for a, f, p in waves))
        for x in range(0, width + 8, 8)
    ]
    return [(0, height), *top, (width, height)]


def bicycle(
    draw: ImageDraw.ImageDraw,
    corner: tuple[float, float],
    tall: float,
    colours: tuple[Colour, Colour],
    turned: float = 0,
) -> None:
    """Draw a bicycle `tall` units high and 1.65 times as wide.

    `colours` are those of frame and tyres; the wheels are turned by `turned` radians.
    """
    frame, tyre = colours
    x0, y0 = corner
    line = max(2, round(tall * 0.05))
    radius = tall * 0.3

    def at(x: float, y: float) -> tuple[float, float]:
        return x0 + x * tall, y0 + y * tall

    back, front, crank = at(0.32, 0.69), at(1.32, 0.69), at(0.72, 0.72)
    seat, head = at(0.58, 0.24), at(1.14, 0.24)
    for hub in (back, front):
        box = (hub[0] - radius, hub[1] - radius, hub[0] + radius, hub[1] + radius)
        draw.ellipse(box, outline=tyre, width=line)
        for spoke in range(8):
            angle = turned + spoke * math.tau / 8
            end = hub[0] + radius * math.cos(angle), hub[1] + radius * math.sin(angle)
            draw.line((hub, end), tyre, max(1, line // 4))
    for bar in ((back, crank), (back, seat), (seat, crank), (seat, head), (crank, head), (head, front)):
        draw.line(bar, frame, line)
    draw.line((at(1.08, 0.1), head), frame, line)
    draw.line((at(0.98, 0.1), at(1.2, 0.1)), frame, line)
    draw.line((at(0.55, 0.16), seat), frame, line)
    draw.line((at(0.46, 0.15), at(0.68, 0.15)), frame, round(line * 1.6))
    draw.ellipse((crank[0] - line, crank[1] - line, crank[0] + line, crank[1] + line), frame)


def still_bicycle(width: int, height: int, back: Colour | None) -> Image.Image:
    """Draw a bicycle for a catalogue; without a colour behind it the picture is transparent there."""
    size = width * _FINE, height * _FINE
    behind = (0, 0, 0, 0) if back is None else (*back, 255)
    picture = Image.new("RGBA", size, behind)
    tall = min(size[1] * 0.82, size[0] * 0.9 / 1.65)
    corner = (size[0] - tall * 1.65) / 2, (size[1] - tall) / 2
    bicycle(ImageDraw.Draw(picture), corner, tall, (((20, 128, 112), (52, 58, 70))))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def turning_wheel(size: int, frames: int) -> list[Image.Image]:
    """Draw a bicycle whose wheels turn once by a spoke over all frames, so that it can be repeated."""
    drawn = []
    for number in range(frames):
        picture = Image.new("RGB", (size * _FINE, size * _FINE * 2 // 3), (250, 246, 236))
        tall = size * _FINE * 0.54
        turned = number / frames * math.tau / 8
        bicycle(
            ImageDraw.Draw(picture),
            (size * _FINE * 0.055, size * _FINE * 0.05),
            tall,
            ((196, 74, 62), (70, 70, 80)),
            turned,
        )
        drawn.append(picture.resize((size, size * 2 // 3), Image.Resampling.LANCZOS))
    return drawn


def trail_map(width: int, height: int) -> Image.Image:
    """Draw a map with contour lines and a dashed trail."""
    picture = Image.new("RGB", (width * _FINE, height * _FINE), (234, 240, 220))
    draw = ImageDraw.Draw(picture)
    for ring in range(12, 0, -1):
        points = []
        for degree in range(0, 360, 4):
            angle = math.radians(degree)
            reach = ring * (22 + 5 * math.sin(3 * angle + 1) + 3 * math.sin(5 * angle)) * _FINE
            points.append(
                (width * 1.1 + reach * math.cos(angle), height * 0.9 + reach * math.sin(angle) * 0.8)
            )
        fill = blend((188, 214, 160), (238, 242, 224), ring / 12)
        draw.polygon(points, fill, blend((150, 176, 126), (214, 222, 196), ring / 12))
    for step in range(0, 96, 2):
        share = step / 96
        x, y = (
            width * _FINE * (0.06 + share * 0.88),
            height * _FINE * (0.72 - 0.4 * math.sin(share * 5) * share),
        )
        draw.ellipse((x - 7, y - 7, x + 7, y + 7), (206, 66, 58))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def receipt(width: int, height: int) -> Image.Image:
    """Draw a till receipt whose writing is lines."""
    picture = Image.new("L", (width, height), 252)
    draw = ImageDraw.Draw(picture)
    chance = random.Random(5)
    draw.rectangle((width * 0.25, 14, width * 0.75, 24), 40)
    for y in range(44, height - 60, 16):
        draw.rectangle((16, y, 16 + chance.randint(60, int(width * 0.5)), y + 5), 90)
        draw.rectangle((width - 46, y, width - 16, y + 5), 90)
    draw.rectangle((16, height - 46, width - 16, height - 44), 40)
    for x in range(20, width - 20, 4):
        draw.rectangle((x, height - 34, x + chance.randint(0, 2), height - 12), 20)
    return picture


def star_sticker(size: int) -> Image.Image:
    """Draw a gold star with a white rim on nothing."""
    big = size * _FINE * 2
    picture = Image.new("RGBA", (big, big))
    draw = ImageDraw.Draw(picture)
    for reach, colour in (
        (0.5, (255, 255, 255, 255)),
        (0.42, (250, 190, 44, 255)),
        (0.3, (255, 214, 96, 255)),
    ):
        points = []
        for corner in range(10):
            angle = math.tau * corner / 10 - math.pi / 2
            far = big * reach * (1 if corner % 2 == 0 else 0.52)
            points.append((big / 2 + far * math.cos(angle), big / 2 + far * math.sin(angle)))
        draw.polygon(points, colour)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def with_bicycle(scene: Scene, tall: float) -> Scene:
    """Return a scene with a bicycle parked in its foreground."""
    return replace(scene, bike_px=tall)
