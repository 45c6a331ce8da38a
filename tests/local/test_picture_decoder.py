import os
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from linqdesk.local.picture_decoder import (
    FROZEN_COMMAND,
    DecodedPicture,
    PictureDecoder,
    PictureError,
    PictureFault,
    PictureRequest,
)
from tests.local.pictures import FORMATS, ORIENTATION, animation, encoded, two_halves

SMALL = PictureRequest(32, 32, 1_000_000)
MUTANTS_A_FORMAT = 60


@pytest.fixture(scope="module")
def decoder() -> Iterator[PictureDecoder]:
    made = PictureDecoder()
    yield made
    made.close()


@pytest.fixture
def decode(decoder: PictureDecoder, tmp_path: Path) -> "Decode":
    return Decode(decoder, tmp_path / "picture")


class Decode:
    """Decodes bytes as a file."""

    def __init__(self, decoder: PictureDecoder, file: Path) -> None:
        self.decoder = decoder
        self._file = file

    def __call__(self, data: bytes, request: PictureRequest = SMALL) -> DecodedPicture:
        self._file.write_bytes(data)
        return self.decoder.decode(self._file, request)

    def fault(self, data: bytes, request: PictureRequest = SMALL) -> PictureFault:
        with pytest.raises(PictureError) as caught:
            self(data, request)
        return caught.value.fault


def pixel(picture: DecodedPicture, x: int, y: int, frame: int = 0) -> tuple[int, ...]:
    """Red, green, blue, alpha."""
    at = (y * picture.width_px + x) * 4
    blue, green, red, alpha = picture.frames[frame][at : at + 4]
    return red, green, blue, alpha


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header promises what its body does not hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(body))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_every_allowed_format_is_fitted_into_what_was_asked_for(decode: Decode, kind: str) -> None:
    picture = decode(encoded(two_halves(), kind))
    assert (picture.natural_width_px, picture.natural_height_px) == (64, 32)
    assert (picture.width_px, picture.height_px, len(picture.frames)) == (32, 16, 1)
    left, right = pixel(picture, 4, 8), pixel(picture, 28, 8)
    assert left[0] - left[2] > 150
    assert right[2] - right[0] > 150


def test_a_small_picture_is_not_made_larger(decode: Decode) -> None:
    picture = decode(encoded(two_halves(8, 4), "PNG"), PictureRequest(400, 400, 1_000_000))
    assert (picture.width_px, picture.height_px) == (8, 4)


@pytest.mark.parametrize("size", [(64, 32), (640, 320)])
def test_a_picture_that_lies_on_its_side_is_turned_upright(decode: Decode, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = decode(encoded(two_halves(*size), "JPEG", exif=exif))
    assert (picture.natural_width_px, picture.natural_height_px) == size[::-1]
    assert (picture.width_px, picture.height_px) == (16, 32)
    assert pixel(picture, 8, 2)[0] > 180
    assert pixel(picture, 8, 29)[2] > 180


def test_see_through_pixels_are_premultiplied(decode: Decode) -> None:
    picture = decode(encoded(Image.new("RGBA", (4, 4), (200, 100, 0, 128)), "PNG"))
    assert picture.has_alpha
    red, green, blue, alpha = pixel(picture, 1, 1)
    assert (blue, alpha) == (0, 128)
    assert abs(red - 100) <= 1
    assert abs(green - 50) <= 1


def test_sixteen_bits_a_channel_do_not_turn_white(decode: Decode) -> None:
    picture = decode(encoded(Image.new("I;16", (4, 4), 0x4000), "TIFF"))
    assert pixel(picture, 1, 1)[:3] == (64, 64, 64)


def test_an_animation_brings_its_frames_and_their_times(decode: Decode) -> None:
    picture = decode(animation(5))
    assert picture.delays_ms == (50,) * 5
    assert len({frame[:4] for frame in picture.frames}) == 5


def test_an_animation_wanted_still_is_one_frame(decode: Decode) -> None:
    picture = decode(animation(5), PictureRequest(32, 32, 1_000_000, has_motion=False))
    assert (len(picture.frames), picture.delays_ms) == (1, (0,))


def test_a_long_animation_is_thinned_out_and_keeps_its_pace(decode: Decode) -> None:
    most_bytes = 32 * 24 * 4 * 20
    picture = decode(animation(90), PictureRequest(32, 32, most_bytes))
    assert 10 <= len(picture.frames) <= 20
    assert sum(map(len, picture.frames)) <= most_bytes
    assert sum(picture.delays_ms) == 90 * 50


def test_an_endless_animation_ends_after_two_hundred_frames(decode: Decode) -> None:
    assert len(decode(animation(260, 8, 8)).frames) == 200


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"\x00\x00\x01\x00\x01\x00",
        b"icns\x00\x00",
        b"%PDF-1.7",
        b"#define x_width 1",
        b"PK\x03\x04",
        b"",
        b"\x00\x00\x00\x1cftypqt  ",
    ],
)
def test_what_is_no_allowed_format_is_refused_whatever_it_is_called(decode: Decode, data: bytes) -> None:
    assert decode.fault(data) is PictureFault.UNSUPPORTED


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_192, 8_191), (1, 40_000_001)])
def test_too_many_pixels_are_refused_before_they_take_memory(decode: Decode, width: int, height: int) -> None:
    assert decode.fault(png_of(width, height)) is PictureFault.TOO_LARGE


