"""What a journey may tell nobody: the token, what was said on both sides, and addresses that open files."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from linqdesk.sandbox.server import SandboxAddress

# Shorter texts stand in a log by chance.
_TELLING_LENGTH = 12
_SIGNATURE = "Signature="
# What the agent had put there by hand.
_OWN_FILES = {"canned-replies.toml"}


def secrets_of(sandbox: SandboxAddress) -> set[str]:
    """Return what nobody may read outside the window, as the world stands now."""
    state = httpx.get(f"{sandbox.control_url}/state", trust_env=False, timeout=20).json()
    texts = (each for each in _texts(state) if len(each) >= _TELLING_LENGTH)
    # Files and logs escape what is not printable; the first line of a text gives it away as well.
    return {sandbox.token, _SIGNATURE, *(text.splitlines()[0] for text in texts)}


def _texts(state: Any) -> Iterator[str]:
    """Yield the values of all text parts in a world's JSON."""
    if isinstance(state, list):
        for each in state:
            yield from _texts(each)
    elif isinstance(state, dict):
        if state.get("type") == "text" and isinstance(state.get("value"), str):
            yield state["value"]
        for each in state.values():
            yield from _texts(each)


def told_in(folder: Path, secrets: set[str]) -> list[tuple[str, str]]:
    """Return which files below a folder hold which secrets, as they are or as JSON writes them.

    What is not sent yet may stand in the journal.
    """
    kept = "".join(_kept_in(each) for each in folder.rglob("journal.sqlite3"))
    wanted = {each for each in secrets if each not in kept and _in_json(each) not in kept}
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and each.name not in _OWN_FILES):
        said = file.read_bytes()
        told = {each for each in wanted if each.encode() in said or _in_json(each).encode() in said}
        found += [(str(file.relative_to(folder)), each) for each in sorted(told)]
    return found


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _kept_in(journal: Path) -> str:
    """Return the drafts and unsent messages of a journal."""
    with sqlite3.connect(journal) as database:
        rows = database.execute("SELECT body FROM unsent UNION ALL SELECT body FROM drafts").fetchall()
    database.close()
    return "".join(body for (body,) in rows)
