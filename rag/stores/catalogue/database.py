"""One SQLite file: its connections, its transactions, its few settings."""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from rag.errors import ArchiveError
from rag.stores.catalogue.tables import LATER, LAYOUT, TABLES

LINK_AGAIN = "link again: "
"""Keys of `meta` that begin so name speakers (their bucket) whose people are to be linked again, since an article of theirs
was deleted."""


_OF_THE_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
}
"""What SQLite says where not the program is wrong but the disk, or another program that holds the file."""


def caseless(text: str | None) -> str | None:
    """What texts share that differ in capital letters alone; SQLite's own LOWER knows those of English only."""
    return None if text is None else unicodedata.normalize("NFC", text).casefold()


class _Connection(sqlite3.Connection):
    """Closes with the thread that it belongs to: a page that uses a thread a click must not pile up open files."""

    def __del__(self) -> None:
        self.close()


class Database:
    """Readers (any number of threads, one connection each) are never blocked by the one writer (write-ahead log).

    Raises:
        ArchiveError: the file can't be opened, is no archive, or was made by a newer onrecord; or (whatever writes) it can't
            be written: the disk is full, or the folder is read-only.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: WeakSet[_Connection] = WeakSet()
        self._writing = threading.RLock()
        try:
            with self.transaction() as db:
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                    for statement in TABLES.split(";"):
                        db.execute(statement)
                    db.execute("INSERT INTO meta VALUES ('layout', ?)", (str(LAYOUT),))
                layout = self.meta("layout")
                if layout == str(LAYOUT):
                    for statement in LATER.split(";"):
                        db.execute(statement)
        except sqlite3.Error as e:
            raise ArchiveError(
                f"The archive {path.parent} can't be opened: {e}. Is it an onrecord archive, and writable?"
            ) from e
        if layout != str(LAYOUT):
            raise ArchiveError(
                f"The archive {path.parent} was made by another version of onrecord (layout {layout}, not {LAYOUT}). Take its"
                " articles into a new archive (python -m ingest PATH --archive NEW), or open it with the version that made it."
            )

    @property
    def _db(self) -> sqlite3.Connection:
        db: _Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.path, timeout=30, isolation_level=None, check_same_thread=False, factory=_Connection
            )
            db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;")
            db.create_function("caseless", 1, caseless, deterministic=True)
            self._local.db = db
            self._open.add(db)
        return db

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All reads of one question see one state of the archive, though an ingest may be writing beside them."""
        db = self._db
        if db.in_transaction:
            yield
            return
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing of it."""
        with self._writing:
            db = self._db
            if db.in_transaction:  # inside another one: that one decides
                yield db
                return
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except BaseException as e:
                if db.in_transaction:  # on a full disk SQLite has gone back by itself
                    db.execute("ROLLBACK")
                if isinstance(e, sqlite3.OperationalError) and e.sqlite_errorcode & 0xFF in _OF_THE_DISK:
                    raise ArchiveError(
                        f"The archive {self.path.parent} can't be written ({e}); nothing that it holds is lost: see whether the"
                        " disk is full, and ingest again."
                    ) from e
                raise

    def close(self) -> None:
        for db in list(self._open):
            db.close()
        self._open.clear()
        self._local = threading.local()

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def changes(self) -> int:
        """Counts up whenever the articles or people change, in any process."""
        return int(self.meta("changes") or 0)

    def _changed(self, db: sqlite3.Connection) -> None:
        db.execute(
            "INSERT INTO meta VALUES ('changes', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )
