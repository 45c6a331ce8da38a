"""The program below its window in virtual time, to be killed between any two steps, and its agent."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.domain.outgoing import Content, Draft, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingVoiceMemo, PastedFile
from linqdesk.domain.send_gate import SendTerms
from linqdesk.local.journal import JournalFile, Kept
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.services.keeping import Keeping
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from tests.faults.inside import DeskClock, Wire
from tests.faults.killing import said_by

ACCOUNT = "desk"
P = ParamSpec("P")
T = TypeVar("T")


class Inline(ThreadPoolExecutor):
    """Does the work of threads at once, so that virtual time need not wait for them."""

    @override
    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done = super().submit(fn, *args, **kwargs)
        wait([done])
        return done


class InlineJournal:
    """The journal's file, whose disk may be full and whose program may be dead."""

    def __init__(self, file: JournalFile) -> None:
        self.file = file
        self.is_full = False
        self.is_dead = False

    async def load(self) -> Kept:
        return self.file.load(ACCOUNT)

    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        self._require_disk()
        self.file.add(ACCOUNT, taken)

    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        self._require_disk()
        self.file.update(changed)

    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        self._require_disk()
        self.file.remove(local_id, changed)

    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        if not self.is_dead:
            self.file.save_draft(ACCOUNT, chat_id, draft)

    def _require_disk(self) -> None:
        if self.is_dead:
            raise asyncio.CancelledError
        if self.is_full:
            raise LocalFaultError("The disk is full.")


