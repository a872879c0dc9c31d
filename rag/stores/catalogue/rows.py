"""Rows to nouns and back, and the SQL that several rooms share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from rag.domain import Article, Filters, Span

MANY = 10_000
"""Values that one query names at most: SQLite has a limit."""

ARTICLE = "a.id, a.title, a.text, a.source, a.url, a.authors, a.published, a.offset, a.version, a.hash, a.note"

# Each outlet once, by steps along the index of them: of thousands of articles only as many rows are read.
_SOURCES = (
    "WITH RECURSIVE sources (name) AS (SELECT MIN(source) FROM articles UNION ALL"
    " SELECT (SELECT MIN(source) FROM articles WHERE source > sources.name) FROM sources WHERE sources.name IS NOT NULL)"
    " SELECT name FROM sources"
)


_ANY_OFFSET = 24 * 3600
"""Seconds that no clock is away from UTC: a bound that far out lets SQLite use its index of dates."""


def to_article(row: Sequence[Any]) -> Article:
    """Of a row that begins with ARTICLE."""
    id, title, text, source, url, authors, published, offset, version, content_hash, note = row[:11]
    when = from_time(published, offset)
    return Article(id, title, text, source, url, tuple(json.loads(authors)), when, version, content_hash, note)


def to_time(when: datetime | None) -> tuple[float | None, int | None]:
    """Seconds since 1970 and the offset from UTC, so that a date comes back as it went in."""
    if when is None:
        return None, None
    offset = when.utcoffset()
    return when.timestamp(), int(offset.total_seconds()) if offset else 0


def from_time(seconds: float | None, offset: int | None) -> datetime | None:
    if seconds is None:
        return None
    zone = timezone(timedelta(seconds=offset)) if offset else UTC
    return datetime.fromtimestamp(seconds, zone)


def where(filters: Filters, outlet_first: bool = False) -> tuple[str, list[Any]]:
    """SQL that narrows articles (alias a) and passages (alias p) to what the filters let through.

    Times are compared as the clocks showed them, for that is the day that a reader sees: what was published at 8 o'clock
    on 7 March in Auckland is of 7 March, though it was the 6th in London.

    `outlet_first`: the outlet's articles may be where SQLite begins. It would begin there always, though a query that
    names passages or people as a rule needs few of them.
    """
    parts: list[str] = []
    values: list[Any] = []
    if filters.source:
        source = "a.source" if outlet_first else "+a.source"  # a plus keeps SQLite from its index
        parts.append(f"{source} IN (SELECT name FROM ({_SOURCES}) WHERE caseless(name) = caseless(?))")
        values.append(filters.source)
    if filters.since:
        bound = filters.since.replace(tzinfo=UTC).timestamp()
        parts += ["a.published + COALESCE(a.offset, 0) >= ?", "a.published >= ?"]
        values += [bound, bound - _ANY_OFFSET]
    if filters.until:
        bound = filters.until.replace(tzinfo=UTC).timestamp()
        parts += ["a.published + COALESCE(a.offset, 0) < ?", "a.published < ?"]
        values += [bound, bound + _ANY_OFFSET]
    return "".join(f" AND {p}" for p in parts), values


def to_spans(*columns: str | None) -> list[Span | None]:
    """Of columns that hold a pair of numbers in JSON, or nothing; read at once: a call takes longer than a pair."""
    pairs = json.loads(f"[{', '.join(column or 'null' for column in columns)}]")
    return [(pair[0], pair[1]) if pair else None for pair in pairs]


def to_tuple(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def insert(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> int:
    return int(db.execute(sql, values).lastrowid or 0)


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
