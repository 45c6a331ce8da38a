"""Draws a short film: a bicycle rolls through a landscape under drifting clouds."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

from tests.media_maker.h264 import Encoder, Planes, Vector, picture_set, sequence_set
from tests.media_maker.mp4 import Film
from tests.media_maker.pictures import Colour, bicycle, blend

WIDTH, HEIGHT, RATE, PICTURES = 640, 352, 25, 100
_KEYS = (0, 50)
_FINE = 3
_BIKE_PX, _CLOUD_PX = 4, 2
_AWAY = 160
_GRASS_TOP, _ROAD_TOP = 176, 256


def write_video(folder: Path) -> None:
    """Write the film."""
    # A block comes from where it was, or, uncovered, from the same band of sky or road further off.
    away = [Vector(sign * far, 0) for far in (_AWAY, _AWAY // 2, 48) for sign in (1, -1)]
    encoder = Encoder([Vector(-_BIKE_PX, 0), Vector(-_CLOUD_PX, 0), *away])
    scene, bike, cloud = _scene(), _bike(), _cloud()
    units = []
    for number in range(PICTURES):
        picture = scene.copy()
        for place, height in ((40, 14), (330, 34)):
            picture.paste(cloud, (place + number * _CLOUD_PX, height), cloud)
        picture.paste(bike, (20 + number * _BIKE_PX, _ROAD_TOP - 66), bike)
        units.append(encoder.encode(_planes(picture), is_key=number in _KEYS))
    sets = sequence_set(WIDTH, HEIGHT), picture_set()
    (folder / "rolling.mp4").write_bytes(Film((WIDTH, HEIGHT), RATE, sets, units, _KEYS).file())


def _scene() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(picture)
    for y in range(HEIGHT):
        draw.line((0, y, WIDTH, y), _row_colour(y))
    hills = Image.new("RGBA", (WIDTH * _FINE, _GRASS_TOP * _FINE))
    over = ImageDraw.Draw(hills)
    for number, (height, colour) in enumerate(
        ((48, (142, 178, 196)), (32, (98, 148, 150)), (16, (70, 122, 104)))
    ):
        top = [
            (x, _GRASS_TOP * _FINE - _hill(x / _FINE, number, height) * _FINE)
            for x in range(0, WIDTH * _FINE + 6, 6)
        ]
        over.polygon([(0, _GRASS_TOP * _FINE), *top, (WIDTH * _FINE, _GRASS_TOP * _FINE)], (*colour, 255))
    hills = hills.resize((WIDTH, _GRASS_TOP), Image.Resampling.LANCZOS)
    picture.paste(hills, (0, 0), hills)
    return picture


def _row_colour(y: int) -> Colour:
    if y < _GRASS_TOP:
        return blend((104, 172, 226), (244, 236, 214), y / _GRASS_TOP)
    if y < _ROAD_TOP:
        return blend((124, 172, 92), (96, 148, 76), (y - _GRASS_TOP) / (_ROAD_TOP - _GRASS_TOP))
    return (118, 120, 128) if y < _ROAD_TOP + 72 else (108, 158, 84)


def _hill(x: float, number: int, height: float) -> float:
    return height + height * 0.5 * math.sin(x / (90 - 18 * number) + number * 2) * math.cos(x / 150 + number)


def _bike() -> Image.Image:
    wide, tall = 196, 144
    picture = Image.new("RGBA", (wide * _FINE, tall * _FINE))
    draw = ImageDraw.Draw(picture)
    size = 104 * _FINE
    corner = (10.0 * _FINE, 34.0 * _FINE)
    bicycle(draw, corner, size, ((206, 66, 58), (44, 48, 58)))
    _rider(draw, corner, size)
    return picture.resize((wide, tall), Image.Resampling.LANCZOS)


def _rider(draw: ImageDraw.ImageDraw, corner: tuple[float, float], size: float) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return corner[0] + x * size, corner[1] + y * size

    thick = round(size * 0.1)
    for colour, points in (
        ((40, 62, 110), ((0.6, 0.1), (0.86, 0.36), (0.72, 0.72))),
        ((250, 196, 70), ((0.6, 0.08), (0.88, -0.16))),
        ((232, 186, 150), ((0.88, -0.1), (1.1, 0.1))),
    ):
        draw.line([at(*point) for point in points], colour, thick, joint="curve")
    x, y = at(0.97, -0.22)
    radius = size * 0.085
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), (232, 186, 150))
    draw.pieslice(
        (x - radius * 1.2, y - radius * 1.3, x + radius * 1.2, y + radius), 170, 370, (46, 120, 140)
    )


def _cloud() -> Image.Image:
    picture = Image.new("RGBA", (150 * _FINE, 50 * _FINE))
    draw = ImageDraw.Draw(picture)
    for x, y, radius in ((34, 32, 16), (62, 24, 22), (92, 28, 19), (116, 34, 14)):
        box = ((x - radius) * _FINE, (y - radius) * _FINE, (x + radius) * _FINE, (y + radius) * _FINE)
        draw.ellipse(box, (255, 255, 255, 232))
    draw.rectangle((34 * _FINE, 34 * _FINE, 116 * _FINE, 48 * _FINE), (255, 255, 255, 232))
    return picture.resize((150, 50), Image.Resampling.LANCZOS)


def _planes(picture: Image.Image) -> Planes:
    """Return a picture as video keeps it: limited range, colours at half the size."""
    luma, blue, red = picture.convert("YCbCr").split()
    luma = luma.point([round(16 + value * 219 / 255) for value in range(256)])
    small = [
        plane.point([round(128 + (value - 128) * 224 / 255) for value in range(256)]).reduce(2)
        for plane in (blue, red)
    ]
    return Planes(WIDTH, HEIGHT, luma.tobytes(), small[0].tobytes(), small[1].tobytes())
