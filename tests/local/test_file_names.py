from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.local.file_names import MAX_NAME_BYTES, numbered, safe_name, with_extension

# Any string at all, and strings rich in what is dangerous in names.
_SPICE = st.sampled_from(
    [
        *"/\\:.-~ \0é\u202e\u2066\ud800",
        "..",
        "%2f",
        "%2E",
        "CON",
        "nul",
        "e\u0301",
        "👩🏽‍🚀",
        ".tar.gz",
        "x" * 90,
    ]
)
names = st.text() | st.lists(_SPICE | st.text(max_size=3)).map("".join)


@given(names)
def test_whatever_comes_is_one_harmless_part_of_a_path(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MAX_NAME_BYTES
    assert PurePosixPath(safe).name == safe
    assert PureWindowsPath(safe).name == safe
    assert safe.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert (Path("/root") / safe).resolve().parent == Path("/root")
    assert safe.isprintable()
    assert safe[0] not in ".-~ "
    assert safe[-1] not in ". "


@given(names)
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


@given(names, st.integers(2, 999))
def test_a_numbered_name_is_as_safe(name: str, number: int) -> None:
    safe = numbered(safe_name(name), number)
    assert f"({number})" in safe
    assert safe_name(safe) == safe


@given(names, st.sampled_from([".jpg", ".pdf", ".txt"]))
def test_our_own_extension_comes_last(name: str, extension: str) -> None:
    safe = with_extension(name, extension)
    assert safe.lower().endswith(extension)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("cat photo.jpg", "cat photo.jpg"),
        ("Rechnung März 2026.pdf", "Rechnung März 2026.pdf"),
        ("写真.png", "写真.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("invoice.pdf\u2066.exe", "invoice.pdf.exe"),
        ("..%2f..%2f.ssh%2fauthorized_keys", "_.._.ssh_authorized_keys"),
        ("NUL.txt", "_NUL.txt"),
        ("con .pdf", "_con .pdf"),
        ("COM¹.txt", "_COM¹.txt"),
        ("CLOCK$", "_CLOCK$"),
        ("a.txt:evil.exe", "a.txt_evil.exe"),
        (".", "file"),
        ("..", "file"),
        ("", "file"),
        ("\0", "file"),
        ("-rf", "rf"),
        ("$(id).png", "$(id).png"),
        ("~/.bashrc", "_.bashrc"),
        ("desktop.ini", "_desktop.ini"),
        ("two\nlines.txt", "two lines.txt"),
        ("trailing. . ", "trailing"),
        ("\\\\server\\share\\x.doc", "__server_share_x.doc"),
    ],
)
def test_known_tricks_come_to_nothing(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("é" * 4_000 + ".jpeg") == "é" * 57 + ".jpeg"
    assert safe_name("a." + "b" * 4_000) == "a." + "b" * 118


def test_a_number_stands_before_the_extension() -> None:
    assert numbered("photo.jpg", 2) == "photo (2).jpg"
    assert len(numbered("é" * 57 + ".jpeg", 12).encode()) <= MAX_NAME_BYTES


def test_an_extension_of_ours_takes_the_place_of_theirs() -> None:
    assert with_extension("photo.exe", ".jpg") == "photo.jpg"
    assert with_extension("photo.JPG", ".jpg") == "photo.JPG"
    assert with_extension("", ".pdf") == "file.pdf"
