import hashlib
import os
import stat
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import PastedFile
from linqdesk.local.outgoing_files import OutgoingFiles

MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsent" / "files"


@pytest.fixture
def files(folder: Path) -> OutgoingFiles:
    return OutgoingFiles(folder)


def source(tmp_path: Path, name: str = "cat.png", data: bytes = PNG) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def left_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()] if folder.exists() else []


def test_a_copy_is_the_files_bytes_under_a_name_that_nobody_chose(
    tmp_path: Path, files: OutgoingFiles, folder: Path
) -> None:
    file = files.take(source(tmp_path)).file
    copy = files.path_of(file.key)
    assert copy.read_bytes() == PNG
    assert (file.name, file.media_type, file.size_bytes) == ("cat.png", "image/png", len(PNG))
    assert file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert "cat" not in file.key
    assert copy.suffix == ".png"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_happens_to_the_original_does_the_copy_no_harm(tmp_path: Path, files: OutgoingFiles) -> None:
    original = source(tmp_path)
    file = files.take(original).file
    with original.open("r+b") as writer:
        writer.write(b"something else")
    original.unlink()
    assert files.path_of(file.key).read_bytes() == PNG


def test_a_link_leads_to_the_file_that_the_agent_sees(tmp_path: Path, files: OutgoingFiles) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(source(tmp_path))
    file = files.take(link).file
    assert file.name == "link.png"
    assert files.path_of(file.key).read_bytes() == PNG
    assert not files.path_of(file.key).is_symlink()


def test_pasted_bytes_are_taken_like_a_file(files: OutgoingFiles) -> None:
    file = files.take(PastedFile("picture.png", PNG)).file
    assert files.path_of(file.key).read_bytes() == PNG
    with pytest.raises(LocalFaultError, match="empty"):
        files.take(PastedFile("picture.png", b""))


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, files: OutgoingFiles, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "huge.mp4").touch()
    os.truncate(tmp_path / "huge.mp4", 5 * 1024**3)
    bad = {
        tmp_path: "Folders",
        tmp_path / "pipe": "pipe",
        Path("/dev/zero"): "device",
        tmp_path / "nowhere.png": "not there any more",
        tmp_path / "round": "circles",
        source(tmp_path, "empty.png", b""): "empty",
        tmp_path / "huge.mp4": "this one has 5,120.0 MB",
        source(tmp_path, "song.mp3", b"words"): "named like a MP3 file",
        source(tmp_path, "cut.wav", (MEDIA / "bell.wav").read_bytes()[:9_000]): "cut off",
    }
    for path, words in bad.items():
        with pytest.raises(LocalFaultError, match=words):
            files.take(path)
    assert left_in(folder) == []


def test_our_own_journal_cannot_be_sent(tmp_path: Path, files: OutgoingFiles, folder: Path) -> None:
    folder.mkdir(parents=True)
    journal = source(folder.parent, "journal.txt", b"secrets")
    (tmp_path / "harmless.txt").symlink_to(journal)
    with pytest.raises(LocalFaultError, match="own"):
        files.take(tmp_path / "harmless.txt")


def test_a_full_disk_leaves_nothing_half_done(files: OutgoingFiles, folder: Path, tmp_path: Path) -> None:
    import resource
    import signal

    original = source(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(LocalFaultError, match="Make room"):
            files.take(original)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, heard)
    assert left_in(folder) == []
    assert files.take(original).file.size_bytes == len(PNG)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, files: OutgoingFiles) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    original = source(tmp_path)
    original.chmod(0)
    with pytest.raises(LocalFaultError, match="may not be read"):
        files.take(original)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("\u202egnp.exe.png", "gnp.exe.png"),
        ("..%2f..%2fkeys.png", "_.._keys.png"),
        ("NUL.png", "_NUL.png"),
        ("-rf.png", "rf.png"),
        (" .png", "png.png"),
    ],
)
def test_a_hostile_name_is_made_harmless(name: str, called: str, files: OutgoingFiles) -> None:
    assert files.take(PastedFile(name, PNG)).file.name == called


def test_what_nobody_refers_to_goes_with_what_a_crash_left(
    tmp_path: Path, files: OutgoingFiles, folder: Path
) -> None:
    kept, gone = (files.take(source(tmp_path)).file.key for _ in range(2))
    (folder / f".part-{gone}").touch()
    (folder / "recording").touch()
    files.sweep(lambda key: key == kept)
    assert sorted(left_in(folder)) == sorted([kept, "recording"])
    files.remove([kept, kept])
    assert left_in(folder) == ["recording"]
    OutgoingFiles(tmp_path / "never made").sweep(lambda _key: False)


@pytest.mark.parametrize("key", ["../journal.sqlite3", ".part-x", "a/b", ""])
def test_only_a_key_leads_to_a_file(files: OutgoingFiles, key: str) -> None:
    with pytest.raises(LocalFaultError):
        files.path_of(FileKey(key))


def test_a_run_that_leaves_nothing_behind_takes_its_files_along() -> None:
    files = OutgoingFiles()
    path = files.path_of(files.take(PastedFile("a.png", PNG)).file.key)
    assert path.exists()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    files.close()
    assert not path.parent.exists()
    files.close()
