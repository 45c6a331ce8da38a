"""Writes the pictures in every format that the window must show."""

from pathlib import Path

import pillow_heif
from PIL import Image

from tests.media_maker.pictures import (
    DAWN,
    DUNES,
    FOREST,
    LAKE,
    NIGHT,
    landscape,
    receipt,
    star_sticker,
    still_bicycle,
    trail_map,
    turning_wheel,
    with_bicycle,
)


def write_pictures(folder: Path) -> None:
    """Write every picture of the gallery."""
    pillow_heif.register_heif_opener()
    landscape(with_bicycle(DAWN, 250), 1200, 800).save(folder / "dawn.jpg", quality=78, progressive=True)
    landscape(LAKE, 900, 675).save(folder / "lake.jpg", quality=74)
    landscape(FOREST, 900, 675).save(folder / "forest.jpg", quality=74)
    landscape(DUNES, 900, 675).save(folder / "dunes.jpg", quality=74)
    landscape(with_bicycle(NIGHT, 190), 620, 1100).save(folder / "portrait.jpg", quality=74)
    landscape(DUNES, 2400, 480).save(folder / "panorama.jpg", quality=70)
    landscape(NIGHT, 1200, 800).save(folder / "night.heic", quality=45)
    still_bicycle(760, 500, None).quantize(64).save(folder / "bicycle.png", optimize=True)
    still_bicycle(640, 480, (232, 240, 236)).save(folder / "bicycle.webp", quality=70)
    still_bicycle(16, 16, (255, 226, 120)).save(folder / "tiny.png", optimize=True)
    _write_sideways(folder / "sideways.jpg")
    frames = [frame.quantize(16) for frame in turning_wheel(240, 8)]
    frames[0].save(folder / "wheels.gif", save_all=True, append_images=frames[1:], duration=60, loop=0)
    trail_map(560, 400).quantize(112).save(folder / "trail.tiff", compression="tiff_lzw")
    receipt(200, 280).quantize(16).save(folder / "receipt.bmp")
    star_sticker(160).quantize(32).save(folder / "star.png", optimize=True)
    (folder / "damaged.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"not a picture " * 60)
    # It unpacks to 400 megapixels, which no viewer should try.
    Image.new("1", (20_000, 20_000)).save(folder / "enormous.png", optimize=True)


def _write_sideways(file: Path) -> None:
    """Write a picture that stands upright only where its EXIF orientation is heeded."""
    turned = landscape(LAKE, 480, 640).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(file, quality=72, exif=exif)
