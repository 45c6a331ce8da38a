"""Kills a program at random moments while a third of the answers are bad, and judges by the ledger."""

import json
import os
import random
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import pytest

from linqdesk.sandbox.server import SandboxAddress
from tests.faults.drafts import DraftJudge
from tests.faults.recordings import MEMO_NAME, RecordingJudge

CHATS = 4
# Some are killed before they have taken up what the run before left, some while they only send.
DEATHS_AT_START, DEATHS_AFTER_SENDS = 0.2, 0.3
# How long all takes is the machine's affair; for so long nothing goes forward only where something hangs.
SILENCE_LIMIT_S = 1_800.0

_POST = {"method": "POST", "path": "/(messages|voicememo)$"}
_PUT = {"method": "PUT", "path": "^/uploads/"}
# The first that meets a request decides: together a third.
THIRD_OF_BAD_ANSWERS: list[dict[str, Any]] = [
    {"match": {**_POST, "probability": 0.12}, "do": {"drop": "after"}},
    {"match": {**_POST, "probability": 0.06}, "do": {"drop": "before"}},
    {"match": {**_POST, "probability": 0.08}, "do": {"status": 500}},
    {"match": {**_POST, "probability": 0.04}, "do": {"status": 503}},
    {"match": {**_POST, "probability": 0.03}, "do": {"status": 429, "retry_after": 1}},
    {"match": {**_POST, "probability": 0.04}, "do": {"body": "<html>Sign in to this network</html>"}},
    {"match": {**_POST, "probability": 0.2}, "do": {"delay_s": 2}},
    {"match": {"method": "GET", "probability": 0.1}, "do": {"status": 502}},
    {"match": {"method": "POST", "path": "/attachments$", "probability": 0.1}, "do": {"status": 500}},
    {"match": {**_PUT, "probability": 0.1}, "do": {"cut_at": 50_000}},
    {"match": {**_PUT, "probability": 0.1}, "do": {"status": 403}},
    {"match": {**_PUT, "probability": 0.1}, "do": {"drop": "after"}},
]
# Long enough for the program to be stopped while it waits for an answer.
CUT_WHILE_ASLEEP = [{"match": _POST, "do": {"delay_s": 5, "drop": "after"}}]


@dataclass(frozen=True, slots=True)
class Program:
    """What is killed: its module, what it writes and sends in a run, and how long it lives after that.

    Who is to be killed amidst its work and gets nowhere for `patience_s`, as in a pause, is killed there.
    `files` and `memos` are shares of what it writes; the rest are texts. One that `records` may do so once
    a run.
    """

    module: str
    messages: int
    sends: int
    max_rest_s: float
    patience_s: float
    files: float
    memos: float = 0.0
    records: bool = False


ENGINE = Program(
    "tests.faults.engine", messages=12, sends=12, max_rest_s=0.1, patience_s=4.0, files=0.2, memos=0.1
)
FILES_ALONE = replace(ENGINE, files=0.6, memos=0.4)
WINDOW = Program(
    "tests.faults.window",
    messages=6,
    sends=3,
    max_rest_s=1.0,
    patience_s=10.0,
    files=0.2,
    memos=0.15,
    records=True,
)


@dataclass
class Verdict:
    """What became of the messages that the engine accepted."""

    accepted: int
    received: int
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    wrong_drafts: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.disordered or self.wrong_drafts)

    @property
    def in_short(self) -> str:
        """How much of it is wrong, in words."""
        found = f"{len(self.lost)} lost, {len(self.twice)} twice, {len(self.disordered)} out of order"
        return f"{found}, {len(self.wrong_drafts)} wrong drafts" if self.wrong_drafts else found


def place(text: str) -> tuple[int, int]:
    """Return a text's place in the order in which the agent wrote."""
    run, _, number = text.partition(".")
    return int(run), int(number)


def said_by(part: dict[str, Any]) -> str:
    """Return what a part says: a text, or the name of a file without its extension."""
    return str(part["value"]) if "value" in part else str(part["filename"]).rpartition(".")[0]


