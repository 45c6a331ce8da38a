"""The place where a film was recorded goes from copies of it, and nothing else does."""

import struct
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.film_location import remove_film_location
from linqdesk.local.recording_reader import Poster, PosterRequest, RecordingReader
from tests.fuzzing import examples
from tests.local.films import MAKER, PLACE, WAYS, box, film, handler, items, keys, said


def cleaned(data: bytes, folder: Path) -> bytes | None:
    """Return a file without its place, None where nothing had to change; the original stays as it is."""
    source, target = folder / "source.mp4", folder / "target.mp4"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    made = remove_film_location(source, target)
    assert source.read_bytes() == data
    if made is None:
        assert not target.exists()
        return None
    assert (made.media_type, made.extension, made.size_bytes) == ("", ".mp4", len(data))
    return target.read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_the_place_goes_and_no_other_byte_changes(way: str, tmp_path: Path) -> None:
    data = film(WAYS[way])
    after = cleaned(data, tmp_path)
    assert after is not None
    assert PLACE not in after
    changed = [at for at, (one, other) in enumerate(zip(data, after, strict=True)) if one != other]
    extra = data.index(WAYS[way])
    assert extra <= changed[0]
    assert changed[-1] < extra + len(WAYS[way])
    assert cleaned(after, tmp_path) is None


def test_a_place_beside_the_film_goes_too(tmp_path: Path) -> None:
    after = cleaned(film() + WAYS["xmp"], tmp_path)
    assert after is not None
    assert PLACE not in after


@pytest.mark.parametrize("way", ["user data", "quicktime's keys"])
def test_the_film_looks_as_before(way: str, tmp_path: Path) -> None:
    posters = []
    reader = RecordingReader()
    try:
        after = cleaned(film(WAYS[way]), tmp_path)
        assert after is not None
        for name, data in (("before.mp4", film()), ("after.mp4", after)):
            (tmp_path / name).write_bytes(data)
            seen = reader.read(tmp_path / name, PosterRequest(320, 320))
            assert isinstance(seen, Poster)
            posters.append((seen.duration_ms, seen.pixels))
    finally:
        reader.close()
    assert posters[0] == posters[1]


def test_what_else_is_said_of_a_film_stays(tmp_path: Path) -> None:
    after = cleaned(film(WAYS["user data"] + WAYS["quicktime's keys"]), tmp_path)
    assert after is not None
    for kept in (b"The lake", b"Apple", MAKER):
        assert kept in after


@pytest.mark.parametrize(
    "extra",
    [
        b"",
        box(b"udta", said(b"\xa9nam", b"The lake")),
        box(b"meta", handler(b"mdta"), keys(MAKER), items(b"Apple")),
        box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x:xmpmeta>The lake</x:xmpmeta>"),
        box(b"uuid", bytes(16), PLACE),
    ],
    ids=["nothing", "title", "maker", "xmp without a place", "what nobody knows"],
)
def test_a_film_without_a_place_stays_the_same_file(extra: bytes, tmp_path: Path) -> None:
    assert cleaned(film(extra), tmp_path) is None


def _nested(depth: int) -> bytes:
    data = WAYS["user data"]
    for level in range(depth):
        data = box((b"moov", b"trak")[level % 2], data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"moov",
        bytes(4_096),
        struct.pack(">I4s", 0, b"moov") * 4_000,
        struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(64),
        struct.pack(">I4sQ", 1, b"moov", 3),
        struct.pack(">I4s", 1, b"moov"),
        box(b"free") * 60_000,
        _nested(5_000),
        box(b"moov", box(b"meta", keys(b"") + struct.pack(">I4s", 24, b"keys") + bytes(16))),
        box(b"moov", box(b"meta")),
    ],
    ids=[
        "empty",
        "no size",
        "zeros",
        "to the end",
        "endless",
        "too small",
        "cut",
        "many",
        "deep",
        "keys",
        "bare",
    ],
)
def test_what_is_no_film_is_left_alone(data: bytes, tmp_path: Path) -> None:
    assert cleaned(data, tmp_path) is None


@examples(40, full=20_000)
@given(data=st.data())
def test_a_spoilt_film_never_breaks_anything(data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(sorted(WAYS)))
    # Without its pictures it is small, and as hard to read.
    whole = box(b"ftyp", b"isom") + box(b"moov", WAYS[way], WAYS["user data"]) + box(b"mdat", b"pictures")
    spoilt = bytearray(whole)
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=12)
    ):
        spoilt[at] = byte
    cut = data.draw(st.integers(0, len(whole)))
    with TemporaryDirectory() as folder:
        after = cleaned(bytes(spoilt[:cut]), Path(folder))
    assert after is None or len(after) == cut


@examples(25, full=5_000)
@given(
    ways=st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=6),
    others=st.lists(st.binary(max_size=40), max_size=6),
    chance=st.randoms(use_true_random=False),
)
def test_however_many_places_there_are_all_go(ways: list[str], others: list[bytes], chance: Random) -> None:
    inner = [WAYS[way] for way in ways] + [box(b"free", each) for each in others]
    chance.shuffle(inner)
    data = box(b"ftyp", b"isom") + box(b"moov", *inner) + box(b"mdat", b"pictures")
    with TemporaryDirectory() as folder:
        after = cleaned(data, Path(folder))
    assert after is not None
    assert PLACE not in after
    assert after.endswith(box(b"mdat", b"pictures"))
    assert len(after) == len(data)


def test_a_film_that_is_gone_or_has_no_room_is_told(tmp_path: Path) -> None:
    with pytest.raises(LocalFaultError, match="cannot be changed"):
        remove_film_location(tmp_path / "gone.mp4", tmp_path / "target.mp4")
    (tmp_path / "film.mp4").write_bytes(film(WAYS["user data"]))
    with pytest.raises(LocalFaultError, match="cannot be changed"):
        remove_film_location(tmp_path / "film.mp4", tmp_path / "nowhere" / "target.mp4")