def test_a_file_that_is_gone_is_said_to_be_missing(decoder: PictureDecoder, tmp_path: Path) -> None:
    with pytest.raises(PictureError) as caught:
        decoder.decode(tmp_path / "nothing", SMALL)
    assert caught.value.fault is PictureFault.MISSING


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_pictures_harm_nobody(decode: Decode, kind: str) -> None:
    whole = encoded(two_halves(96, 64), kind)
    chance = random.Random(kind)
    faults = set()
    for number in range(MUTANTS_A_FORMAT):
        data = bytearray(whole)
        if number % 3 == 0:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randrange(1, 12) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            picture = decode(bytes(data))
        except PictureError as error:
            faults.add(error.fault)
        else:
            assert max(picture.width_px, picture.height_px) <= 32
            assert len(picture.frames[0]) == picture.width_px * picture.height_px * 4
    assert faults <= {PictureFault.DAMAGED, PictureFault.UNSUPPORTED, PictureFault.TOO_LARGE}
    assert faults
    assert decode(whole).width_px == 32


def test_a_child_that_dies_is_replaced(decode: Decode) -> None:
    data = encoded(two_halves(), "PNG")
    decode(data)
    first = decode.decoder.process_id
    assert first is not None
    os.kill(first, 9)
    with suppress(PictureError):
        # Where it dies in the middle, that one picture is lost.
        decode(data)
    assert decode(data).width_px == 32
    assert decode.decoder.process_id not in {None, first}


def test_a_picture_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(encoded(two_halves(), "PNG"))
    hasty = PictureDecoder(time_limit_s=0.0)
    with pytest.raises(PictureError) as caught:
        hasty.decode(file, SMALL)
    assert caught.value.fault is PictureFault.TOOK_TOO_LONG
    assert hasty.process_id is None


def test_no_process_runs_before_the_first_picture_and_none_while_it_rests(decode: Decode) -> None:
    assert PictureDecoder().process_id is None
    decode(encoded(two_halves(), "PNG"))
    decode.decoder.rest()
    assert decode.decoder.process_id is None
    assert decode(encoded(two_halves(), "PNG")).width_px == 32


def test_nothing_is_started_any_more_once_it_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(encoded(two_halves(), "PNG"))
    closed = PictureDecoder()
    closed.decode(file, SMALL)
    closed.close()
    with pytest.raises(PictureError):
        closed.decode(file, SMALL)
    assert closed.process_id is None


def test_a_frozen_program_serves_pictures_by_a_hidden_command() -> None:
    data = encoded(two_halves(), "PNG")
    question = struct.pack("!QIIQ?", len(data), 32, 32, 1_000_000, 1)
    command = [sys.executable, "-m", "linqdesk", FROZEN_COMMAND]
    done = subprocess.run(command, input=question + data, capture_output=True, timeout=60, check=True)
    assert struct.unpack_from("!BIIII?I", done.stdout) == (0, 64, 32, 32, 16, False, 1)
    assert len(done.stdout) == struct.calcsize("!BIIII?I") + 4 + 32 * 16 * 4


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_child_knows_nothing_of_ours_and_can_open_nothing(
    decode: Decode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINQDESK_TOKEN", "canary")
    decode.decoder.rest()
    decode(encoded(two_halves(), "PNG"))
    process = Path(f"/proc/{decode.decoder.process_id}")
    assert b"canary" not in (process / "environ").read_bytes()
    assert {int(each.name) for each in (process / "fd").iterdir()} <= {0, 1, 2}
    limits = (process / "limits").read_text("ascii").splitlines()
    files = next(line for line in limits if line.startswith("Max open files"))
    assert files.split()[3:5] == ["3", "3"]
    memory = next(line for line in limits if line.startswith("Max address space"))
    assert memory.split()[3] == str(512 * 1024 * 1024)
