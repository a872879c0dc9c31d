"""Passages with the vectors of their sentences, and which articles the derived stores hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.domain import Article, Filters, Passage
from rag.stores.catalogue.rows import ARTICLE, marks, to_article, where
from rag.stores.catalogue.statements import OVERLAP, Statements

# SQLite keeps to the order of tables in a CROSS JOIN. Left to itself it begins with all that the people ever said.
_THEIRS = "CROSS JOIN said d ON d.speaker = k.id CROSS JOIN statements s ON s.id = d.statement"
_OVERLAP = OVERLAP.format(start="p.start", end='p."end"')


@dataclass(frozen=True, slots=True)
class Behind:
    """An article that a derived store doesn't hold yet."""

    key: int
    article: Article
    passages: tuple[tuple[int, Passage], ...]


class Passages(Statements):
    """Passages by number, by article and by what filters leave."""

    def passages(
        self, ids: Sequence[int], filters: Filters = Filters(), persons: Sequence[int] | None = None
    ) -> dict[int, tuple[Passage, int]]:
        """Of these passage numbers, those the catalogue holds as indexed and the filters let through, each with its
        article's key; with `persons`, only those in which one of these people says something."""
        narrowed, values = where(filters)
        if persons is not None:
            narrowed, values = f"{narrowed} AND {_speaking(persons)}", [*values, *persons]
        rows = self._db.execute(
            'SELECT p.id, a.id, p.start, p."end", a.key FROM passages p JOIN articles a ON a.key = p.article'
            f" WHERE p.id IN ({marks(ids)}) AND a.words = 1{narrowed}",
            [*ids, *values],
        )
        return {row[0]: (Passage(*row[1:4]), row[4]) for row in rows}

    def passage_numbers(
        self, filters: Filters, persons: Sequence[int] | None = None, most: int | None = None
    ) -> list[int]:
        """The numbers of the passages that the filters let through, `most` at most, any of them; with `persons`, only of
        those in which one of these people says something."""
        narrowed, values = where(filters, outlet_first=persons is None)
        numbers, passages = "p.id", "articles a JOIN passages p ON p.article = a.key"
        if persons is not None:
            numbers = "DISTINCT p.id"  # somebody may say several things in one passage
            passages = f"speakers k {_THEIRS} CROSS JOIN {passages} AND a.key = s.article AND {_OVERLAP}"
            narrowed, values = f"{narrowed} AND k.person IN ({marks(persons)})", [*values, *persons]
        rows = self._db.execute(
            f"SELECT {numbers} FROM {passages} WHERE a.words = 1{narrowed} LIMIT ?",
            [*values, -1 if most is None else most],
        )
        return [row[0] for row in rows]

    def passages_of(self, key: int) -> list[tuple[int, Passage]]:
        rows = self._db.execute(
            'SELECT p.id, a.id, p.start, p."end" FROM passages p JOIN articles a ON a.key = p.article'
            " WHERE p.article = ? ORDER BY p.start",
            (key,),
        )
        return [(row[0], Passage(*row[1:])) for row in rows]

    def passages_in(self, keys: Sequence[int]) -> dict[int, list[tuple[int, Passage]]]:
        """Article key → its passages with their numbers, in reading order."""
        found: dict[int, list[tuple[int, Passage]]] = {}
        for row in self._db.execute(
            'SELECT p.article, p.id, a.id, p.start, p."end" FROM passages p JOIN articles a ON a.key = p.article'
            f" WHERE p.article IN ({marks(keys)}) ORDER BY p.article, p.start",
            list(keys),
        ):
            found.setdefault(row[0], []).append((row[1], Passage(*row[2:])))
        return found

    def behind(self, store: str, limit: int = 64) -> list[Behind]:
        """Articles that the derived store ("words" or "vectors") or "statements" don't hold yet, oldest first."""
        column = _column(store)
        rows = self._db.execute(
            f"SELECT {ARTICLE}, a.key FROM articles a WHERE a.{column} = 0 ORDER BY a.key LIMIT ?", (limit,)
        ).fetchall()
        return [Behind(row[-1], to_article(row), tuple(self.passages_of(row[-1]))) for row in rows]

    def every(self, size: int) -> Iterator[list[Behind]]:
        """All articles as `behind` gives them, so many at a time."""
        last = 0
        while rows := self._db.execute(
            f"SELECT {ARTICLE}, a.key FROM articles a WHERE a.key > ? ORDER BY a.key LIMIT ?", (last, size)
        ).fetchall():
            last = rows[-1][-1]
            yield [Behind(row[-1], to_article(row), tuple(self.passages_of(row[-1]))) for row in rows]

    def count_behind(self, store: str) -> int:
        return int(self._db.execute(f"SELECT COUNT(*) FROM articles WHERE {_column(store)} = 0").fetchone()[0])

    def mark(self, store: str, keys: Iterable[int], done: bool = True) -> None:
        column = _column(store)
        with self.transaction() as db:
            db.executemany(f"UPDATE articles SET {column} = ? WHERE key = ?", [(int(done), key) for key in keys])
            if store == "words":  # what isn't searched yet counts for no person
                self._changed(db)

    def mark_all(self, store: str, done: bool) -> None:
        with self.transaction() as db:
            db.execute(f"UPDATE articles SET {_column(store)} = ?", (int(done),))
            if store == "words":
                self._changed(db)

    def put_sentence_vectors(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        """Keeps (passage number, vectors of its sentences, shape (sentences, size)) in 8 bits a number."""
        with self.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO sentence_vectors VALUES (?, ?)",
                [(number, _pack(vectors)) for number, vectors in rows],
            )

    def drop_sentence_vectors(self) -> None:
        with self.transaction() as db:
            db.execute("DELETE FROM sentence_vectors")

    def sentence_vectors(self, passages: Sequence[int], size: int) -> dict[int, NDArray[np.float32]]:
        """Passage number → vectors of its sentences, shape (sentences, size), in reading order."""
        rows = self._db.execute(
            f"SELECT passage, vectors FROM sentence_vectors WHERE passage IN ({marks(passages)})", list(passages)
        )
        return {n: _unpack(blob, size) for n, blob in rows}


def _speaking(persons: Sequence[int]) -> str:
    """SQL: whether one of these people says something in the passage p of the article a."""
    return (
        f"EXISTS (SELECT 1 FROM speakers k {_THEIRS}"
        f" WHERE k.article = a.key AND +k.person IN ({marks(persons)}) AND {_OVERLAP})"
    )


def _column(store: str) -> str:
    if store not in ("words", "statements", "vectors"):
        raise ValueError(f'no such derived store: "{store}"')
    return store


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
