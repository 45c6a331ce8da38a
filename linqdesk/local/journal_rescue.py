"""What is done about a damaged journal: a daily copy beforehand, and reading what can be read afterwards."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.local import journal_wal
from linqdesk.local.journal_format import read_message, write_message
from linqdesk.local.paths import OWNER_ONLY_FILE

_UNSENT = (
    "SELECT rowid, local_id, account, body, seal FROM unsent WHERE rowid > ? ORDER BY rowid LIMIT 1",
    "SELECT rowid, local_id, account, body, seal FROM unsent WHERE rowid < ? ORDER BY rowid DESC LIMIT 1",
)
_DRAFTS = (
    "SELECT rowid, account, chat_id, body, seal FROM drafts WHERE rowid > ? ORDER BY rowid LIMIT 1",
    "SELECT rowid, account, chat_id, body, seal FROM drafts WHERE rowid < ? ORDER BY rowid DESC LIMIT 1",
)
# SQLite's own check sees a broken page, but not another letter in a text.
_SEALED = (
    "SELECT local_id, account, body, seal FROM unsent",
    "SELECT account, chat_id, body, seal FROM drafts",
)
SCHEMA = 1
COPY_AGE_S = 24 * 3_600.0
_WAS_IN_COPY = (
    "The file of unsent messages was damaged, and this one comes from its daily copy. "
    "It may have been sent since. Send it again?"
)
_WAS_ROLLED_BACK = (
    "The file of unsent messages was damaged and tells an earlier state of this one. "
    "It may have been sent or discarded since. Send it again?"
)

# Local id, account and body of each message; account, chat and body of each draft.
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was read of a damaged journal, in the order of sending, and where its file lies now."""

    unsent: tuple[Row, ...]
    drafts: tuple[Row, ...]
    set_aside: Path

    @property
    def words(self) -> str:
        """What the agent is told."""
        return (
            f"The file of unsent messages was damaged. {len(self.unsent)} unsent messages and "
            f"{len(self.drafts)} drafts were recovered; others may be lost. "
            f"The damaged file is kept as {self.set_aside.name}."
        )


def seal(*texts: str) -> str:
    """Return what tells whether one of some texts was changed behind our back."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()


def is_damaged(path: Path) -> bool:
    """Tell whether a journal is there that cannot be read through, or in which something was changed.

    Raises:
        LocalFaultError: another process has it, or the folder cannot be read.
    """
    if not path.exists():
        return False
    if _has_damaged_log(path):
        return True
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            answer = database.execute("PRAGMA quick_check").fetchone()
            return answer[0] != "ok" or not _is_sealed(database)
    except sqlite3.OperationalError as failure:
        if getattr(failure, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_READONLY")):
            raise LocalFaultError(
                "The unsent messages of this folder are in use or cannot be written to."
            ) from failure
        return True
    except sqlite3.DatabaseError:
        return True


def set_aside(path: Path) -> Rescue:
    """Read what a damaged journal and its copy still hold, and move the damaged file out of the way.

    Raises:
        LocalFaultError: it cannot be moved.
    """
    # Before the first look, with which SQLite takes in what it can read of the log and deletes it.
    is_rolled_back = _has_damaged_log(path)
    unsent = list(_rows(path, *_UNSENT))
    drafts = list(_rows(path, *_DRAFTS))
    known = {row[0] for row in unsent}
    copy = copy_path(path)
    older = [row for row in _rows(copy, *_UNSENT) if row[0] not in known]
    written = {row[:2] for row in drafts}
    drafts += [row for row in _rows(copy, *_DRAFTS) if row[:2] not in written]
    if is_rolled_back:
        unsent = _to_be_asked(unsent, _WAS_ROLLED_BACK)
    # What only the copy has is older than what the file has.
    merged = _to_be_asked(older, _WAS_IN_COPY) + unsent
    target = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}")
    try:
        path.rename(target)
        for ending in ("-wal", "-shm"):
            companion = path.with_name(path.name + ending)
            if companion.exists():
                companion.rename(target.with_name(target.name + ending))
    except OSError as failure:
        raise LocalFaultError(f"The damaged file {path.name} cannot be moved.") from failure
    return Rescue(tuple(merged), tuple(drafts), target)


def copy_path(path: Path) -> Path:
    """Return where the daily copy of a journal lies."""
    return path.with_name(f"{path.name}.copy")


def copy_daily(database: sqlite3.Connection, path: Path) -> None:
    """Copy a journal that is open, where the copy is a day old or missing.

    Raises:
        OSError: there is no room for it.
        sqlite3.Error: likewise.
    """
    target = copy_path(path)
    with suppress(FileNotFoundError):
        if 0 <= time.time() - target.stat().st_mtime < COPY_AGE_S:
            return
    fresh = path.with_name(f"{path.name}.copying")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE))
    with closing(sqlite3.connect(fresh)) as copy:
        database.backup(copy)
    fresh.replace(target)


def _is_sealed(database: sqlite3.Connection) -> bool:
    """Tell whether every row is as it was written; a file of another schema has its own checks."""
    if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
        return True
    return all(seal(*texts) == known for query in _SEALED for *texts, known in database.execute(query))


def _has_damaged_log(path: Path) -> bool:
    try:
        return journal_wal.is_damaged(path.with_name(f"{path.name}-wal"))
    except OSError:
        # Whatever keeps it from being read keeps SQLite from it too, and that says so in words.
        return False


def _to_be_asked(rows: list[Row], why: str) -> list[Row]:
    """Return messages as ones that the agent decides about; what cannot be read cannot be sent either."""
    return [(local_id, account, _asking(body, why)) for local_id, account, body in rows]


def _asking(body: str, why: str) -> str:
    try:
        outgoing = read_message(body)
    except ValueError:
        return body
    return write_message(replace(outgoing, state=OutgoingState.FAILED, failure=LocalFaultError(why)))


def _rows(path: Path, upward: str, downward: str) -> Iterator[Row]:
    """Read a table from both ends: damage in the middle hides only what stands there."""
    if not path.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=1)) as database:
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        first = dict(_scan(database, upward, -(2**62)))
        last: list[Row] = []
        for rowid, row in _scan(database, downward, 2**62):
            if rowid in first:
                break
            last.append(row)
        yield from first.values()
        yield from reversed(last)


def _scan(database: sqlite3.Connection, query: str, start: int) -> Iterator[tuple[int, Row]]:
    """Read row by row until the table or what can be read of it ends."""
    at = start
    is_upward = start < 0
    while True:
        try:
            found = database.execute(query, (at,)).fetchone()
        except sqlite3.Error:
            return
        # A damaged tree may lead back to where we were, and so for ever.
        if found is None or found[0] == at or (found[0] > at) is not is_upward:
            return
        at = int(found[0])
        row = (found[1], found[2], found[3])
        if all(isinstance(each, str) for each in row) and seal(*row) == found[4]:
            yield at, row
