import io
from pathlib import Path

import pytest

from linqdesk.local.wholeness import is_cut_off

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
STATING = {
    "bell.wav": "audio/x-wav",
    "bell.aiff": "audio/x-aiff",
    "bell.caf": "audio/x-caf",
    "voice memo.m4a": "audio/x-m4a",
    "rolling.mp4": "video/mp4",
}


def cut(data: bytes, media_type: str) -> bool:
    return is_cut_off(io.BytesIO(data), len(data), media_type)


@pytest.mark.parametrize(("name", "media_type"), STATING.items())
def test_a_recording_is_whole_or_cut_off_wherever_it_was_cut(name: str, media_type: str) -> None:
    data = (MEDIA / name).read_bytes()
    assert not cut(data, media_type)
    for tenth in range(1, 10):
        assert cut(data[: len(data) * tenth // 10], media_type), tenth
    assert cut(data[:20], media_type)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("tune.mp3", "audio/mpeg"), ("tune.aac", "audio/aac"), ("voice memo.amr", "audio/amr")],
)
def test_what_states_no_size_plays_as_far_as_it_goes(name: str, media_type: str) -> None:
    assert not cut((MEDIA / name).read_bytes()[:2_000], media_type)


def test_a_recording_from_a_pipe_states_no_size_and_is_whole() -> None:
    wav = (MEDIA / "bell.wav").read_bytes()
    assert not cut(wav[:4] + b"\xff\xff\xff\xff" + wav[8:], "audio/x-wav")
    caf = b"caff\x00\x01\x00\x00data" + b"\xff" * 8 + bytes(100)
    assert not cut(caf, "audio/x-caf")


def test_boxes_may_be_huge_open_or_nonsense() -> None:
    moov = b"\x00\x00\x00\x08moov"
    assert not cut(moov + b"\x00\x00\x00\x00mdat" + bytes(50), "video/mp4")
    assert not cut(moov + b"\x00\x00\x00\x01mdat" + (58).to_bytes(8, "big") + bytes(42), "video/mp4")
    assert cut(moov + b"\x00\x00\x00\x01mdat" + (2**60).to_bytes(8, "big") + bytes(42), "video/mp4")
    assert cut(b"\x00\x00\x00\x08free" * 2_000, "video/mp4")
    assert not cut(b"caff\x00\x01\x00\x00" + (b"free" + bytes(8)) * 2_000, "audio/x-caf")
