from datetime import UTC, datetime
from pathlib import Path

import pytest

from linqdesk.sandbox.attachments import KEPT_ATTACHMENTS, Attachments
from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.ids import IdSource
from linqdesk.sandbox.refusals import RefusalError


def a_small_store() -> Attachments:
    return Attachments(Clock(datetime(2026, 11, 21, tzinfo=UTC)), IdSource(1), room_bytes=25)


def test_the_oldest_attachments_are_forgotten_but_not_those_of_the_story() -> None:
    attachments = a_small_store()
    told = attachments.tell(None, "story.jpg", "image/jpeg", 1)
    first = attachments.create("a.png", "image/png", 1)
    for _ in range(KEPT_ATTACHMENTS):
        attachments.create("b.png", "image/png", 1)
    assert len(attachments) == KEPT_ATTACHMENTS + 1
    assert attachments.with_id(told.id) is told
    with pytest.raises(RefusalError):
        attachments.with_id(first.id)


def test_the_oldest_bytes_give_way(tmp_path: Path) -> None:
    attachments, files = a_small_store(), []
    for number in range(4):
        file = tmp_path / str(number)
        file.write_bytes(b"x" * 10)
        attachments.accept_bytes(attachments.create("a.png", "image/png", 10), file)
        files.append(file)
    assert [file.exists() for file in files] == [False, False, True, True]


def test_lent_files_are_forgotten_and_stay_on_disk(tmp_path: Path) -> None:
    attachments, file = a_small_store(), tmp_path / "lent.jpg"
    file.write_bytes(b"x")
    lent = attachments.lend(file, "lent.jpg", "image/jpeg", 1)
    assert attachments.ready_one(lent.id) is lent
    for _ in range(KEPT_ATTACHMENTS):
        attachments.create("b.png", "image/png", 1)
    with pytest.raises(RefusalError):
        attachments.with_id(lent.id)
    assert file.exists()