class Killer:
    """One world, one journal, and a program that is killed again and again."""

    def __init__(
        self,
        sandbox: SandboxAddress,
        folder: Path,
        seed: int,
        bug: str | None = None,
        program: Program = ENGINE,
    ) -> None:
        self.kills = 0
        self.drafts = DraftJudge()
        self.recordings = RecordingJudge()
        self._judges = dict.fromkeys(("found", "typed", "entered", "lives"), self.drafts.hear)
        self._judges |= dict.fromkeys(("pressed", "recorded", "memos"), self.recordings.hear)
        self.starts_s: list[float] = []
        self._program = program
        self._accepted: dict[str, set[str]] = defaultdict(set)
        self._sandbox = sandbox
        self._folder = folder
        self._bug = bug
        self._chance = random.Random(seed)
        self._runs = 0
        self._said: Counter[str] = Counter()
        self._control = httpx.Client(base_url=sandbox.control_url, trust_env=False)
        self._chats = [each["id"] for each in self._ask("/state")["chats"] if not each["is_group"]][:CHATS]
        self._engine = subprocess.Popen(
            [sys.executable, "-m", program.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        self._child: int | None = None
        self._rest = b""
        self._waits = "its start"
        self._began_at_s = 0.0

    @property
    def has_accepted(self) -> bool:
        """Whether the program has accepted anything yet."""
        return any(self._accepted.values())

    def __enter__(self) -> "Killer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_run()
        assert self._engine.stdin is not None
        assert self._engine.stdout is not None
        self._engine.stdin.close()
        self._engine.wait(SILENCE_LIMIT_S)
        self._engine.stdout.close()
        self._control.close()

    def kill(self, times: int) -> None:
        """Let the program live and kill it, so many times."""
        self._control.post("/faults", json=THIRD_OF_BAD_ANSWERS).raise_for_status()
        for _ in range(times):
            self._begin_run(self._program.messages)
            death = self._chance.random()
            if death > DEATHS_AT_START:
                self._await_first("ready")
                is_writing = death > DEATHS_AT_START + DEATHS_AFTER_SENDS
                word, most = ("kept", self._program.messages) if is_writing else ("left", self._program.sends)
                self._await_some(word, most)
            self._listen(self._chance.random() * self._program.max_rest_s)
            self._end_run()
            self.kills += 1

    def drain(self) -> None:
        """Let the program end in peace what it has accepted; all is well with the network."""
        self._control.post("/faults", json=[]).raise_for_status()
        self._begin_run(0)
        self._await_first("idle")
        self._end_run()

    def let_sleep(self, times_s: Sequence[float]) -> None:
        """Stop the program so often and so long amidst its sends; the server takes and cuts these."""
        self._control.post("/faults", json=CUT_WHILE_ASLEEP).raise_for_status()
        self._begin_run(self._program.messages)
        self._await_first("kept")
        for seconds in times_s:
            # While all answers are cut it may well have nothing to say, and tries again all the same.
            self._hears(("kept", "left"), 1.0)
            self._listen(self._chance.random() * self._program.max_rest_s)
            assert self._child is not None
            os.kill(self._child, signal.SIGSTOP)
            self._listen(seconds)
            os.kill(self._child, signal.SIGCONT)
        self._control.post("/faults", json=[]).raise_for_status()
        self._await_first("idle")
        self._end_run()

    def judge(self) -> Verdict:
        """Compare what was accepted with what customers received."""
        # What Linq took last reaches its customer a moment later.
        self._control.post("/world", json={"advance_s": 60}).raise_for_status()
        received: dict[str, list[str]] = defaultdict(list)
        memos: dict[str, list[int]] = defaultdict(list)
        for entry in self._ask("/ledger"):
            part = entry["parts"][0] if entry["kind"] in {"message", "voice_memo"} else None
            if part is None or entry["chat_id"] not in self._chats:
                continue
            if part.get("filename") == MEMO_NAME:
                memos[entry["chat_id"]].append(part["size_bytes"])
            else:
                received[entry["chat_id"]].append(said_by(part))
        verdict = Verdict(
            self.recordings.kept_count + sum(map(len, self._accepted.values())),
            sum(map(len, memos.values())) + sum(map(len, received.values())),
        )
        verdict.wrong_drafts += [*self.drafts.wrong, *self.recordings.wrong]
        for chat in self._chats:
            texts = received[chat]
            verdict.lost += self.recordings.lost(chat, memos[chat])
            verdict.twice += self.recordings.twice(chat, memos[chat])
            verdict.lost += self.drafts.gone[chat] - set(texts)
            verdict.twice += self.drafts.back[chat] & set(texts)
            verdict.lost += sorted(self._accepted[chat] - set(texts), key=place)
            verdict.twice += [text for text, times in Counter(texts).items() if times > 1]
            order = [place(text) for text in dict.fromkeys(texts)]
            later = pairwise(order)
            verdict.disordered += [f"{former} before {latter}" for former, latter in later if former > latter]
        return verdict

    def _ask(self, route: str) -> Any:
        return self._control.get(route).raise_for_status().json()

    def _begin_run(self, messages: int) -> None:
        self._runs += 1
        self._said.clear()
        self._began_at_s = time.monotonic()
        self._tell(
            number=self._runs,
            seed=self._chance.randrange(2**32),
            base_url=self._sandbox.base_url,
            token=self._sandbox.token,
            folder=str(self._folder),
            chats=self._chats,
            messages=messages,
            files=self._program.files,
            memos=self._program.memos,
            records=self._program.records,
            bug=self._bug,
        )
        self._await("run")

    def _end_run(self) -> None:
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
            self._child = None

    def _tell(self, **run: object) -> None:
        assert self._engine.stdin is not None
        self._engine.stdin.write(json.dumps(run).encode() + b"\n")
        self._engine.stdin.flush()

    def _await(self, *words: str) -> None:
        """Listen until the program says one of these words; it must not fall silent before."""
        if not self._hears(words, SILENCE_LIMIT_S):
            pytest.fail(f"nothing went forward for {SILENCE_LIMIT_S:g} s; it waits for {self._waits}")

    def _await_first(self, word: str) -> None:
        """Listen until the program has said a word in this run, which may have come with one before it."""
        if not self._said[word]:
            self._await(word)

    def _hears(self, words: Sequence[str], silence_s: float) -> bool:
        """Listen until the program says one of these words; False where it falls silent for so long."""
        ends_at = time.monotonic() + silence_s
        while (left_s := ends_at - time.monotonic()) > 0:
            heard = self._hear(left_s)
            if not heard.isdisjoint(words):
                return True
            if heard - {"waits", "lives"}:
                ends_at = time.monotonic() + silence_s
        return False

    def _await_some(self, word: str, most: int) -> None:
        """Listen until the program has said a word a random number of times, or does nothing more."""
        awaited = self._chance.randint(0, most)
        while self._said[word] < awaited and not self._said["idle"]:
            if not self._hears((word, "idle"), self._program.patience_s):
                return

    def _listen(self, seconds: float) -> None:
        """Take down what the program says for a while."""
        ends_at = time.monotonic() + seconds
        while (left_s := ends_at - time.monotonic()) > 0:
            self._hear(left_s)

    def _hear(self, limit_s: float) -> set[str]:
        """Take down what the program says next; returns the first words of it, none after the limit."""
        assert self._engine.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._engine.stdout, selectors.EVENT_READ)
            if not selector.select(limit_s):
                return set()
        chunk = os.read(self._engine.stdout.fileno(), 65_536)
        assert chunk, "the program ended by itself"
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        said = [line.decode().split(" ", 3) for line in lines]
        for word, *rest in said:
            self._said[word] += 1
            self._note(word, rest)
        return {word for word, *_ in said}

    def _note(self, word: str, rest: list[str]) -> None:
        if word in self._judges:
            self._judges[word](word, rest)
        match word, *rest:
            case "run", process:
                self._child = int(process)
            case ("dead",):
                self.drafts.killed(self.drafts.lived_s)
            case "kept", chat, text:
                self._accepted[chat].add(text)
                self.drafts.kept(chat)
            case ("ready",):
                self.starts_s.append(time.monotonic() - self._began_at_s)
            case "waits", *_:
                self._waits = " ".join(rest)
            case "broke", *_:
                pytest.fail(f"the window broke: {' '.join(rest)}")
            case _:
                return
