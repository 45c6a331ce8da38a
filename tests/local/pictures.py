"""Pictures to test with, made in memory."""

import io

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener(thumbnails=False)

ORIENTATION = 0x0112
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF")


def two_halves(width: int = 64, height: int = 32) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (width, height), (220, 0, 0))
    image.paste((0, 0, 220), (width // 2, 0, width, height))
    return image


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def animation(count: int, width: int = 40, height: int = 30, duration_ms: int = 50) -> bytes:
    frames = [
        Image.new("RGB", (width, height), (number % 256, 0, 255 - number % 256)) for number in range(count)
    ]
    return encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=duration_ms, optimize=False
    )
