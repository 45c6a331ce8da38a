import pytest

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.outgoing import OutgoingMedia
from linqdesk.domain.rules import Violation, check_attachment, check_media_url, check_voice_memo

MIB = 1024 * 1024
UPLOADED = OutgoingMedia(attachment_id=AttachmentId("a1"))


def names(found: tuple[Violation, ...]) -> list[str]:
    return [each.rule for each in found]


@pytest.mark.parametrize(
    ("size_bytes", "is_allowed"),
    [(1, True), (104_857_600, True), (104_857_601, False), (0, False), (-1, False)],
)
def test_an_upload_has_1_byte_to_100_mb(size_bytes: int, is_allowed: bool) -> None:
    found = check_attachment("cat.jpg", "image/jpeg", size_bytes)
    assert names(found) == ([] if is_allowed else ["file_size"])


def test_a_file_name_has_1_to_255_characters() -> None:
    assert check_attachment("a" * 255, "image/jpeg", 1) == ()
    assert names(check_attachment("a" * 256, "image/jpeg", 1)) == ["filename_length"]
    assert names(check_attachment("", "image/jpeg", 1)) == ["filename_length"]


@pytest.mark.parametrize(
    "mime_type",
    ["image/jpeg", "image/webp", "audio/amr", "text/vcard", "image/jpg", "application/vnd.apple.pages"],
)
def test_types_of_every_revision_may_be_uploaded(mime_type: str) -> None:
    assert check_attachment("f", mime_type, 1) == ()


@pytest.mark.parametrize(
    "mime_type", ["audio/flac", "audio/ogg", "application/x-msdownload", "", "IMAGE/JPEG"]
)
def test_types_that_linq_does_not_name_may_not(mime_type: str) -> None:
    assert names(check_attachment("f", mime_type, 1)) == ["file_type"]


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://x.test/a.png?b=1", True),
        ("HTTPS://x.test/a.png", True),
        ("http://x.test/a.png", False),
        ("//x.test/a.png", False),
        ("https:///a.png", False),
        ("https://x.test/a b.png", False),
        ("https://x.test/\u202egnp.exe", False),
    ],
)
def test_a_file_is_fetched_by_https(url: str, is_allowed: bool) -> None:
    assert names(check_media_url(url)) == ([] if is_allowed else ["media_url_https"])


def test_a_fetched_file_has_at_most_10_mb() -> None:
    assert check_media_url("https://x.test/a", size_bytes=10 * MIB) == ()
    assert names(check_media_url("https://x.test/a", size_bytes=10 * MIB + 1)) == ["media_url_size"]


def test_a_voice_memo_comes_in_exactly_one_way_and_by_https() -> None:
    assert check_voice_memo(UPLOADED) == ()
    assert check_voice_memo(OutgoingMedia(url="https://x.test/memo.m4a")) == ()
    assert names(check_voice_memo(OutgoingMedia(url="http://x.test/memo.m4a"))) == ["voice_memo_https"]
    both = OutgoingMedia(attachment_id=AttachmentId("a1"), url="https://x.test/memo.m4a")
    assert names(check_voice_memo(both)) == ["voice_memo_source"]
    assert names(check_voice_memo(OutgoingMedia())) == ["voice_memo_source"]


@pytest.mark.parametrize(
    "subtype",
    ["mpeg", "x-m4a", "mp4", "aac", "x-caf", "wav", "aiff", "x-aiff", "amr"],
)
def test_the_documented_recordings_may_be_voice_memos(subtype: str) -> None:
    assert check_voice_memo(UPLOADED, mime_type=f"audio/{subtype}") == ()


@pytest.mark.parametrize("mime_type", ["audio/ogg", "audio/flac", "audio/midi", "video/mp4"])
def test_other_files_may_not(mime_type: str) -> None:
    assert names(check_voice_memo(UPLOADED, mime_type=mime_type)) == ["voice_memo_type"]


@pytest.mark.parametrize(
    ("size_bytes", "is_allowed"), [(1, True), (10 * MIB, True), (10 * MIB + 1, False), (0, False)]
)
def test_a_voice_memo_has_at_most_10_mb(size_bytes: int, is_allowed: bool) -> None:
    found = check_voice_memo(UPLOADED, size_bytes=size_bytes)
    assert names(found) == ([] if is_allowed else ["voice_memo_size"])
