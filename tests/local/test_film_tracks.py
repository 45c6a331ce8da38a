"""Tracks that tell all along where a film was recorded go from copies of it; picture and sound stay."""

import shutil
import struct
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.local.film_location import remove_film_location
from linqdesk.local.recording_reader import Poster, PosterRequest, RecordingReader
from tests.fuzzing import examples
from tests.local.films import box, film, handler

WALK = (b"GPS (37.3318, -122.0312)", b"GPS (37.3319, -122.0313)", b"GPS (37.3320, -122.0314) end")
_FILM = Path(__file__).parents[2] / "resources" / "sandbox" / "media" / "rolling.mp4"


def _table(kind: bytes, count: int, *numbers: int, width: str = "I") -> bytes:
    return box(kind, bytes(4), struct.pack(">I", count), struct.pack(f">{len(numbers)}{width}", *numbers))


def _track(kind: bytes, entry: bytes, begins: tuple[int, ...], is_long: bool, said: bytes = b"") -> bytes:
    """Return a track whose first chunk has two samples and whose others have one."""
    sizes = [len(each) for each in WALK]
    stbl = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), box(entry, bytes(8), said)),
        _table(b"stsc", 2, 1, 2, 1, 2, 1, 1),
        box(b"stsz", bytes(8), struct.pack(">I", len(sizes)), struct.pack(f">{len(sizes)}I", *sizes)),
        _table(b"co64" if is_long else b"stco", len(begins), *begins, width="Q" if is_long else "I"),
    )
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", handler(kind), box(b"minf", stbl)))


def a_walk(kind: bytes, entry: bytes, *, is_long: bool = False, said: bytes = b"") -> bytes:
    """Return a film with a track of places; what others say lies between its two chunks."""
    size = len(film(_track(kind, entry, (0, 0), is_long, said)))
    first = size + 8
    second = first + len(WALK[0]) + len(WALK[1]) + len(b"pictures")
    track = _track(kind, entry, (first, second), is_long, said)
    return film(track) + box(b"mdat", WALK[0], WALK[1], b"pictures", WALK[2], b"sounds")


def cleaned(data: bytes, folder: Path) -> bytes | None:
    source, target = folder / "source.mp4", folder / "target.mp4"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    made = remove_film_location(source, target)
    return target.read_bytes() if made is not None else None


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize(
    ("kind", "entry"),
    [(b"meta", b"gpmd"), (b"meta", b"camm"), (b"meta", b"djmd"), (b"meta", b"rtmd"), (b"sbtl", b"tx3g")],
)
def test_the_walk_goes_and_all_else_stays(kind: bytes, entry: bytes, is_long: bool, tmp_path: Path) -> None:
    data = a_walk(kind, entry, is_long=is_long)
    after = cleaned(data, tmp_path)
    assert after is not None
    assert len(after) == len(data)
    for place in WALK:
        assert place in data
        assert place not in after
    assert entry not in after
    assert b"pictures" in after
    assert after.endswith(b"sounds")
    assert cleaned(after, tmp_path) is None


def test_the_film_looks_as_before(tmp_path: Path) -> None:
    after = cleaned(a_walk(b"meta", b"gpmd"), tmp_path)
    assert after is not None
    posters = []
    reader = RecordingReader()
    try:
        for name, data in (("before.mp4", _FILM.read_bytes()), ("after.mp4", after)):
            (tmp_path / name).write_bytes(data)
            seen = reader.read(tmp_path / name, PosterRequest(320, 320))
            assert isinstance(seen, Poster)
            posters.append((seen.duration_ms, seen.pixels))
    finally:
        reader.close()
    assert posters[0] == posters[1]


def test_what_a_phone_keeps_of_a_film_goes_only_where_it_names_a_place(tmp_path: Path) -> None:
    turned = b"com.apple.quicktime.video-orientation"
    assert cleaned(a_walk(b"meta", b"mebx", said=turned), tmp_path) is None
    here = b"com.apple.quicktime.location.ISO6709"
    after = cleaned(a_walk(b"meta", b"mebx", said=here), tmp_path)
    assert after is not None
    assert WALK[0] not in after


@pytest.mark.parametrize("kind", [b"vide", b"soun"])
def test_pictures_and_sounds_are_never_touched(kind: bytes, tmp_path: Path) -> None:
    assert cleaned(a_walk(kind, b"avc1"), tmp_path) is None


def test_samples_that_lie_outside_of_the_data_are_left_alone(tmp_path: Path) -> None:
    head = film(_track(b"meta", b"gpmd", (0, 40), is_long=False))
    after = cleaned(head, tmp_path)
    assert after is not None
    # The track goes; what its table points at is the index and the beginning of the file.
    assert after[:24] == head[:24]
    assert after.count(b"moov") == 1


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("is_camera", [True, False], ids=["camera", "subtitles"])
def test_a_film_of_a_real_muxer_loses_its_walk(is_camera: bool, tmp_path: Path) -> None:
    words = tmp_path / "walk.srt"
    lines = (f"{at}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{WALK[at].decode()}\n" for at in range(3))
    words.write_text("\n".join(lines))
    muxed = tmp_path / "muxed.mp4"
    mux = ("ffmpeg", "-v", "error", "-i", _FILM, "-i", words, "-map", "0", "-map", "1", "-c", "copy")
    subprocess.run([*mux, "-c:s", "mov_text", muxed], check=True, timeout=60)
    data = muxed.read_bytes()
    if is_camera:
        # ffmpeg copies such tracks and makes none: the same index, called what a camera calls it.
        data = data.replace(b"sbtl", b"meta").replace(b"tx3g", b"gpmd")
    after = cleaned(data, tmp_path)
    assert after is not None
    for place in WALK:
        assert place in data
        assert place not in after
    shown = ("ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=codec_name,nb_read_packets")
    told = [
        subprocess.run([*shown, "-of", "csv", "-select_streams", "v", each], check=True, capture_output=True)
        for each in (_FILM, tmp_path / "target.mp4")
    ]
    assert told[0].stdout == told[1].stdout
    assert told[0].stderr == told[1].stderr == b""


@examples(40, full=20_000)
@given(data=st.data())
def test_a_spoilt_walk_never_breaks_anything(data: st.DataObject) -> None:
    whole = (
        box(b"ftyp", b"isom")
        + box(b"moov", _track(b"meta", b"gpmd", (700, 800), data.draw(st.booleans())))
        + box(b"mdat", bytes(200), *WALK)
    )
    spoilt = bytearray(whole)
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=12)
    ):
        spoilt[at] = byte
    cut = data.draw(st.integers(0, len(whole)))
    with TemporaryDirectory() as folder:
        after = cleaned(bytes(spoilt[:cut]), Path(folder))
    assert after is None or len(after) == cut
