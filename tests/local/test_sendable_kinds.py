from pathlib import Path

import pytest

from linqdesk.domain.rules import check_attachment
from linqdesk.local.sendable_kinds import HEAD_BYTES, SendableKind, named, sendable_kind

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
SENDABLE = {
    "bell.aiff": "audio/x-aiff",
    "bell.caf": "audio/x-caf",
    "bell.wav": "audio/x-wav",
    "bicycle.png": "image/png",
    "dawn.jpg": "image/jpeg",
    "Grace Okafor.vcf": "text/vcard",
    "gravel ride.ics": "text/calendar",
    "invoice 20418.pdf": "application/pdf",
    "manuals.zip": "application/zip",
    "night.heic": "image/heic",
    "packing list.txt": "text/plain",
    "receipt.bmp": "image/bmp",
    "rolling.mp4": "video/mp4",
    "trail.tiff": "image/tiff",
    "tune.aac": "audio/aac",
    "tune.mp3": "audio/mpeg",
    "voice memo.amr": "audio/amr",
    "voice memo.m4a": "audio/x-m4a",
    "warranty.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "wheels.gif": "image/gif",
}


def head_of(name: str) -> bytes:
    with (MEDIA / name).open("rb") as file:
        return file.read(HEAD_BYTES)


@pytest.mark.parametrize(("name", "media_type"), SENDABLE.items())
def test_a_real_file_goes_as_what_it_is_and_linq_takes_that(name: str, media_type: str) -> None:
    kind = sendable_kind(head_of(name), name)
    assert kind == SendableKind(media_type, Path(name).suffix)
    assert check_attachment(name, media_type, 1) == ()


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"just words", "song.mp3", "named like a MP3 file but its content is a text"),
        (b"\x89PNG\r\n\x1a\n", "notes.txt", "named like a TXT file but its content is a picture"),
        (b"\x00\x01\x02\x03\x04", "song.mp3", "its content is none; it may be damaged"),
        (b"\x00\x01\x02\x03\x04", "thing.xyz", "files of this kind"),
        (b"MZ\x90\x00", "holiday.jpg", "programs"),
        (b"\x7fELF\x02", "run", "programs"),
        (b"#!/bin/sh\nrm -r", "clean.txt", "programs"),
        (b"PK\x03\x04", "app.jar", "files of this kind"),
        (b"\x00\x00\x00\x20ftypavif", "a.avif", "files of this kind"),
        (b"\x00\x00\x00\x20ftypavif", "a.jpg", "damaged"),
        (b"RIFF\x00\x00\x00\x00CDXA", "a.dat", "files of this kind"),
        (b"\xff\x00", "a.mp3", "damaged"),
    ],
)
def test_what_does_not_go_is_told_why(head: bytes, name: str, words: str) -> None:
    kind = sendable_kind(head, name)
    assert isinstance(kind, str)
    assert words in kind


@pytest.mark.parametrize(
    ("head", "name", "media_type", "called"),
    [
        (b"\x89PNG\r\n\x1a\n", "cat.jpg", "image/png", "cat.png"),
        (b"\xff\xd8\xff\xe0", "cat", "image/jpeg", "cat.jpg"),
        (b"\xff\xd8\xff\xe0", "CAT.JPEG", "image/jpeg", "CAT.JPEG"),
        (b"\x00\x00\x00\x20ftypisom", "memo.m4a", "audio/x-m4a", "memo.m4a"),
        (b"\x00\x00\x00\x20ftypM4A ", "memo.mp3", "audio/x-m4a", "memo.m4a"),
        (b"\x00\x00\x00\x20ftypqt  ", "film", "video/quicktime", "film.mov"),
        (b"\x00\x00\x00\x08wide", "old.mov", "video/quicktime", "old.mov"),
        (b"\xff\xfb\x90\x00", "tune", "audio/mpeg", "tune.mp3"),
        (b"\xff\xf1\x50\x80", "tune", "audio/aac", "tune.aac"),
        (b"ID3\x04", "tune.aac", "audio/aac", "tune.aac"),
        (b"RIFF\x00\x00\x00\x00AVI ", "old.avi", "video/x-msvideo", "old.avi"),
        (b"print(1)", "main.py", "text/plain", "main.py.txt"),
        (b"caf\xe9;3", "prices.csv", "text/csv", "prices.csv"),
        (b"\xff\xfea\x00", "notes.txt", "text/plain", "notes.txt"),
        (b"v2.1", "report 2.1", "text/plain", "report 2.1.txt"),
    ],
)
def test_the_content_decides_within_its_nature(head: bytes, name: str, media_type: str, called: str) -> None:
    kind = sendable_kind(head, name)
    assert isinstance(kind, SendableKind)
    assert (kind.media_type, named(name, kind)) == (media_type, called)
    assert not kind.is_convertible


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"RIFF\x00\x00\x00\x00WEBP", "cat.webp"),
        (b"fLaC\x00", "song.flac"),
        (b"OggS\x00", "memo.opus"),
        (b"OggS\x00", "memo.ogg"),
    ],
)
def test_formats_that_something_can_be_made_of_are_known(head: bytes, name: str) -> None:
    kind = sendable_kind(head, name)
    assert isinstance(kind, SendableKind)
    assert kind.is_convertible
