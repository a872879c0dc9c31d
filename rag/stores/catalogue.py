"""The catalogue: SQLite, the only source of truth. Words and vectors are derived from it.

One transaction an article. Readers (any number of threads, one connection each) are never blocked by the one
writer (write-ahead log). An article counts as searchable when `words` says so, and as found by meaning when
`vectors` does; both name what the derived stores hold, so a crash between the stores costs a repeat, no data.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from rag.domain import Article, Filters, Passage, Person, Span, Speaker, Statement
from rag.errors import ArchiveError

LAYOUT = 3  # the tables' layout; an archive of another one is refused rather than misread

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL,
    source TEXT, url TEXT, authors TEXT NOT NULL, published REAL, offset INTEGER, version INTEGER NOT NULL,
    hash TEXT NOT NULL, note TEXT, origin TEXT, words INTEGER NOT NULL DEFAULT 0,
    statements INTEGER NOT NULL DEFAULT 0, vectors INTEGER NOT NULL DEFAULT 0);
CREATE INDEX articles_hash ON articles (hash);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_without_words ON articles (key) WHERE words = 0;
CREATE INDEX articles_without_statements ON articles (key) WHERE statements = 0;
CREATE INDEX articles_without_vectors ON articles (key) WHERE vectors = 0;
CREATE TABLE files (path TEXT PRIMARY KEY, mark TEXT NOT NULL, articles TEXT NOT NULL);
CREATE TABLE versions (
    id TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (id, version));
CREATE TABLE gone (article INTEGER PRIMARY KEY);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passages_article ON passages (article);
CREATE TABLE sentence_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vectors BLOB NOT NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL,
    aliases TEXT NOT NULL, roles TEXT NOT NULL);
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, roles TEXT NOT NULL, bucket TEXT NOT NULL,
    person INTEGER REFERENCES people ON DELETE SET NULL);
CREATE INDEX speakers_article ON speakers (article);
CREATE INDEX speakers_bucket ON speakers (bucket);
CREATE INDEX speakers_person ON speakers (person);
CREATE TABLE statements (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    spans TEXT NOT NULL, source TEXT, speaker TEXT, form TEXT NOT NULL, cue TEXT, kind TEXT NOT NULL,
    negated INTEGER NOT NULL, found TEXT NOT NULL, confidence REAL NOT NULL, described TEXT, within INTEGER);
CREATE INDEX statements_article ON statements (article);
CREATE TABLE said (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE, PRIMARY KEY (speaker, statement)) WITHOUT ROWID;
CREATE INDEX said_statement ON said (statement);
"""

_MANY = 10_000
"""Values that one query names at most: SQLite has a limit."""

JOINT = "; "
"""Between the names of people who are quoted jointly, in `Statement.speaker`."""