class Desk:
    """One agent, one journal, several lives of the program. Each message says a number of its own."""

    def __init__(self, folder: Path, options: SandboxOptions) -> None:
        self.clock = DeskClock()
        self.accepted: dict[ChatId, list[int]] = defaultdict(list)
        self.given_up: set[int] = set()
        self.opted_out: set[ChatId] = set()
        self.failures: list[Exception] = []
        self.files = OutgoingFiles(folder / "files")
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(Inline(1))
        self.wire = Wire(options, self.clock)
        self._wrote = 0
        self.is_alive = False
        chats = self._do(self.wire.control("GET", "/state"))["chats"]
        self.people = {
            ChatId(each["id"]): next(who["handle"] for who in each["handles"] if not who["is_me"])
            for each in chats
            if not each["is_group"]
        }
        self.chats = tuple(self.people)
        self.start()

    def close(self) -> None:
        if self.is_alive:
            self.kill()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        self.wire.close()

    def _do(self, act: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(act)

    def _do_in_time(self, act: Coroutine[Any, Any, None]) -> None:
        """Do what may have to wait for the clock."""

        async def pass_time() -> None:
            task = asyncio.get_running_loop().create_task(act)
            await self.clock.run(0)
            while not task.done():
                await self.clock.run(0.1)
            await task

        self._do(pass_time())

    def start(self) -> None:
        """Begin a life of the program on what the one before left."""
        self.journal = InlineJournal(JournalFile(self._folder / "journal.sqlite3"))
        self.cache = Cache()
        self.session = Session(
            self.cache,
            files=MediaCache(self._folder / "media"),
            clock=self.clock,
            keeping=Keeping(self.journal, self.files),
            on_failure=self.failures.append,
        )
        self.is_alive = True

        async def begin() -> None:
            wanted = self.journal.file.mentions()
            self.files.sweep(wanted.__contains__)
            await self.session.sending.restore()
            await self.session.open(self.wire.client())

        self._do_in_time(begin())

    def kill(self) -> None:
        """End the program wherever it stands: nothing more reaches the disk or the wire."""
        self.journal.is_dead = True
        is_offline, self.wire.is_offline = self.wire.is_offline, True

        async def die() -> None:
            while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)

        self._do(die())
        self.journal.file.close()
        self.wire.is_offline = is_offline
        self.is_alive = False

    def run(self, seconds: float) -> None:
        self._do(self.clock.run(seconds))

    def step(self, count: int) -> None:
        """Let every task take so many steps, without any time passing."""

        async def take() -> None:
            for _ in range(count):
                await asyncio.sleep(0)

        self._do(take())

    def open_chat(self, chat: ChatId) -> None:
        async def look() -> None:
            self.session.open_chat(chat)

        self._do(look())

    def make_peace(self) -> None:
        """Let the network, the disk, the clock and the program be well again."""
        self.wire.writes.clear()
        self.wire.reads.clear()
        self.wire.is_offline = False
        if not self.is_alive:
            self.start()
        self.journal.is_full = False
        self.clock.set_by_s = 0.0
        self.sign_in()

    def sign_in(self) -> None:
        self.wire.is_signed_out = False
        self._do_in_time(self.session.open(self.wire.client()))

    def write_elsewhere(self, chat: ChatId, count: int) -> None:
        """Let a colleague with another program send so many messages at once over the same line."""

        async def burst() -> None:
            client = self.wire.client()
            for number in range(count):
                key = LocalId(f"{chat} {number} {self.clock.monotonic()}")
                await client.send_message(chat, Content((OutgoingText("from elsewhere"),)), key=key)
            await client.close()

        self._do(burst())

    def opt_out(self, chat: ChatId) -> None:
        self.opted_out.add(chat)
        self._do(self.wire.control("POST", "/world", {"opt_out": self.people[chat]}))

    def write(self, chat: ChatId, made: Callable[[str], Content]) -> None:
        self._wrote += 1
        number = self._wrote

        def hear(error: LinqDeskError | None) -> None:
            if error is None:
                self.accepted[chat].append(number)

        content = made(str(number))
        terms = SendTerms(accepts_risk=True, accepts_other_line=True)

        async def send() -> None:
            self.session.sending.send(chat, content, hear, terms=terms)

        self._do(send())

    def text(self, said: str) -> Content:
        """Return a message that says something in words; the two below say it by a file's name."""
        return Content((OutgoingText(said),))

    def file(self, said: str) -> Content:
        return Content((self.files.take(PastedFile(f"{said}.txt", said.encode() * 2_000)).file,))

    def memo(self, said: str) -> Content:
        memo = self.files.take(PastedFile(f"{said}.amr", b"#!AMR" + said.encode())).file
        return Content((OutgoingVoiceMemo(memo),))

    def drain(self, limit_s: float = 3_000.0) -> bool:
        """Let all be well and everything be sent; tells whether that came about."""
        self.make_peace()
        ends_at_s = self.clock.monotonic() + limit_s
        while self.is_waiting() and self.clock.monotonic() < ends_at_s:
            self.decide()
            self.run(15)
        return not self.is_waiting()

    def unsent(self) -> list[OutgoingMessage]:
        return [each for chat in self.chats for each in self.cache.outgoing(chat)]

    def kept(self) -> set[int]:
        """Return what the journal has, which is all that another life would know of."""
        return {number_of(each) for each in self.journal.file.load(ACCOUNT).messages}

    def shown_as_waiting(self, chat: ChatId) -> set[int]:
        """Return what the window shows as unsent, or will show when a page tells of the chat."""
        if self.cache.summary(chat) is None:
            return self.kept()
        return {number_of(each) for each in self.cache.outgoing(chat)}

    def is_waiting(self) -> bool:
        """Tell whether anything is unsent to somebody who did not refuse to get it."""
        return any(self.cache.outgoing(chat) for chat in self.chats if chat not in self.opted_out)

    def discard(self, outgoing: OutgoingMessage) -> None:
        self.given_up.add(number_of(outgoing))

        async def drop() -> None:
            self.session.sending.discard(outgoing.local_id)

        self._do(drop())

    def retry(self, outgoing: OutgoingMessage) -> None:
        async def again() -> None:
            self.session.sending.retry(outgoing.local_id)

        self._do(again())

    def decide(self) -> None:
        """Answer for each chat what the program asks: again, unless the customer's phone shows it already."""
        there = self.on_the_server()
        for chat in self.chats:
            waiting = self.cache.outgoing(chat)
            if not waiting or waiting[0].state is not OutgoingState.FAILED:
                continue
            if number_of(waiting[0]) in there[chat]:
                self.discard(waiting[0])
            elif chat not in self.opted_out:
                self.retry(waiting[0])

    def on_the_server(self) -> dict[ChatId, list[int]]:
        """Return the numbers that stand in each chat at Linq, oldest first."""
        state = self._do(self.wire.control("GET", "/state"))
        found: dict[ChatId, list[int]] = {}
        for each in state["chats"]:
            ours = [said_by(told["parts"][0]) for told in each["messages"] if told["is_from_me"]]
            found[ChatId(each["id"])] = [int(said) for said in reversed(ours) if said.isdecimal()]
        return found

    def shown_as_sent(self, chat: ChatId) -> list[int]:
        """Return the numbers that the window shows as taken by Linq."""
        rows = [row.content for row in self.cache.rows(chat)]
        said = [_said(each) for each in rows if isinstance(each, Message) and each.is_from_me]
        return [int(each) for each in said if each.isdecimal()]


def number_of(outgoing: OutgoingMessage) -> int:
    files = outgoing.content.files
    return int(files[0].name.partition(".")[0] if files else outgoing.text)


def _said(message: Message) -> str:
    match message.parts[0]:
        case TextPart(value=value):
            return value
        case MediaPart(filename=name):
            return (name or "").rpartition(".")[0]
        case _:
            return ""
