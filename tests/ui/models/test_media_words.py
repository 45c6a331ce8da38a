import pytest

from linqdesk.ui.models.media_words import MediaKind, file_facts, media_kind
from tests.ui.thread.rows import a_file


@pytest.mark.parametrize(
    ("mime_type", "name", "kind"),
    [
        ("image/jpeg", "a.jpg", MediaKind.PICTURE),
        ("IMAGE/HEIC", "a", MediaKind.PICTURE),
        ("image/svg+xml", "a.jpg", MediaKind.FILE),
        ("image/x-icon", "a.ico", MediaKind.FILE),
        ("video/quicktime", "a.mov", MediaKind.VIDEO),
        ("audio/amr", "a.amr", MediaKind.AUDIO),
        ("application/octet-stream", "memo.caf", MediaKind.AUDIO),
        ("application/pdf", "a.pdf", MediaKind.FILE),
        ("", "", MediaKind.FILE),
    ],
)
def test_a_file_is_shown_by_what_it_is(mime_type: str, name: str, kind: MediaKind) -> None:
    assert media_kind(mime_type, name) is kind


@pytest.mark.parametrize(
    ("mime_type", "name", "detail"),
    [
        ("application/pdf", "bill.pdf", "PDF · 2 KB"),
        ("text/vcard", "Ana.vcf", "Contact card · 2 KB"),
        ("application/octet-stream", "Ana.vcf", "Contact card · 2 KB"),
        ("text/calendar; charset=utf-8", "x.ics", "Calendar event · 2 KB"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx", "Excel table · 2 KB"),
        ("application/x-unheard-of", "thing.xyz", "XYZ file · 2 KB"),
        ("application/x-unheard-of", "thing", "File · 2 KB"),
        ("audio/mpeg", "song.mp3", "Audio · 2 KB"),
        ("video/mp4", "clip.mp4", "Video · 2 KB"),
        ("image/png", "cat.png", "Photo · 2 KB"),
    ],
)
def test_a_card_says_what_a_file_is(mime_type: str, name: str, detail: str) -> None:
    facts = file_facts(a_file(name, mime_type))
    assert facts.detail == detail
    assert facts.name == name


def test_a_file_without_a_name_is_called_by_its_type_and_no_size_is_said_where_none_is_known() -> None:
    facts = file_facts(a_file("", "application/pdf", None))
    assert (facts.name, facts.detail) == ("PDF", "PDF")


def test_controls_that_turn_a_name_round_are_gone() -> None:
    assert file_facts(a_file("\u202egnp.exe", "image/png")).name == "gnp.exe"
