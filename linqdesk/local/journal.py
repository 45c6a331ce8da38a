"""Unsent messages and drafts on this computer's disk: one file, safe as soon as a call returns."""

import errno
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.local import journal_rescue
from linqdesk.local.journal_format import read_draft, read_message, write_draft, write_message
from linqdesk.local.journal_rescue import SCHEMA, seal
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder

# `position` is the order of sending. `body` is the whole message; `seal` is over the texts before it.
_TABLES = """
CREATE TABLE unsent (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    local_id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE TABLE drafts (
    account TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (account, chat_id)
) STRICT;
"""
_KEY = re.compile(r"[0-9a-f]{32}\.[0-9a-z]+")
_SETTINGS = (
    # The lock of the file dies with the process, so a kill leaves none behind.
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    # What was sent or discarded does not linger in free pages.
    "PRAGMA secure_delete = ON",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the journal holds of one account: messages in the order of sending, and drafts by chat.

    `unreadable_count` counts what is kept in the file but cannot be read by this version.
    """

    messages: tuple[OutgoingMessage, ...] = ()
    drafts: tuple[tuple[ChatId, Draft], ...] = ()
    unreadable_count: int = 0


class JournalFile:
    """The journal in its file. Every call blocks on the disk and belongs into one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the journal and make it where there is none; a damaged one is rescued as far as it goes.

        Raises:
            LocalFaultError: it cannot be read or written, belongs to a newer version of the program, or
                another process has it.
        """
        self.path = path
        self.rescue: journal_rescue.Rescue | None = None
        self._to_remove: set[LocalId] = set()
        make_folder(path.parent)
        if journal_rescue.is_damaged(path):
            self.rescue = journal_rescue.set_aside(path)
        self._database = self._open(path)
        try:
            with _faults(), self._database:
                self._migrate()
            if self.rescue is not None:
                self._take_rescued(self.rescue)
            self._copy_daily()
        except LocalFaultError:
            self._database.close()
            raise

    def load(self, account: str) -> Kept:
        """Return what is kept for an account.

        Raises:
            LocalFaultError: the file cannot be read.
        """
        query = "SELECT body FROM unsent WHERE account = ? ORDER BY position"
        with _faults():
            bodies = self._database.execute(query, (account,)).fetchall()
            drafts = self._database.execute("SELECT chat_id, body FROM drafts WHERE account = ?", (account,))
            rows = drafts.fetchall()
        messages = [each for (body,) in bodies if (each := _message(body)) is not None]
        kept = [(ChatId(chat), draft) for chat, body in rows if (draft := _draft(body)) is not None]
        unreadable_count = len(bodies) + len(rows) - len(messages) - len(kept)
        return Kept(tuple(messages), tuple(kept), unreadable_count)

    def add(self, account: str, taken: Sequence[OutgoingMessage]) -> None:
        """Keep messages, all or none; the draft of their chat has become them and goes.

        Raises:
            LocalFaultError: they cannot be kept, and none is.
        """
        query = "INSERT INTO unsent (local_id, account, body, seal) VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))"
        with self._change() as database:
            database.executemany(query, [(each.local_id, account, write_message(each)) for each in taken])
            chats = {(account, each.chat_id) for each in taken}
            database.executemany("DELETE FROM drafts WHERE account = ? AND chat_id = ?", list(chats))
        self._copy_daily()

    def update(self, changed: Sequence[OutgoingMessage]) -> None:
        """Keep messages as they stand now, in their place; what is not kept any more stays away.

        Raises:
            LocalFaultError: the change cannot be kept; what was kept before is.
        """
        with self._change() as database:
            _replace(database, changed)

    def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        """Forget a message that was sent or discarded, and at once keep others as they stand then.

        Raises:
            LocalFaultError: the message stays until the next change that succeeds.
        """
        self._to_remove.add(local_id)
        with self._change() as database:
            _replace(database, changed)

    def save_draft(self, account: str, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty.

        Raises:
            LocalFaultError: it cannot be kept.
        """
        with self._change() as database:
            if draft is None:
                query = "DELETE FROM drafts WHERE account = ? AND chat_id = ?"
                database.execute(query, (account, chat_id))
            else:
                query = "INSERT OR REPLACE INTO drafts VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))"
                database.execute(query, (account, chat_id, write_draft(draft)))

    def mentions(self) -> frozenset[str]:
        """Return all that may be the key of a file, in whatever is kept of any account and any version.

        Raises:
            LocalFaultError: the file cannot be read.
        """
        with _faults():
            bodies = self._database.execute("SELECT body FROM unsent UNION ALL SELECT body FROM drafts")
            return frozenset(key for (body,) in bodies for key in _KEY.findall(body))

    def forget_account(self, account: str) -> None:
        """Forget all that is kept for an account, such as a demo's that is gone.

        Raises:
            LocalFaultError: it cannot be forgotten now.
        """
        with self._change() as database:
            database.execute("DELETE FROM unsent WHERE account = ?", (account,))
            database.execute("DELETE FROM drafts WHERE account = ?", (account,))

    def close(self) -> None:
        """Close the file; later calls raise LocalFaultError."""
        with _faults():
            self._database.close()

    def __enter__(self) -> "JournalFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """One change, committed to the disk when it ends; removals that waited go along."""
        waiting = [(local_id,) for local_id in self._to_remove]
        with _faults(), self._database as database:
            database.executemany("DELETE FROM unsent WHERE local_id = ?", waiting)
            yield database
        self._to_remove.clear()

    def _open(self, path: Path) -> sqlite3.Connection:
        with _faults():
            _make_private(path)
            # The journal is used by one thread at a time, but not always by the one that opened it.
            database = sqlite3.connect(path, check_same_thread=False, timeout=1)
            database.create_function("seal", 3, seal, deterministic=True)
            try:
                for setting in _SETTINGS:
                    database.execute(setting)
            except sqlite3.Error:
                database.close()
                raise
        return database

    def _migrate(self) -> None:
        version = int(self._database.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            raise LocalFaultError(
                "Unsent messages were kept by a newer version of LinqDesk and are left untouched. "
                "Update LinqDesk to send them."
            )
        if version == 0:
            self._database.execute("BEGIN")
            for statement in _TABLES.split(";"):
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {SCHEMA}")

    def _take_rescued(self, rescue: journal_rescue.Rescue) -> None:
        query = (
            "INSERT OR IGNORE INTO unsent (local_id, account, body, seal)"
            " VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))"
        )
        with self._change() as database:
            database.executemany(query, rescue.unsent)
            database.executemany(
                "INSERT OR IGNORE INTO drafts VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))", rescue.drafts
            )

    def _copy_daily(self) -> None:
        try:
            journal_rescue.copy_daily(self._database, self.path)
        except (OSError, sqlite3.Error):
            # A full disk: the journal itself is whole, and the next change tries again.
            return


def _replace(database: sqlite3.Connection, changed: Sequence[OutgoingMessage]) -> None:
    rows = [(write_message(each), each.local_id) for each in changed]
    database.executemany(
        "UPDATE unsent SET body = ?1, seal = seal(local_id, account, ?1) WHERE local_id = ?2", rows
    )


def _message(body: str) -> OutgoingMessage | None:
    try:
        return read_message(body)
    except ValueError:
        # Of another version, or spoilt: it stays in the file, and is counted.
        return None


def _draft(body: str) -> Draft | None:
    try:
        return read_draft(body)
    except ValueError:
        return None


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, so that nobody else can ever read it; its companions follow it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE))
    path.chmod(OWNER_ONLY_FILE)


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what the disk refuses into words."""
    try:
        yield
    except (OSError, sqlite3.Error) as failure:
        raise LocalFaultError(_words(failure)) from failure


def _words(failure: Exception) -> str:
    name = getattr(failure, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL") or getattr(failure, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
        return "The disk is full, so the message cannot be kept safe. Make room and send it again."
    if name.startswith("SQLITE_READONLY") or isinstance(failure, PermissionError):
        return "The folder of unsent messages cannot be written to, so the message cannot be kept safe."
    if name.startswith("SQLITE_BUSY"):
        return "Another LinqDesk keeps the unsent messages of this folder; close it first."
    return "Unsent messages cannot be kept safe on this disk. Free some space or check the disk, then retry."
