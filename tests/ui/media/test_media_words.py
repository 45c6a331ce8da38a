import pytest

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.media_words import is_picture, state_words
from linqdesk.ui.wording import size_words


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (12_345, "12 KB"),
        (999_700, "1 MB"),
        (3_440_000, "3.4 MB"),
        (3_020_000, "3 MB"),
        (104_857_600, "105 MB"),
        (2_500_000_000, "2.5 GB"),
        (5 * 10**12, "5000 GB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size_bytes: int, words: str) -> None:
    assert size_words(size_bytes) == words


def test_what_is_there_or_on_its_way_needs_no_words() -> None:
    for state in (MediaState.WAITING, MediaState.LOADING, MediaState.READY):
        assert state_words(MediaFile(state)) == ""
    assert state_words(MediaFile(MediaState.TOO_LARGE)) == "Large file"
    assert state_words(MediaFile(MediaState.FAILED)) == "Could not be loaded"


@pytest.mark.parametrize(
    ("mime_type", "expected"),
    [
        ("image/jpeg", True),
        ("IMAGE/PNG; x=1", True),
        ("image/svg+xml", False),
        ("image/x-icon", False),
        ("video/mp4", False),
    ],
)
def test_only_what_can_be_decoded_is_a_picture(mime_type: str, *, expected: bool) -> None:
    assert is_picture(MediaPart(AttachmentId("x"), "x", mime_type, 1, None)) is expected
