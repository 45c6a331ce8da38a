"""Pictures changed by a real child; Pillow, which reads them again, is the judge."""

import io
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile, Making
from linqdesk.local.picture_change_worker import without_location
from linqdesk.local.picture_changer import FROZEN_COMMAND, PictureChanger
from tests.local.pictures import FORMATS, ORIENTATION, animation, encoded, two_halves

GPS, MAKE = 0x8825, 0x010F
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="52,31.0N"/>'
    b"</x:xmpmeta>"
)


@pytest.fixture(scope="module")
def changer() -> Iterator[PictureChanger]:
    made = PictureChanger()
    yield made
    made.close()


def a_place() -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "Kamera"
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: "2026:11:21"}
    return exif


def change(
    changer: PictureChanger, data: bytes, wanted: Making, folder: Path
) -> tuple[MadeFile | None, bytes]:
    source, target = folder / "source", folder / "target"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    changed = changer.change(source, wanted, target)
    return changed, target.read_bytes() if target.exists() else b""


def gps_of(data: bytes) -> dict[int, object]:
    with Image.open(io.BytesIO(data)) as image:
        return dict(image.getexif().get_ifd(GPS))


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", [each for each in FORMATS if each not in {"GIF", "BMP"}])
def test_a_place_is_removed_and_nothing_else(changer: PictureChanger, tmp_path: Path, kind: str) -> None:
    data = encoded(two_halves(), kind, exif=a_place().tobytes())
    assert gps_of(data)
    changed, after = change(changer, data, Making.WITHOUT_LOCATION, tmp_path)
    assert changed is not None
    assert (changed.media_type, changed.size_bytes) == ("", len(after))
    assert gps_of(after) == {}
    assert b"2026:11:21" not in after
    assert len(after) == len(data)
    assert pixels(after) == pixels(data)
    with Image.open(io.BytesIO(after)) as image:
        assert image.getexif()[MAKE] == "Kamera"


def test_a_big_endian_camera_is_understood() -> None:
    little = a_place()
    little.endian = ">"
    data = encoded(two_halves(), "JPEG", exif=little.tobytes())
    assert gps_of(data)
    assert gps_of(without_location(data)) == {}


def test_places_in_texts_of_metadata_go_as_well(changer: PictureChanger, tmp_path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    texts.add_text("Title", "Halves")
    for data in (encoded(two_halves(), "JPEG", xmp=XMP), encoded(two_halves(), "PNG", pnginfo=texts)):
        _, after = change(changer, data, Making.WITHOUT_LOCATION, tmp_path)
        assert b"GPSLatitude" not in after
        assert pixels(after) == pixels(data)
        with Image.open(io.BytesIO(after)) as image:
            assert b"GPS" not in image.info.get("xmp", b"")
    assert b"Halves" in after


def test_the_names_of_a_place_go_as_well() -> None:
    city = b"\x1c\x02\x5a\x00\x06Berlin"
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(city)) + city + bytes(len(city) % 2)
    block = b"Photoshop 3.0\x00" + resource
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    data = encoded(two_halves(), "JPEG")
    data = data[:2] + segment + data[2:]
    after = without_location(data)
    assert b"Berlin" not in after
    assert pixels(after) == pixels(data)


def test_a_picture_without_a_place_is_left_alone(changer: PictureChanger, tmp_path: Path) -> None:
    for kind in FORMATS:
        assert change(changer, encoded(two_halves(), kind), Making.WITHOUT_LOCATION, tmp_path) == (
            None,
            b"",
        )


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=40))
def test_damaged_metadata_never_moves_a_byte(garbage: bytes, at: int, more: bytes) -> None:
    data = bytearray(encoded(two_halves(), "JPEG", exif=a_place()))
    data[at : at + len(more)] = more
    for each in (bytes(data), b"Exif\0\0II*\0" + garbage, b"MM\0*" + garbage, garbage):
        assert len(without_location(each)) == len(each)


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("HEIF", "RGB", "image/jpeg"),
        ("TIFF", "RGB", "image/jpeg"),
        ("BMP", "RGB", "image/jpeg"),
    ],
)
def test_what_linq_refuses_becomes_what_it_takes(
    changer: PictureChanger, tmp_path: Path, kind: str, mode: str, media_type: str
) -> None:
    image = two_halves().convert(mode)
    if mode == "RGBA":
        image.putalpha(100)
    changed, after = change(changer, encoded(image, kind), Making.COMMON_PICTURE, tmp_path)
    assert changed is not None
    assert changed.media_type == media_type
    with Image.open(io.BytesIO(after)) as made:
        assert made.size == image.size
        assert Image.MIME[made.format or ""] == media_type
        left, right = made.convert("RGB").getpixel((4, 4)), made.convert("RGB").getpixel((60, 4))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 180
    assert left[2] < 60
    assert right[0] < 60
    assert right[2] > 180


