"""How far the agent has looked at each chat, kept from run to run: ids and times, no content."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.seen import SeenMark
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder

_TABLE = """
CREATE TABLE IF NOT EXISTS seen (
    account TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    sent_at TEXT,
    message_id TEXT,
    is_unread INTEGER NOT NULL,
    PRIMARY KEY (account, chat_id)
) WITHOUT ROWID
"""


class SeenFile:
    """One file for all accounts. Every call blocks on the disk; a damaged file starts anew."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self._path = path

    def load(self, account: str) -> dict[ChatId, SeenMark]:
        """Return what is kept of an account.

        Raises:
            LocalFaultError: it cannot be read.
        """
        try:
            with self._opened() as database:
                query = "SELECT chat_id, sent_at, message_id, is_unread FROM seen WHERE account = ?"
                return dict(_marks(database.execute(query, (account,)).fetchall()))
        except sqlite3.DatabaseError:
            # Nothing is lost but which chats count as unread.
            self._path.unlink(missing_ok=True)
            return {}

    def save(self, account: str, marks: Mapping[ChatId, SeenMark]) -> None:
        """Keep how far some chats of an account were looked at.

        Raises:
            LocalFaultError: it cannot be written.
        """
        rows = [(account, chat_id, *_columns(mark)) for chat_id, mark in marks.items()]
        with self._changing() as database:
            database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", rows)

    def forget(self, account: str) -> None:
        """Forget all chats of an account.

        Raises:
            LocalFaultError: it cannot be written.
        """
        if self._path.exists():
            with self._changing() as database:
                database.execute("DELETE FROM seen WHERE account = ?", (account,))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._opened() as database, database:
                yield database
        except sqlite3.Error as failure:
            raise LocalFaultError("What you have read could not be noted on this computer.") from failure

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        make_folder(self._path.parent)
        try:
            self._path.touch(mode=OWNER_ONLY_FILE)
        except OSError as failure:
            raise LocalFaultError(f"What you have read cannot be noted: {failure.strerror}.") from failure
        with closing(sqlite3.connect(self._path)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute(_TABLE)
            yield database


def _columns(mark: SeenMark) -> tuple[str | None, str | None, int]:
    if mark.newest is None:
        return None, None, int(mark.is_unread)
    sent_at, message_id = mark.newest
    return sent_at.isoformat(), message_id, int(mark.is_unread)


def _marks(rows: list[tuple[str, str | None, str | None, int]]) -> Iterator[tuple[ChatId, SeenMark]]:
    for chat_id, sent_at, message_id, is_unread in rows:
        newest = None
        if sent_at is not None and message_id is not None:
            try:
                newest = (datetime.fromisoformat(sent_at), message_id)
            except ValueError:
                continue
        yield ChatId(chat_id), SeenMark(newest, bool(is_unread))
