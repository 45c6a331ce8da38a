from pathlib import Path

from linqdesk.arguments import WindowOptions
from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile, OutgoingFile, PastedFile
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.paths import find_paths
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from linqdesk.unsent import Unsent

ACCOUNT = "https://api.test"


class Run:
    """A start of the program, up to where it signs in."""

    def __init__(self, folder: Path) -> None:
        self.unsent = Unsent(find_paths(folder), WindowOptions())
        self.cache = Cache()
        self.session = Session(self.cache, files=MediaCache(folder / "media"), keeping=self.unsent.keeping)

    async def sign_in(self, account: str = ACCOUNT) -> None:
        assert await self.unsent.take_up(self.session, account, is_demo=False) == []

    def take(self, name: str) -> OutgoingFile:
        return self.unsent.keeping.files.take(PastedFile(name, name.encode())).file

    def has(self, file: OutgoingFile) -> bool:
        return self.unsent.keeping.files.path_of(file.key).exists()

    async def end(self) -> None:
        await self.session.close()
        await self.unsent.close()


async def test_files_of_drafts_outlive_the_run_and_others_do_not(tmp_path: Path) -> None:
    first = Run(tmp_path)
    await first.sign_in()
    kept, forgotten = first.take("kept.txt"), first.take("forgotten.txt")
    first.session.sending.keep_draft(ChatId("ana"), Draft("", tray=(DraftFile(kept),)))
    await first.end()

    second = Run(tmp_path)
    await second.sign_in("https://another.test")
    assert second.has(kept)
    assert not second.has(forgotten)
    just_taken = second.take("just taken.txt")
    await second.sign_in()
    assert second.has(just_taken)
    await second.end()


async def test_files_for_a_chat_that_has_not_begun_outlive_the_run(tmp_path: Path) -> None:
    first = Run(tmp_path)
    await first.sign_in()
    kept = first.take("kept.txt")
    first.session.sending.keep_draft(UNBEGUN, Draft("", tray=(DraftFile(kept),)))
    await first.end()

    second = Run(tmp_path)
    await second.sign_in()
    draft = second.cache.draft(UNBEGUN)
    assert draft is not None
    assert draft.files == (kept,)
    assert second.has(kept)
    await second.end()


async def test_a_demo_leaves_no_file_behind(tmp_path: Path) -> None:
    unsent = Unsent(find_paths(tmp_path), WindowOptions(is_demo=True))
    session = Session(Cache(), files=MediaCache(tmp_path / "media"), keeping=unsent.keeping)
    file = unsent.keeping.files.take(PastedFile("a.txt", b"a")).file
    path = unsent.keeping.files.path_of(file.key)
    assert path.exists()
    await session.close()
    assert not path.exists()
    assert not (tmp_path / "unsent").exists()
