"""Articles with their versions."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rag.domain import Article, Passage, Speaker, Statement
from rag.stores.catalogue.database import LINK_AGAIN
from rag.stores.catalogue.rows import ARTICLE, MANY, as_json, from_time, marks, to_article, to_time
from rag.stores.catalogue.statements import Statements


@dataclass(frozen=True, slots=True)
class Version:
    """What an article was before."""

    version: int
    content_hash: str
    title: str
    text: str


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
    return hashlib.sha256(as_json(parts).encode()).hexdigest()


class Articles(Statements):
    """The articles, and what was deleted that the derived stores may still hold."""

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
            # numbers go on where the article was removed: two texts under one number couldn't be told apart
            last = db.execute("SELECT MAX(version) FROM versions WHERE id = ?", (article.id,)).fetchone()[0]
            version = max(old[1] if old else 0, last or 0) + 1
            if old:
                db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)", (article.id, *old[1:]))
                self._delete(db, old[0])
            held = replace(article, version=version, content_hash=content_hash(article))
            key = db.execute(
                "INSERT INTO articles (id, title, text, source, url, authors, published, offset, version, hash, note, origin)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (held.id, held.title, held.text, held.source, held.url, as_json(held.authors),
                 *to_time(held.published), version, held.content_hash, held.note, origin),
            ).lastrowid  # fmt: skip
            db.executemany(
                'INSERT INTO passages (article, start, "end") VALUES (?, ?, ?)',
                [(key, p.start, p.end) for p in passages],
            )
            if statements is not None:
                self.put_statements(int(key or 0), statements, speakers)
            self._changed(db)
        return held

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
        """Takes the row out and remembers that the derived stores still hold its passages, and which people are to be linked
        again: their roles and aliases may have been this article's."""
        db.execute(
            "INSERT OR IGNORE INTO meta SELECT DISTINCT ? || bucket, '' FROM speakers WHERE article = ?",
            (LINK_AGAIN, key),
        )
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
        row = self._db.execute(f"SELECT {ARTICLE} FROM articles a WHERE a.id = ?", (id,)).fetchone()
        return to_article(row) if row else None

    def articles(self) -> Iterator[Article]:
        """All of them, newest first, those without a date last."""
        for row in self._db.execute(
            f"SELECT {ARTICLE} FROM articles a ORDER BY a.published IS NULL, a.published DESC, a.id"
        ):
            yield to_article(row)

    def articles_by_key(self, keys: Iterable[int]) -> dict[int, Article]:
        keys = list(keys)
        found = {}
        for row in self._db.execute(f"SELECT {ARTICLE}, a.key FROM articles a WHERE a.key IN ({marks(keys)})", keys):
            found[row[-1]] = to_article(row)
        return found

    def keys_of(self, ids: Iterable[str]) -> dict[str, int]:
        """Article id → key."""
        ids = list(ids)
        return dict(self._db.execute(f"SELECT id, key FROM articles WHERE id IN ({marks(ids)})", ids).fetchall())

    def articles_by_speakers(
        self, persons: Sequence[int], among: Sequence[int] | None = None, most: int | None = None
    ) -> list[int]:
        """Keys of the articles in which one of these people speaks, in no order; `among`: only of these, `most`: so many
        at most."""
        whose, values = f"k.person IN ({marks(persons)})", [*persons]
        if among is not None:
            whose, values = f"+{whose} AND k.article IN ({marks(among)})", [*values, *among]
        rows = self._db.execute(
            "SELECT DISTINCT k.article FROM speakers k JOIN articles a ON a.key = k.article"
            f" WHERE {whose} AND a.words = 1 LIMIT ?",
            [*values, -1 if most is None else most],
        )
        return [row[0] for row in rows]

    def newest(self) -> datetime | None:
        """The date of the newest article: what "last week" counts from in an archive."""
        row = self._db.execute(
            "SELECT published, offset FROM articles WHERE published IS NOT NULL ORDER BY published DESC"
        ).fetchone()
        return from_time(*row) if row else None

    def oldest(self) -> datetime | None:
        """The date of the oldest article."""
        row = self._db.execute(
            "SELECT published, offset FROM articles WHERE published IS NOT NULL ORDER BY published"
        ).fetchone()
        return from_time(*row) if row else None

    def count(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def sources(self) -> list[str]:
        """The outlets, each once, by name."""
        rows = self._db.execute("SELECT DISTINCT source FROM articles WHERE source <> '' ORDER BY source")
        return [row[0] for row in rows]

    def hash_of(self, id: str) -> str | None:
        row = self._db.execute("SELECT hash FROM articles WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def hashes(self, ids: Iterable[str]) -> dict[str, str]:
        """Article id → hash of its content."""
        ids = list(ids)
        found: dict[str, str] = {}
        for i in range(0, len(ids), MANY):
            part = ids[i : i + MANY]
            found.update(
                self._db.execute(f"SELECT id, hash FROM articles WHERE id IN ({marks(part)})", part).fetchall()
            )
        return found

    def with_content(self, hash: str) -> str | None:
        """The id of an article with just this content."""
        row = self._db.execute("SELECT id FROM articles WHERE hash = ?", (hash,)).fetchone()
        return row[0] if row else None

    def was_version(self, id: str, hash: str) -> bool:
        """Whether an earlier version of the article had this content."""
        return self._db.execute("SELECT 1 FROM versions WHERE id = ? AND hash = ?", (id, hash)).fetchone() is not None

    def versions(self, id: str) -> list[Version]:
        """The earlier versions of an article, the last one first."""
        rows = self._db.execute(
            "SELECT version, hash, title, text FROM versions WHERE id = ? ORDER BY version DESC", (id,)
        )
        return [Version(*row) for row in rows]
