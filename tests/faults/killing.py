"""Kills the engine at random moments while a third of the answers are bad, and judges by the ledger."""

import json
import os
import random
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from linqdesk.sandbox.server import SandboxAddress

CHATS = 4
MESSAGES_OF_A_RUN = 12
# How long a run goes on after its last message that was waited for.
MAX_REST_S = 0.1
# Some are killed before they have taken up what the run before left.
DEATHS_AT_START = 0.2
# Under a load of ten on two cores a backlog of files takes its time.
DRAIN_LIMIT_S = 180.0

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


@dataclass
class Verdict:
    """What became of the messages that the engine accepted."""

    accepted: int
    received: int
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.disordered)


def place(text: str) -> tuple[int, int]:
    """Return a text's place in the order in which the agent wrote."""
    run, _, number = text.partition(".")
    return int(run), int(number)


def said_by(part: dict[str, Any]) -> str:
    """Return what a part says: a text, or the name of a file without its extension."""
    return str(part["value"]) if "value" in part else str(part["filename"]).rpartition(".")[0]


class Killer:
    """One world, one journal, and a program that is killed again and again."""

    def __init__(self, sandbox: SandboxAddress, folder: Path, seed: int, bug: str | None = None) -> None:
        self.kills = 0
        self._accepted: dict[str, set[str]] = defaultdict(set)
        self._sandbox = sandbox
        self._folder = folder
        self._bug = bug
        self._chance = random.Random(seed)
        self._runs = 0
        self._kept_in_run = 0
        self._control = httpx.Client(base_url=sandbox.control_url, trust_env=False)
        self._chats = [each["id"] for each in self._ask("/state")["chats"] if not each["is_group"]][:CHATS]
        self._engine = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        self._child: int | None = None
        self._rest = b""

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
        self._engine.wait(10)
        self._engine.stdout.close()
        self._control.close()

    def kill(self, times: int) -> None:
        """Let the engine live and kill it, so many times."""
        self._control.post("/faults", json=THIRD_OF_BAD_ANSWERS).raise_for_status()
        for _ in range(times):
            self._begin_run(MESSAGES_OF_A_RUN)
            if self._chance.random() > DEATHS_AT_START:
                awaited = self._chance.randint(0, MESSAGES_OF_A_RUN)
                while self._kept_in_run < awaited:
                    assert self._listen(DRAIN_LIMIT_S, until="kept"), "the engine takes no message"
            self._listen(self._chance.random() * MAX_REST_S, until=None)
            self._end_run()
            self.kills += 1

    def drain(self) -> None:
        """Let the engine end in peace what it has accepted; all is well with the network."""
        self._control.post("/faults", json=[]).raise_for_status()
        self._begin_run(0)
        is_idle = self._listen(DRAIN_LIMIT_S, until="idle")
        self._end_run()
        assert is_idle, f"after {DRAIN_LIMIT_S:g} s something was still unsent"

    def judge(self) -> Verdict:
        """Compare what was accepted with what customers received."""
        received: dict[str, list[str]] = defaultdict(list)
        for entry in self._ask("/ledger"):
            if entry["kind"] in {"message", "voice_memo"} and entry["chat_id"] in self._chats:
                received[entry["chat_id"]].append(said_by(entry["parts"][0]))
        verdict = Verdict(
            sum(len(each) for each in self._accepted.values()), sum(len(each) for each in received.values())
        )
        for chat in self._chats:
            texts = received[chat]
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
        self._kept_in_run = 0
        self._tell(
            number=self._runs,
            seed=self._chance.randrange(2**32),
            base_url=self._sandbox.base_url,
            token=self._sandbox.token,
            folder=str(self._folder),
            chats=self._chats,
            messages=messages,
            bug=self._bug,
        )
        assert self._listen(DRAIN_LIMIT_S, until="run"), "the engine did not start"

    def _end_run(self) -> None:
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
            self._child = None

    def _tell(self, **run: object) -> None:
        assert self._engine.stdin is not None
        self._engine.stdin.write(json.dumps(run).encode() + b"\n")
        self._engine.stdin.flush()

    def _listen(self, seconds: float, until: str | None) -> bool:
        """Take down what the engine says for a while, or until it says a certain word; tells whether."""
        assert self._engine.stdout is not None
        ends_at = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._engine.stdout, selectors.EVENT_READ)
            while (left_s := ends_at - time.monotonic()) > 0:
                if selector.select(left_s) and self._hear(until):
                    return True
        return False

    def _hear(self, awaited: str | None) -> bool:
        assert self._engine.stdout is not None
        chunk = os.read(self._engine.stdout.fileno(), 65_536)
        assert chunk, "the engine ended by itself"
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        is_heard = False
        for line in lines:
            word, *rest = line.decode().split()
            if word == "run":
                self._child = int(rest[0])
            elif word == "kept":
                self._accepted[rest[0]].add(rest[1])
                self._kept_in_run += 1
            is_heard |= word == awaited
        return is_heard
