import os
import shutil
import signal
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import AttachmentId
from linqdesk.local.media_cache import MediaCache

CAT, DOG, OWL = AttachmentId("cat"), AttachmentId("dog"), AttachmentId("owl")


def keep(files: MediaCache, attachment_id: AttachmentId, content: bytes) -> Path:
    draft = files.begin(attachment_id)
    draft.write(content[:3])
    draft.write(content[3:])
    return files.save(draft)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def files(folder: Path) -> MediaCache:
    return MediaCache(folder, max_bytes=100)


def test_what_was_saved_is_found_by_its_attachment_in_this_run_and_the_next(
    files: MediaCache, folder: Path
) -> None:
    assert files.find(CAT) is None
    saved = keep(files, CAT, b"a cat's bytes")
    for each in (files, MediaCache(folder)):
        found = each.find(CAT)
        assert found == saved
        assert found.read_bytes() == b"a cat's bytes"
    assert files.find(DOG) is None


def test_only_the_owner_may_read_what_is_kept(files: MediaCache, folder: Path) -> None:
    was = os.umask(0)
    try:
        path = keep(files, CAT, b"secret")
    finally:
        os.umask(was)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("hostile", ["../../evil", "/etc/passwd", "a\0b", "", "x" * 5000, "\ud800"])
def test_an_id_never_names_a_file_outside(files: MediaCache, folder: Path, hostile: str) -> None:
    path = keep(files, AttachmentId(hostile), b"bytes")
    assert path.parent == folder
    assert path.name.replace("-", "").isalnum()
    assert files.find(AttachmentId(hostile)) == path


def test_what_was_used_longest_ago_goes_first(files: MediaCache) -> None:
    keep(files, CAT, b"c" * 40)
    keep(files, DOG, b"d" * 40)
    assert files.find(CAT) is not None
    keep(files, OWL, b"o" * 40)
    assert files.find(DOG) is None
    assert files.find(CAT) is not None
    assert files.find(OWL) is not None


def test_a_file_larger_than_the_bound_stays_until_the_next_one_comes(files: MediaCache) -> None:
    assert keep(files, CAT, b"c" * 150).exists()
    keep(files, DOG, b"d")
    assert files.find(CAT) is None


def test_the_same_id_at_another_linq_is_another_file(files: MediaCache) -> None:
    keep(files, CAT, b"real")
    files.account = "http://127.0.0.1:1234"
    assert files.find(CAT) is None
    assert keep(files, CAT, b"demo").read_bytes() == b"demo"


def test_other_bytes_under_the_same_id_are_refused(files: MediaCache, folder: Path) -> None:
    keep(files, CAT, b"c" * 60).unlink()
    assert files.find(CAT) is None
    with pytest.raises(LocalFaultError, match="received before"):
        keep(files, CAT, b"x" * 60)
    assert list(folder.iterdir()) == []
    assert keep(files, CAT, b"c" * 60).exists()


def test_a_draft_that_is_given_up_leaves_nothing(files: MediaCache, folder: Path) -> None:
    draft = files.begin(CAT)
    draft.write(b"half")
    draft.discard()
    draft.discard()
    assert list(folder.iterdir()) == []


def test_discarding_after_saving_keeps_the_file(files: MediaCache) -> None:
    draft = files.begin(CAT)
    draft.write(b"whole")
    path = files.save(draft)
    draft.discard()
    assert path.read_bytes() == b"whole"


def test_what_died_halfway_is_swept_out_the_next_time(files: MediaCache, folder: Path) -> None:
    draft = files.begin(CAT)
    draft.write(b"half")
    draft.finish()
    (folder / "stranger").write_bytes(b"?")
    assert MediaCache(folder).find(CAT) is None
    assert list(folder.iterdir()) == []


def test_copies_for_other_programs_do_not_outlive_the_run(files: MediaCache, folder: Path) -> None:
    files.opened_folder.mkdir(parents=True)
    (files.opened_folder / "cat.jpg").write_bytes(b"c")
    assert MediaCache(folder).find(CAT) is None
    assert not files.opened_folder.exists()


def test_wiping_leaves_nothing(files: MediaCache, folder: Path) -> None:
    keep(files, CAT, b"c")
    files.opened_folder.mkdir()
    files.wipe()
    assert list(folder.iterdir()) == []
    assert files.find(CAT) is None


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LocalFaultError):
        MediaCache(tmp_path / "file" / "media").begin(CAT)


def test_a_full_disk_is_said_and_harms_nothing(files: MediaCache) -> None:
    resource = pytest.importorskip("resource")
    draft = files.begin(CAT)
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, was[1]))
    try:
        with pytest.raises(LocalFaultError, match="cannot be kept"):
            draft.write(b"x" * 100_000)
        draft.discard()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
        signal.signal(signal.SIGXFSZ, handled)
    assert files.find(CAT) is None
    assert keep(files, CAT, b"fits").exists()


def test_a_file_of_ours_that_became_an_attachment_is_there_at_once(tmp_path: Path) -> None:
    cache, own = MediaCache(tmp_path / "media", max_bytes=10), tmp_path / "own.png"
    own.write_bytes(b"ours")
    cache.adopt(AttachmentId("a"), own, "abc")
    own.unlink()
    found = cache.find(AttachmentId("a"))
    assert found is not None
    assert found.read_bytes() == b"ours"
    own.write_bytes(b"too large for both")
    cache.adopt(AttachmentId("b"), own, "def")
    assert cache.find(AttachmentId("a")) is None
    cache.adopt(AttachmentId("c"), tmp_path / "gone", "0")
    assert cache.find(AttachmentId("c")) is None


def test_a_disk_that_is_almost_full_gets_its_room_back_from_the_cache(folder: Path) -> None:
    """F18: the cache stops growing before what the agent writes finds no room."""
    files = MediaCache(folder)
    kept = keep(files, CAT, b"c" * 1_000)
    free = shutil.disk_usage(folder).free
    files.spared_bytes = free * 2
    with pytest.raises(LocalFaultError, match="almost full"):
        files.begin(AttachmentId("another"))
    assert not kept.exists()
    files.spared_bytes = 0
    assert keep(files, CAT, b"c" * 1_000).exists()