@dataclass(frozen=True, slots=True)
class Behind:
    """An article that a derived store doesn't hold yet."""

    key: int
    article: Article
    passages: tuple[tuple[int, Passage], ...]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker of one article, with the number of the article and of the person that it was linked to."""

    id: int
    article: int
    speaker: Speaker
    person: int | None


def content_hash(article: Article) -> str:
    """SHA-256 (hex) over everything that the archive holds of an article, but its id, its version and its hash.

    Without the id, so that a file that is read from another folder, and named differently for it, is known again.
    """
    published = article.published.isoformat() if article.published else None
    parts = [
        article.title,
        article.text,
        article.source,
        article.url,
        list(article.authors),
        published,
        article.note,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class _Connection(sqlite3.Connection):
    """Closes with the thread that it belongs to: a page that uses a thread a click must not pile up open files."""

    def __del__(self) -> None:
        self.close()


class Catalogue:
    """Articles with their versions, passages, statements, speakers and people.

    Raises:
        ArchiveError: the file can't be opened, is no archive, or was made by a newer onrecord.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: WeakSet[_Connection] = WeakSet()
        self._writing = threading.RLock()
        try:
            with self.transaction() as db:
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                    for statement in _TABLES.split(";"):
                        db.execute(statement)
                    db.execute("INSERT INTO meta VALUES ('layout', ?)", (str(LAYOUT),))
            layout = self.meta("layout")
        except sqlite3.Error as e:
            raise ArchiveError(
                f"The archive {path.parent} can't be opened: {e}. Is it an onrecord archive, and writable?"
            ) from e
        if layout != str(LAYOUT):
            raise ArchiveError(
                f"The archive {path.parent} was made by another version of onrecord (layout {layout}, not {LAYOUT}). Take its"
                " articles into a new archive (python -m ingest PATH --archive NEW), or open it with the version that made it."
            )

    # -- connections -----------------------------------------------------------------------------------------

    @property
    def _db(self) -> sqlite3.Connection:
        db: _Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.path, timeout=30, isolation_level=None, check_same_thread=False, factory=_Connection
            )
            db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;")
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
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

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

    # -- articles --------------------------------------------------------------------------------------------

    def put(
        self,
        article: Article,
        passages: Sequence[Passage],
        statements: Sequence[Statement] | None = None,
        speakers: Sequence[Speaker] = (),
        origin: str | None = None,
    ) -> Article:
        """Takes an article in, or its next version under the same id; returns it as it is held.

        Without statements it stays behind in them until `put_statements`.
        """
        with self.transaction() as db:
            old = db.execute(
                "SELECT key, version, hash, title, text FROM articles WHERE id = ?", (article.id,)
            ).fetchone()
            version = 1
            if old:
                version = old[1] + 1
                db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)", (article.id, *old[1:]))
                self._delete(db, old[0])
            held = replace(article, version=version, content_hash=content_hash(article))
            key = db.execute(
                "INSERT INTO articles (id, title, text, source, url, authors, published, offset, version, hash, note, origin)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (held.id, held.title, held.text, held.source, held.url, json.dumps(held.authors, ensure_ascii=False),
                 *_to_time(held.published), version, held.content_hash, held.note, origin),
            ).lastrowid  # fmt: skip
            db.executemany(
                'INSERT INTO passages (article, start, "end") VALUES (?, ?, ?)',
                [(key, p.start, p.end) for p in passages],
            )
            if statements is not None:
                self.put_statements(int(key or 0), statements, speakers)
            self._changed(db)
        return held

    def put_statements(self, key: int, statements: Sequence[Statement], speakers: Sequence[Speaker]) -> None:
        """What is said in an article that was taken in without it."""
        with self.transaction() as db:
            self._put_statements(db, key, statements, speakers)
            db.execute("UPDATE articles SET statements = 1 WHERE key = ?", (key,))
            self._changed(db)

    def _put_statements(
        self, db: sqlite3.Connection, key: int, statements: Sequence[Statement], speakers: Sequence[Speaker]
    ) -> None:
        ids: dict[str, int] = {}
        for speaker in speakers:
            if speaker.kind == "unnamed":
                continue  # nobody to link across articles; the statement says where they are described
            ids[speaker.name] = _insert(
                db,
                "INSERT INTO speakers (article, name, kind, aliases, roles, bucket) VALUES (?, ?, ?, ?, ?, ?)",
                (key, speaker.name, speaker.kind, _json(speaker.aliases), _json(speaker.roles), bucket(speaker)),
            )
        for s in statements:
            row = _insert(
                db,
                "INSERT INTO statements (article, spans, source, speaker, form, cue, kind, negated, found, confidence,"
                " described, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    _json(s.spans),
                    _json(s.source),
                    s.speaker,
                    s.form,
                    _json(s.cue),
                    s.kind,
                    s.negated,
                    s.found,
                    s.confidence,
                    _json(s.described),
                    s.within,
                ),
            )
            names = {s.speaker, *s.speaker.split(JOINT)} if s.speaker else set()
            db.executemany("INSERT INTO said VALUES (?, ?)", [(row, ids[n]) for n in sorted(names) if n in ids])

    def remove(self, ids: Iterable[str]) -> int:
        """Takes articles out (their earlier versions stay); returns how many there were."""
        with self.transaction() as db:
            count = 0
            for id in ids:
                row = db.execute("SELECT key, version, hash, title, text FROM articles WHERE id = ?", (id,)).fetchone()
                if row:
                    db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)", (id, *row[1:]))
                    self._delete(db, row[0])
                    count += 1
            if count:
                self._changed(db)
        return count

    def _delete(self, db: sqlite3.Connection, key: int) -> None:
        """Takes the row out and remembers that the derived stores still hold its passages."""
        db.execute("DELETE FROM articles WHERE key = ?", (key,))
        db.execute("INSERT INTO gone VALUES (?)", (key,))

    def gone(self) -> list[int]:
        """Keys of deleted articles whose passages the derived stores may still hold."""
        return [row[0] for row in self._db.execute("SELECT article FROM gone ORDER BY article")]

    def forget(self, keys: Sequence[int]) -> None:
        """The derived stores have dropped these."""
        with self.transaction() as db:
            db.executemany("DELETE FROM gone WHERE article = ?", [(key,) for key in keys])

    def article(self, id: str) -> Article | None:
        row = self._db.execute(f"SELECT {_ARTICLE} FROM articles a WHERE a.id = ?", (id,)).fetchone()
        return _article(row) if row else None

    def articles(self) -> Iterator[Article]:
        """All of them, newest first, those without a date last."""
        for row in self._db.execute(
            f"SELECT {_ARTICLE} FROM articles a ORDER BY a.published IS NULL, a.published DESC, a.id"
        ):
            yield _article(row)

    def articles_by_key(self, keys: Iterable[int]) -> dict[int, Article]:
        keys = list(keys)
        found = {}
        for row in self._db.execute(f"SELECT {_ARTICLE}, a.key FROM articles a WHERE a.key IN ({_marks(keys)})", keys):
            found[row[-1]] = _article(row)
        return found

    def keys_of(self, ids: Iterable[str]) -> dict[str, int]:
        """Article id → key."""
        ids = list(ids)
        return dict(self._db.execute(f"SELECT id, key FROM articles WHERE id IN ({_marks(ids)})", ids).fetchall())

    def newest(self) -> datetime | None:
        """The date of the newest article: what "last week" counts from in an archive."""
        row = self._db.execute(
            "SELECT published, offset FROM articles WHERE published IS NOT NULL ORDER BY published DESC"
        ).fetchone()
        return _from_time(*row) if row else None

    def oldest(self) -> datetime | None:
        """The date of the oldest article."""
        row = self._db.execute(
            "SELECT published, offset FROM articles WHERE published IS NOT NULL ORDER BY published"
        ).fetchone()
        return _from_time(*row) if row else None

    def count(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def hash_of(self, id: str) -> str | None:
        row = self._db.execute("SELECT hash FROM articles WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def hashes(self, ids: Iterable[str]) -> dict[str, str]:
        """Article id → hash of its content."""
        ids = list(ids)
        found: dict[str, str] = {}
        for i in range(0, len(ids), _MANY):
            part = ids[i : i + _MANY]
            found.update(
                self._db.execute(f"SELECT id, hash FROM articles WHERE id IN ({_marks(part)})", part).fetchall()
            )
        return found

    def put_file(self, path: str, mark: str, articles: Mapping[str, str]) -> None:
        """Remembers what was read from a file: article id → hash of its content; `mark` tells the file's bytes."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, mark, _json(articles)))

    def file(self, path: str) -> tuple[str, dict[str, str]] | None:
        """(mark, article id → hash) of a file that was read before."""
        row = self._db.execute("SELECT mark, articles FROM files WHERE path = ?", (path,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def with_content(self, hash: str) -> str | None:
        """The id of an article with just this content."""
        row = self._db.execute("SELECT id FROM articles WHERE hash = ?", (hash,)).fetchone()
        return row[0] if row else None

    def was_version(self, id: str, hash: str) -> bool:
        """Whether an earlier version of the article had this content."""
        return self._db.execute("SELECT 1 FROM versions WHERE id = ? AND hash = ?", (id, hash)).fetchone() is not None

    def version(self, id: str, version: int) -> tuple[str, str] | None:
        """(title, text) of an earlier version."""
        row = self._db.execute(
            "SELECT title, text FROM versions WHERE id = ? AND version = ?", (id, version)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def ids_from(self, origin: str) -> set[str]:
        """Ids of the articles that were read from this file or folder."""
        return {row[0] for row in self._db.execute("SELECT id FROM articles WHERE origin = ?", (origin,))}

    def set_origin(self, id: str, origin: str) -> None:
        with self.transaction() as db:
            db.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, id))

    def origin_of(self, id: str) -> str | None:
        row = self._db.execute("SELECT origin FROM articles WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    # -- passages --------------------------------------------------------------------------------------------

    def passages(self, ids: Sequence[int], filters: Filters = Filters()) -> dict[int, tuple[Passage, int]]:
        """Of these passage numbers, those the catalogue holds as indexed and the filters let through,
        each with its article's key."""
        where, values = _where(filters)
        rows = self._db.execute(
            'SELECT p.id, a.id, p.start, p."end", a.key FROM passages p JOIN articles a ON a.key = p.article'
            f" WHERE p.id IN ({_marks(ids)}) AND a.words = 1{where}",
            [*ids, *values],
        )
        return {row[0]: (Passage(*row[1:4]), row[4]) for row in rows}

    def passage_numbers(
        self, filters: Filters, persons: Sequence[int] | None = None, most: int | None = None
    ) -> list[int]:
        """The numbers of the passages that the filters let through; with `persons`, only of those in which one of
        these people says something. Without them, `most` at most, any of them."""
        where, values = _where(filters)
        numbers = [
            row[0]
            for row in self._db.execute(
                f"SELECT p.id FROM passages p JOIN articles a ON a.key = p.article WHERE a.words = 1{where} LIMIT ?",
                [*values, -1 if most is None or persons is not None else most],
            )
        ]
        if persons is None:
            return numbers
        speaking: set[int] = set()
        said = self.statements_by(persons, filters)
        passages = self.passages_in(sorted({key for key, _ in said}))
        for key, statement in said:
            speaking.update(id for id, p in passages[key] if p.start < statement.end and statement.start < p.end)
        return [n for n in numbers if n in speaking]

    def passages_of(self, key: int) -> list[tuple[int, Passage]]:
        rows = self._db.execute(
            'SELECT p.id, a.id, p.start, p."end" FROM passages p JOIN articles a ON a.key = p.article'
            " WHERE p.article = ? ORDER BY p.start",
            (key,),
        )
        return [(row[0], Passage(*row[1:])) for row in rows]

    def behind(self, store: str, limit: int = 64) -> list[Behind]:
        """Articles that the derived store ("words" or "vectors") or "statements" don't hold yet, oldest first."""
        column = _column(store)
        rows = self._db.execute(
            f"SELECT {_ARTICLE}, a.key FROM articles a WHERE a.{column} = 0 ORDER BY a.key LIMIT ?", (limit,)
        ).fetchall()
        return [Behind(row[-1], _article(row), tuple(self.passages_of(row[-1]))) for row in rows]

    def count_behind(self, store: str) -> int:
        return int(self._db.execute(f"SELECT COUNT(*) FROM articles WHERE {_column(store)} = 0").fetchone()[0])

    def mark(self, store: str, keys: Iterable[int], done: bool = True) -> None:
        column = _column(store)
        with self.transaction() as db:
            db.executemany(f"UPDATE articles SET {column} = ? WHERE key = ?", [(int(done), key) for key in keys])
            self._changed(db)

    def mark_all(self, store: str, done: bool) -> None:
        with self.transaction() as db:
            db.execute(f"UPDATE articles SET {_column(store)} = ?", (int(done),))

    def passages_in(self, keys: Sequence[int]) -> dict[int, list[tuple[int, Passage]]]:
        """Article key → its passages with their numbers, in reading order."""
        found: dict[int, list[tuple[int, Passage]]] = {}
        for row in self._db.execute(
            'SELECT p.article, p.id, a.id, p.start, p."end" FROM passages p JOIN articles a ON a.key = p.article'
            f" WHERE p.article IN ({_marks(keys)}) ORDER BY p.article, p.start",
            list(keys),
        ):
            found.setdefault(row[0], []).append((row[1], Passage(*row[2:])))
        return found

    def put_sentence_vectors(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        """Keeps (passage number, vectors of its sentences, shape (sentences, size)) in 8 bits a number."""
        with self.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO sentence_vectors VALUES (?, ?)",
                [(number, _pack(vectors)) for number, vectors in rows],
            )

    def sentence_vectors(self, passages: Sequence[int], size: int) -> dict[int, NDArray[np.float32]]:
        """Passage number → vectors of its sentences, shape (sentences, size), in reading order."""
        rows = self._db.execute(
            f"SELECT passage, vectors FROM sentence_vectors WHERE passage IN ({_marks(passages)})", list(passages)
        )
        return {n: _unpack(blob, size) for n, blob in rows}

    # -- statements ------------------------------------------------------------------------------------------

    def statements_in(self, key: int) -> list[Statement]:
        """The statements of one article in reading order (`within` counts in this list)."""
        rows = self._db.execute(f"SELECT {_STATEMENT} {_SAID_IN} WHERE s.article = ? ORDER BY s.id", (key,))
        return [_statement(row) for row in rows]

    def statements_by(
        self, persons: Sequence[int], filters: Filters = Filters(), articles: Sequence[int] | None = None
    ) -> list[tuple[int, Statement]]:
        """(article key, statement) of everything these people said, in archive order; `articles`: only in these."""
        where, values = _where(filters)
        if articles is not None:
            # the speaker's article is the statement's: so what they said elsewhere isn't even looked up
            where, values = f"{where} AND k.article IN ({_marks(articles)})", [*values, *articles]
        rows = self._db.execute(
            f"SELECT DISTINCT {_STATEMENT}, s.article, s.id {_SAID_IN} JOIN said ON said.statement = s.id"
            f" JOIN speakers k ON k.id = said.speaker WHERE k.person IN ({_marks(persons)}) AND a.words = 1{where}"
            " ORDER BY s.id",
            [*persons, *values],
        )
        return [(row[-2], _statement(row)) for row in rows]

    def articles_of(self, person: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """(article key, date in seconds since 1970, 0 where it has none) of the articles in which the person speaks,
        newest first."""
        where, values = _where(filters)
        rows = self._db.execute(
            "SELECT DISTINCT a.key, COALESCE(a.published, 0.0) AS time FROM speakers k JOIN articles a ON a.key = k.article"
            f" WHERE k.person = ? AND a.words = 1{where} ORDER BY time DESC, a.key",
            [person, *values],
        )
        return rows.fetchall()

    def all_statements(self, filters: Filters = Filters()) -> list[tuple[int, Statement]]:
        where, values = _where(filters)
        rows = self._db.execute(
            f"SELECT {_STATEMENT}, s.article {_SAID_IN} WHERE a.words = 1{where} ORDER BY s.id", values
        )
        return [(row[-1], _statement(row)) for row in rows]

    def persons_of(self, article: int) -> dict[str, int]:
        """Speaker's name within the article → number of the person."""
        rows = self._db.execute(
            "SELECT name, person FROM speakers WHERE article = ? AND person IS NOT NULL", (article,)
        )
        return dict(rows.fetchall())

    # -- people ----------------------------------------------------------------------------------------------

    def unlinked_buckets(self) -> list[str]:
        return [
            r[0] for r in self._db.execute("SELECT DISTINCT bucket FROM speakers WHERE person IS NULL ORDER BY bucket")
        ]

    def speakers_in(self, name: str) -> list[SpeakerRow]:
        """All speakers, archive-wide, that could be one person (they share a bucket)."""
        rows = self._db.execute(
            "SELECT id, article, name, kind, aliases, roles, person FROM speakers WHERE bucket = ? ORDER BY id", (name,)
        )
        return [SpeakerRow(r[0], r[1], Speaker(r[2], r[3], _tuple(r[4]), _tuple(r[5])), r[6]) for r in rows]

    def speakers_of(self, key: int) -> list[Speaker]:
        """The named speakers of one article."""
        rows = self._db.execute("SELECT name, kind, aliases, roles FROM speakers WHERE article = ? ORDER BY id", (key,))
        return [Speaker(r[0], r[1], _tuple(r[2]), _tuple(r[3])) for r in rows]

    def link(self, groups: Iterable[tuple[Speaker, Sequence[SpeakerRow]]]) -> None:
        """Makes each group of speakers one person; a person keeps its number where one of the group had it."""
        with self.transaction() as db:
            taken: set[int] = set()
            for merged, rows in groups:
                had = [r.person for r in rows if r.person is not None and r.person not in taken]
                values = (merged.name, merged.kind, _json(merged.aliases), _json(merged.roles))
                if had:
                    person = Counter(had).most_common(1)[0][0]
                    db.execute(
                        "UPDATE people SET name = ?, kind = ?, aliases = ?, roles = ? WHERE id = ?", (*values, person)
                    )
                else:
                    person = _insert(db, "INSERT INTO people (name, kind, aliases, roles) VALUES (?, ?, ?, ?)", values)
                taken.add(person)
                db.executemany("UPDATE speakers SET person = ? WHERE id = ?", [(person, r.id) for r in rows])
            self._changed(db)

    def drop_empty_people(self) -> None:
        with self.transaction() as db:
            db.execute("DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM speakers k WHERE k.person = people.id)")

    def people(self) -> list[Person]:
        """Everybody who says something in the archive, those with most statements first."""
        said = dict(
            self._db.execute(
                "SELECT k.person, COUNT(DISTINCT d.statement) FROM speakers k JOIN said d ON d.speaker = k.id"
                " JOIN articles a ON a.key = k.article WHERE a.words = 1 GROUP BY k.person"
            ).fetchall()
        )
        where: dict[int, list[str]] = {}
        for person, id in self._db.execute(
            "SELECT k.person, a.id FROM speakers k JOIN articles a ON a.key = k.article WHERE a.words = 1 ORDER BY a.key"
        ):
            where.setdefault(person, []).append(id)
        rows = self._db.execute("SELECT id, name, kind, aliases, roles FROM people").fetchall()
        lists = json.loads(f"[{','.join(f'[{r[3]},{r[4]}]' for r in rows)}]")  # all at once: ten times faster
        found = [
            Person(r[0], r[1], r[2], tuple(names), tuple(roles), tuple(dict.fromkeys(where[r[0]])), said.get(r[0], 0))
            for r, (names, roles) in zip(rows, lists, strict=True)
            if r[0] in where
        ]
        return sorted((p for p in found if p.statements), key=lambda p: (-p.statements, p.name, p.id))


def _pack(vectors: NDArray[np.float32]) -> bytes:
    """A row's scale, then its numbers as whole ones from -127 to 127: a cosine of it is off by less than .002."""
    scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9).astype(np.float32) / 127
    whole = np.rint(vectors / scales[:, None]).astype(np.int8)
    return bytes(scales.tobytes() + whole.tobytes())


def _unpack(blob: bytes, size: int) -> NDArray[np.float32]:
    count = len(blob) // (size + 4)
    scales = np.frombuffer(blob, np.float32, count)
    whole = np.frombuffer(blob, np.int8, offset=4 * count).reshape(count, size)
    return whole * scales[:, None]


def _insert(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> int:
    return int(db.execute(sql, values).lastrowid or 0)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _column(store: str) -> str:
    if store not in ("words", "statements", "vectors"):
        raise ValueError(f'no such derived store: "{store}"')
    return store


def bucket(speaker: Speaker) -> str:
    """What speakers must share to be one person: the surname of people, the name of organisations."""
    name = " ".join(speaker.name.lower().replace("’", "'").split()).removeprefix("the ")
    if speaker.kind == "organisation":
        return "org " + name
    parts = [p for p in name.replace(".", " ").split() if p not in ("jr", "sr", "ii", "iii", "iv")]
    return parts[-1] if parts else name


_ARTICLE = "a.id, a.title, a.text, a.source, a.url, a.authors, a.published, a.offset, a.version, a.hash, a.note"
_STATEMENT = (
    "s.spans, s.source, s.speaker, s.form, s.cue, s.kind, s.negated, s.found, s.confidence, s.described, s.within, a.id"
)
_SAID_IN = "FROM statements s JOIN articles a ON a.key = s.article"


def _article(row: Sequence[Any]) -> Article:
    return Article(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        tuple(json.loads(row[5])),
        _from_time(row[6], row[7]),
        row[8],
        row[9],
        row[10],
    )


def _statement(row: Sequence[Any]) -> Statement:
    spans, source, speaker, form, cue, kind, negated, found, confidence, described, within, article = row[:12]
    return Statement(
        spans=tuple((a, b) for a, b in json.loads(spans)), source=_span(source), speaker=speaker, form=form, cue=_span(cue),
        kind=kind, negated=bool(negated), found=found, confidence=confidence, described=_span(described), within=within,
        article_id=article,
    )  # fmt: skip


def _span(value: str | None) -> Span | None:
    pair = json.loads(value) if value else None
    return (pair[0], pair[1]) if pair else None


def _tuple(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _to_time(when: datetime | None) -> tuple[float | None, int | None]:
    """Seconds since 1970 and the offset from UTC, so that a date comes back as it went in."""
    if when is None:
        return None, None
    offset = when.utcoffset()
    return when.timestamp(), int(offset.total_seconds()) if offset else 0


def _from_time(seconds: float | None, offset: int | None) -> datetime | None:
    if seconds is None:
        return None
    zone = timezone(timedelta(seconds=offset)) if offset else UTC
    return datetime.fromtimestamp(seconds, zone)


def _where(filters: Filters) -> tuple[str, list[Any]]:
    """SQL that narrows articles (alias a) and passages (alias p) to what the filters let through."""
    parts: list[str] = []
    values: list[Any] = []
    if filters.source:
        parts.append("LOWER(a.source) = LOWER(?)")
        values.append(filters.source)
    if filters.since:
        parts.append("a.published >= ?")
        values.append(filters.since.timestamp())
    if filters.until:
        parts.append("a.published < ?")
        values.append(filters.until.timestamp())
    return "".join(f" AND {p}" for p in parts), values
