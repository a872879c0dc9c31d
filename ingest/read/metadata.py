"""What a file says about its article, in whatever types it says it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ingest.read.dates import parse_date
from ingest.read.mend import mend
from ingest.read.titles import title_of
from rag.domain import Article

_SURROGATE = re.compile("[\ud800-\udfff]")
_BETWEEN_NAMES = re.compile(r"\s*(?:[;,|&]|\band\b)\s*")
_BY = re.compile(r"(?i)^by[:\s]\s*")


def make_article(fields: Mapping[str, object], text: str, default_id: str) -> Article:
    """The article of a mended `text`; an id in `fields` goes before `default_id`; wrong types are left out."""

    def first(*names: str) -> object:
        return next((fields[name] for name in names if fields.get(name) not in (None, "", [])), None)

    return Article(
        id=given_id(fields) or default_id,
        title=_words(first("title", "headline")) or title_of(text),
        text=text,
        source=_words(first("source", "publisher")),
        url=_words(first("url")),
        authors=_authors(first("authors", "author", "byline")),
        published=_published(first("published"), first("date")),
        note=_words(first("note")),
    )


def given_id(fields: Mapping[str, object]) -> str | None:
    """The id that the source gives, as it gives it."""
    value = fields.get("id")
    if isinstance(value, str):
        # No store takes half of a surrogate pair, and nothing can be lost by replacing it.
        return _SURROGATE.sub("\ufffd", value) if value.strip() else None
    return _number(value) if isinstance(value, int | float) else None


def _words(value: object) -> str | None:
    """`value` as one line of mended text, or None where it isn't a word, a number, a date or something with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str):
        return " ".join(mend(value).split()) or None
    if isinstance(value, date):
        return value.isoformat()
    return _number(value) if isinstance(value, int | float) else None


def _number(value: int | float) -> str | None:
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    try:
        return str(value)
    except ValueError:  # Python prints no integer of more than 4,300 digits
        return None


def _authors(value: object) -> tuple[str, ...]:
    """Names in their order, without repeats; a string is taken apart at commas, semicolons and "and"."""
    names: Iterable[str | None]
    if isinstance(value, list | tuple):
        names = map(_words, value)
    else:
        names = _BETWEEN_NAMES.split(_BY.sub("", _words(value) or ""))
    return tuple(dict.fromkeys(_BY.sub("", name) for name in names if name))


def _published(*values: object) -> datetime | None:
    return next((found for found in map(parse_date, values) if found), None)
