import os
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.file_copies import copy_to_open, mark_as_foreign, save_copy
from linqdesk.local.file_kinds import Family, openable_kind
from tests.local.pictures import encoded, two_halves


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "cached"
    file.write_bytes(encoded(two_halves(), "JPEG"))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Downloads"
    made.mkdir()
    return made


def test_a_copy_is_whole_and_for_its_owner_only(source: Path, folder: Path) -> None:
    copy = save_copy(source, folder, "cat.jpg", "https://cdn.linqapp.com/x?signature=secret")
    assert copy == folder / "cat.jpg"
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_nothing_is_ever_overwritten(source: Path, folder: Path) -> None:
    (folder / "cat.jpg").write_text("mine")
    secret = folder.parent / "secret"
    (folder / "cat (2).jpg").symlink_to(secret)
    assert save_copy(source, folder, "cat.jpg", None).name == "cat (3).jpg"
    assert save_copy(source, folder, "cat.jpg", None).name == "cat (4).jpg"
    assert (folder / "cat.jpg").read_text() == "mine"
    assert not secret.exists()


def test_a_hostile_name_stays_in_the_folder(source: Path, folder: Path) -> None:
    assert save_copy(source, folder, "../../.bashrc", None).parent == folder


def test_what_cannot_be_saved_is_said(source: Path, folder: Path) -> None:
    with pytest.raises(LocalFaultError, match="could not be saved"):
        save_copy(source, folder / "nowhere", "cat.jpg", None)
    with pytest.raises(LocalFaultError, match="could not be saved"):
        save_copy(folder / "gone", folder, "cat.jpg", None)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "getxattr"), reason="needs extended attributes")
def test_the_system_learns_the_host_and_never_the_signature(source: Path, folder: Path) -> None:
    copy = save_copy(source, folder, "cat.jpg", "https://cdn.linqapp.com/x?signature=secret")
    try:
        origin = os.getxattr(copy, "user.xdg.origin.url")
    except OSError:
        pytest.skip("this file system keeps no such marks")
    assert origin == b"https://cdn.linqapp.com/"


def test_windows_gets_the_zone_of_the_internet(tmp_path: Path) -> None:
    file = tmp_path / "cat.jpg"
    mark_as_foreign(file, None, platform="win32")
    assert Path(f"{file}:Zone.Identifier").read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_mark_that_cannot_be_set_harms_nothing(tmp_path: Path, platform: str) -> None:
    mark_as_foreign(tmp_path / "nowhere" / "file", "https://[broken", platform=platform)


def test_what_is_opened_is_called_what_it_is(source: Path, folder: Path) -> None:
    copy = copy_to_open(source, folder / "opened", "cat.exe", "image/jpeg")
    assert copy.name == "cat.jpg"
    assert copy.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (b"MZ\x90\x00", "image/jpeg"),
        (b"\xff\xd8\xff\xe0", "application/x-msdownload"),
        (b"\xff\xd8\xff\xe0", "application/pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<html><script>", "text/html"),
        (b"<html><script>", "text/plain"),
        (b"#!/bin/sh\nrm", "text/plain"),
        (b"PK\x03\x04", "application/zip"),
        (b"{\\rtf1", "application/rtf"),
        (b"%PDF-1.7", "text/plain"),
        (b"\x00\x01", "text/plain"),
        (b"\xff\xfe\x00", "text/plain"),
        (b"", "image/png"),
        (b"RIFF0000EVIL", "audio/wav"),
        (b"    ftypEVIL", "video/mp4"),
        (b"BEGIN:VCARD", "text/vcard"),
    ],
)
def test_what_lies_or_is_not_on_the_list_is_not_opened(folder: Path, content: bytes, mime_type: str) -> None:
    source = folder / "source"
    source.write_bytes(content)
    with pytest.raises(LocalFaultError, match="not opened"):
        copy_to_open(source, folder / "opened", "x", mime_type)


def test_a_file_that_is_gone_cannot_be_opened(folder: Path) -> None:
    with pytest.raises(LocalFaultError, match="could not be read"):
        copy_to_open(folder / "gone", folder / "opened", "x", "image/jpeg")


@pytest.mark.parametrize(
    ("head", "mime_type", "family", "extension"),
    [
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp", Family.PICTURE, ".webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/x-wav", Family.AUDIO, ".wav"),
        (b"FORM\x00\x00\x00\x00AIFF", "audio/aiff", Family.AUDIO, ".aiff"),
        (b"\x00\x00\x00\x1cftypisom", "video/mp4", Family.VIDEO, ".mp4"),
        (b"\x00\x00\x00\x1cftypM4A ", "audio/x-m4a", Family.AUDIO, ".m4a"),
        (b"\x00\x00\x00\x1cftypheic", "image/heic", Family.PICTURE, ".heic"),
        (b"%PDF-1.7\n", "application/pdf", Family.DOCUMENT, ".pdf"),
        ("grüße".encode() + b"\xc3", "text/plain", Family.TEXT, ".txt"),
    ],
)
def test_harmless_kinds_are_known_by_their_beginning(
    head: bytes, mime_type: str, family: Family, extension: str
) -> None:
    kind = openable_kind(head, mime_type)
    assert kind is not None
    assert (kind.family, kind.extension) == (family, extension)
