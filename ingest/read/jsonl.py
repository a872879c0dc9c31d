"""JSON files: one object or a list of objects (.json), or one object a line (.jsonl)."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ingest.read.failure import LIMIT, Failure, too_large
from ingest.read.furniture import drop_furniture
from ingest.read.mend import decode, encoding_by_mark, mend
from ingest.read.metadata import given_id, make_article
from ingest.read.text import EMPTY, NOT_TEXT
from rag.domain import Article

_FEW = 10  # failures that are told one by one in a file without a single article
_PATIENCE = 1000  # lines without an article after which a file is given up
_KINDS: dict[type, str] = {type(None): "null", bool: "true or false", int: "a number", float: "a number"} | {
    list: "a list",
    dict: "an object",
}


def read_json(path: str, default_id: str, data: bytes) -> Iterator[Article | Failure]:
    """The articles of a .json file. A single object without an id gets `default_id`; items of a list a hash."""
    decoded = decode(data)
    if decoded is None:
        yield Failure(path, NOT_TEXT)
        return
    value, why = _parse(decoded, one_line=False)
    if why:
        yield Failure(path, why)
    elif not isinstance(value, list):
        yield _entry(path, "", value, default_id)
    elif not value:
        yield Failure(path, "the list in it is empty")
    else:
        outcomes = (_entry(path, f"item {n}", item, None) for n, item in enumerate(value, start=1))
        yield from _in_proportion(path, outcomes, "items")


def read_lines(path: str, stream: BinaryIO) -> Iterator[Article | Failure]:
    """The articles of a .jsonl file, a line at a time; no more than one line is held. Empty lines are skipped."""
    outcomes = (_line(path, f"line {n}", raw, size) for n, raw, size in _numbered(stream) if raw.strip())
    first = next(outcomes, None)
    if first is None:
        yield Failure(path, EMPTY)
        return
    yield from _in_proportion(path, chain([first], outcomes), "lines")


def _in_proportion(path: str, outcomes: Iterator[Article | Failure], unit: str) -> Iterator[Article | Failure]:
    """What came of a file's entries. A file of something else altogether gets one sentence, not one for each line."""
    held: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, Article):
            yield from (_others_read(failure, unit) for failure in held)
            yield outcome
            break
        held.append(outcome)
        if len(held) == _PATIENCE:
            none = f"none of its first {_PATIENCE:,} {unit} is an article, and the rest was not read"
            yield Failure(path, f"{none}; {held[0].place}: {held[0].reason}")
            return
    else:
        if len(held) > _FEW or (len(held) > 1 and len({failure.reason for failure in held}) == 1):
            none = f"none of its {len(held):,} {unit} is an article"
            yield Failure(path, f"{none}; {held[0].place}: {held[0].reason}")
        else:
            yield from held
        return
    for outcome in outcomes:
        yield outcome if isinstance(outcome, Article) else _others_read(outcome, unit)


def _others_read(failure: Failure, unit: str) -> Failure:
    return Failure(failure.path, f"{failure.reason}; the other {unit} were read", failure.place)


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes, int]]:
    """(number from 1, the line or its first `LIMIT` bytes, the line's length in bytes)."""
    head = stream.read(4)
    marked = encoding_by_mark(head)
    stream.seek(marked[1] if marked else 0)
    wide = io.TextIOWrapper(stream, marked[0], "replace", newline="\n") if marked and marked[0] != "utf-8" else None

    def piece() -> bytes:
        return wide.readline(LIMIT + 1).encode("utf-8", "replace") if wide else stream.readline(LIMIT + 1)

    number = 0
    while raw := piece():
        number += 1
        size, last = len(raw), raw
        while len(last) > LIMIT and not last.endswith(b"\n"):
            last = piece()
            size += len(last)
        yield number, raw, size


def _line(path: str, place: str, raw: bytes, size: int) -> Article | Failure:
    if size > LIMIT:
        return too_large(path, size, place)
    decoded = decode(raw)
    if decoded is None:
        return Failure(path, "its bytes are not text in any encoding that is known", place)
    value, why = _parse(decoded, one_line=True)
    return Failure(path, why, place) if why else _entry(path, place, value, None)


def _parse(text: str, *, one_line: bool) -> tuple[object, str]:
    """(the value, "") or (None, why not)."""
    try:
        return json.loads(text), ""
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if one_line else f"line {error.lineno}, column {error.colno}"
        return None, f"not valid JSON ({error.msg} at {where})"
    except RecursionError:
        return None, "its JSON is nested too deeply"
    except ValueError:  # Python reads no integer of more than 4,300 digits
        return None, "not usable JSON (a number in it has thousands of digits)"


def _entry(path: str, place: str, value: object, default_id: str | None) -> Article | Failure:
    if not isinstance(value, dict):
        return Failure(path, f'not an object with a "text" but {_kind(value)}', place)
    text = value.get("text")
    if text is None:
        return Failure(path, 'no article text in it (an article needs a "text")', place)
    if not isinstance(text, str):
        return Failure(path, f'its "text" is not a string but {_kind(text)}', place)
    text = drop_furniture(mend(text).rstrip(), plain=True)
    if not text.strip():
        return Failure(path, 'no article text in it (its "text" is empty)', place)
    return make_article(value, text, default_id or given_id(value) or _hashed(value, text))


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a string")


def _hashed(fields: dict[str, object], text: str) -> str:
    """An id for an article whose source gives none: its address decides, else its words."""
    url, title = fields.get("url"), fields.get("title") or fields.get("headline")
    named = url if isinstance(url, str) and url.strip() else f"{title if isinstance(title, str) else ''}\n{text}"
    return hashlib.sha256(named.strip().encode("utf-8", "replace")).hexdigest()[:16]
