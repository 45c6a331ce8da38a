import asyncio
import threading
from pathlib import Path

import pytest

from linqdesk.domain.ids import AttachmentId
from linqdesk.local.media_cache import MediaCache, MediaDraft
from linqdesk.services.draft_slot import DraftSlot
from linqdesk.services.task_scope import TaskScope


class SlowDisk:
    """Opens a draft only when it is let."""

    def __init__(self, folder: Path) -> None:
        self.files = MediaCache(folder)
        self.is_asked, self.may_open, self.is_open = threading.Event(), threading.Event(), threading.Event()
        self.drafts: list[MediaDraft] = []

    def begin(self) -> MediaDraft:
        self.is_asked.set()
        self.may_open.wait()
        self.drafts.append(self.files.begin(AttachmentId("cat")))
        self.is_open.set()
        return self.drafts[0]


@pytest.fixture
def disk(tmp_path: Path) -> SlowDisk:
    return SlowDisk(tmp_path / "media")


async def _fetch(slot: DraftSlot) -> None:
    try:
        await slot.open()
    finally:
        await slot.discard()


async def test_who_is_cancelled_while_the_disk_opens_a_draft_leaves_none_open(disk: SlowDisk) -> None:
    scope = TaskScope("test")
    scope.start(_fetch(DraftSlot(disk.begin)), name="fetch")
    await asyncio.to_thread(disk.is_asked.wait)
    await scope.close()
    disk.may_open.set()
    await asyncio.to_thread(disk.is_open.wait)
    # Threads of the same pool end before its shutdown returns.
    await asyncio.get_running_loop().shutdown_default_executor()
    (draft,) = disk.drafts
    assert not draft.path.exists()
    with pytest.raises(ValueError, match="closed file"):
        draft.write(b"more")


async def test_a_draft_that_is_open_is_discarded_at_the_end(disk: SlowDisk) -> None:
    disk.may_open.set()
    await _fetch(DraftSlot(disk.begin))
    assert not disk.drafts[0].path.exists()


async def test_what_was_never_opened_needs_no_discarding(disk: SlowDisk) -> None:
    await DraftSlot(disk.begin).discard()
    assert disk.drafts == []
