"""What is said in the articles, and by which of their speakers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from rag.domain import Filters, Span, Speaker, Statement
from rag.stores.catalogue.database import Database
from rag.stores.catalogue.rows import as_json, insert, marks, to_spans, where
from rag.text import unaccented

JOINT = "; "
"""Between the names of people who are quoted jointly, in `Statement.speaker`."""
_STATEMENT = (
    "s.spans, s.source, s.speaker, s.form, s.cue, s.kind, s.negated, s.found, s.confidence, s.described, s.within, a.id"
)
OVERLAP = "json_extract(s.spans, '$[0][0]') < {end} AND {start} < json_extract(s.spans, '$[#-1][1]')"
"""SQL: whether a statement begins before an end and ends behind a start."""
_SAID_IN = "FROM statements s JOIN articles a ON a.key = s.article"


class Statements(Database):
    """Statements of articles and of people."""

    def put_statements(self, key: int, statements: Sequence[Statement], speakers: Sequence[Speaker]) -> None:
        """What is said in an article that was taken in without it."""
        with self.transaction() as db:
            self._put_statements(db, key, statements, speakers)
            db.execute("UPDATE articles SET statements = 1 WHERE key = ?", (key,))

    def _put_statements(
        self, db: sqlite3.Connection, key: int, statements: Sequence[Statement], speakers: Sequence[Speaker]
    ) -> None:
        ids: dict[str, int] = {}
        for speaker in speakers:
            if speaker.kind == "unnamed":
                continue  # nobody to link across articles; the statement says where they are described
            ids[speaker.name] = insert(
                db,
                "INSERT INTO speakers (article, name, kind, aliases, roles, bucket) VALUES (?, ?, ?, ?, ?, ?)",
                (key, speaker.name, speaker.kind, as_json(speaker.aliases), as_json(speaker.roles), bucket(speaker)),
            )
        for s in statements:
            row = insert(
                db,
                "INSERT INTO statements (article, spans, source, speaker, form, cue, kind, negated, found, confidence,"
                " described, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    as_json(s.spans),
                    as_json(s.source),
                    s.speaker,
                    s.form,
                    as_json(s.cue),
                    s.kind,
                    s.negated,
                    s.found,
                    s.confidence,
                    as_json(s.described),
                    s.within,
                ),
            )
            names = {s.speaker, *s.speaker.split(JOINT)} if s.speaker else set()
            db.executemany("INSERT INTO said VALUES (?, ?)", [(row, ids[n]) for n in sorted(names) if n in ids])

    def statements_in(self, key: int) -> list[Statement]:
        """The statements of one article in reading order (`within` counts in this list)."""
        rows = self._db.execute(f"SELECT {_STATEMENT} {_SAID_IN} WHERE s.article = ? ORDER BY s.id", (key,))
        return [_statement(row) for row in rows]

    def statements_over(self, key: int, span: Span) -> list[Statement]:
        """Those of one article in which some of these characters stand."""
        start, end = span
        rows = self._db.execute(
            f"SELECT {_STATEMENT} {_SAID_IN} WHERE s.article = ? AND {OVERLAP.format(start='?', end='?')} ORDER BY s.id",
            (key, end, start),
        )
        return [s for s in map(_statement, rows) if any(a < end and start < b for a, b in s.spans)]

    def statements_by(
        self,
        persons: Sequence[int],
        filters: Filters = Filters(),
        articles: Sequence[int] | None = None,
        unsaid: bool = False,
    ) -> list[tuple[int, Statement]]:
        """(article key, statement) of everything these people said, in archive order; `articles`: only in these; `unsaid`:
        only that they didn't speak."""
        narrowed, values = where(filters)
        if articles is not None:
            # the speaker's article is the statement's: so what they said elsewhere isn't even looked up
            narrowed, values = f"{narrowed} AND k.article IN ({marks(articles)})", [*values, *articles]
        if unsaid:
            narrowed += " AND s.negated"
        rows = self._db.execute(
            f"SELECT DISTINCT {_STATEMENT}, s.article, s.id {_SAID_IN} JOIN said ON said.statement = s.id"
            f" JOIN speakers k ON k.id = said.speaker WHERE k.person IN ({marks(persons)}) AND a.words = 1{narrowed}"
            " ORDER BY s.id",
            [*persons, *values],
        )
        return [(row[-2], _statement(row)) for row in rows]

    def all_statements(self, filters: Filters = Filters()) -> list[tuple[int, Statement]]:
        narrowed, values = where(filters)
        rows = self._db.execute(
            f"SELECT {_STATEMENT}, s.article {_SAID_IN} WHERE a.words = 1{narrowed} ORDER BY s.id", values
        )
        return [(row[-1], _statement(row)) for row in rows]

    def articles_of(self, person: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """(article key, date in seconds since 1970, 0 where it has none) of the articles in which the person speaks,
        newest first."""
        narrowed, values = where(filters)
        rows = self._db.execute(
            "SELECT DISTINCT a.key, COALESCE(a.published, 0.0) AS time FROM speakers k JOIN articles a ON a.key = k.article"
            f" WHERE k.person = ? AND a.words = 1{narrowed} ORDER BY time DESC, a.key",
            [person, *values],
        )
        return rows.fetchall()

    def persons_of(self, article: int) -> dict[str, int]:
        """Speaker's name within the article → number of the person."""
        rows = self._db.execute(
            "SELECT name, person FROM speakers WHERE article = ? AND person IS NOT NULL", (article,)
        )
        return dict(rows.fetchall())


def bucket(speaker: Speaker) -> str:
    """What speakers must share to be one person: the surname of people, the name of organisations, without accents."""
    name = " ".join(unaccented(speaker.name).lower().replace("’", "'").split()).removeprefix("the ")
    if speaker.kind == "organisation":
        return "org " + name
    parts = [p for p in name.replace(".", " ").split() if p not in ("jr", "sr", "ii", "iii", "iv")]
    return parts[-1] if parts else name


def _statement(row: Sequence[Any]) -> Statement:
    spans, source, speaker, form, cue, kind, negated, found, confidence, described, within, article = row[:12]
    source, cue, described = to_spans(source, cue, described)
    return Statement(
        spans=tuple((a, b) for a, b in json.loads(spans)), source=source, speaker=speaker, form=form, cue=cue,
        kind=kind, negated=bool(negated), found=found, confidence=confidence, described=described, within=within,
        article_id=article,
    )  # fmt: skip