def test_a_sticker_that_moves_becomes_one_that_linq_takes(changer: PictureChanger, tmp_path: Path) -> None:
    with Image.open(io.BytesIO(animation(5))) as gif:
        out = io.BytesIO()
        gif.save(out, "WEBP", save_all=True, lossless=True)
    changed, after = change(changer, out.getvalue(), Making.COMMON_PICTURE, tmp_path)
    assert changed is not None
    assert changed.extension == ".gif"
    with Image.open(io.BytesIO(after)) as made:
        assert getattr(made, "n_frames", 1) == 5


def test_a_large_picture_gets_smaller_upright_and_without_a_place(
    changer: PictureChanger, tmp_path: Path
) -> None:
    noise = Image.frombytes("RGB", (3_000, 1_500), os.urandom(3_000 * 1_500 * 3))
    data = encoded(noise, "JPEG", exif=a_place(), quality=90)
    changed, after = change(changer, data, Making.SMALLER, tmp_path)
    assert changed is not None
    assert changed.size_bytes == len(after) < len(data)
    with Image.open(io.BytesIO(after)) as made:
        assert made.size == (1_024, 2_048)
        assert not made.getexif()


def test_what_gets_no_smaller_stays(changer: PictureChanger, tmp_path: Path) -> None:
    assert change(changer, encoded(two_halves(8, 8), "PNG"), Making.SMALLER, tmp_path) == (None, b"")


@pytest.mark.parametrize(
    ("data", "wanted", "words"),
    [
        (b"", Making.SMALLER, "Pictures of this kind"),
        (b"no picture at all", Making.COMMON_PICTURE, "Pictures of this kind"),
        (animation(3), Making.SMALLER, "Pictures of this kind"),
        (encoded(two_halves(), "WEBP")[:60], Making.COMMON_PICTURE, "damaged"),
    ],
)
def test_what_cannot_be_changed_says_why_and_leaves_nothing(
    changer: PictureChanger, tmp_path: Path, data: bytes, wanted: Making, words: str
) -> None:
    with pytest.raises(LocalFaultError, match=words):
        change(changer, data, wanted, tmp_path)
    assert not (tmp_path / "target").exists()


def test_a_file_that_is_gone_and_a_target_that_stands_are_said(
    changer: PictureChanger, tmp_path: Path
) -> None:
    with pytest.raises(LocalFaultError, match="No such file"):
        changer.change(tmp_path / "gone", Making.SMALLER, tmp_path / "new")
    source = tmp_path / "there"
    source.write_bytes(encoded(two_halves(), "PNG"))
    with pytest.raises(LocalFaultError, match="exists"):
        changer.change(source, Making.SMALLER, source)
    assert source.stat().st_size


def test_a_full_disk_is_no_damaged_picture(changer: PictureChanger, tmp_path: Path) -> None:
    source, full = tmp_path / "source", tmp_path / "full"
    source.write_bytes(encoded(two_halves(), "WEBP"))
    full.symlink_to("/dev/full")
    with pytest.raises(LocalFaultError):
        changer.change(source, Making.COMMON_PICTURE, full)
    _, after = change(changer, source.read_bytes(), Making.COMMON_PICTURE, tmp_path)
    assert after


def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    hurried = PictureChanger(0.0)
    source = tmp_path / "source"
    source.write_bytes(encoded(two_halves(), "WEBP"))
    with pytest.raises(LocalFaultError, match="too long"):
        hurried.change(source, Making.COMMON_PICTURE, tmp_path / "new")
    hurried.close()
    assert not (tmp_path / "new").exists()


def test_a_frozen_program_changes_pictures_by_a_hidden_command() -> None:
    data = encoded(two_halves(), "WEBP")
    command = [sys.executable, "-m", "linqdesk", FROZEN_COMMAND]
    question = struct.pack("!QB", len(data), 0) + data
    done = subprocess.run(command, input=question, capture_output=True, timeout=60, check=True)
    code, kind, size_bytes = struct.unpack_from("!BBQ", done.stdout)
    assert (code, kind, size_bytes) == (0, 1, len(done.stdout) - struct.calcsize("!BBQ"))
