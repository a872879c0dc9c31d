"""From paths to articles. A file that can't be read becomes a `Failure`, and the others go on."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.read.failure import LIMIT, Failure, too_large, unreadable
from ingest.read.html import read_html
from ingest.read.jsonl import read_json, read_lines
from ingest.read.markdown import read_markdown
from ingest.read.text import EMPTY, read_text
from ingest.read.walk import Found, ending, shown, walk
from rag.domain import Article

__all__ = ["ENDINGS", "LIMIT", "Failure", "Found", "files", "read", "read_bytes", "read_file"]

_ONE_ARTICLE = {
    **dict.fromkeys((".txt", ".text"), read_text),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
}
_LINES = (".jsonl", ".ndjson")

ENDINGS = frozenset({*_ONE_ARTICLE, ".json", *_LINES})
"""The endings of the files that are read."""


def read(paths: Iterable[str | Path]) -> Iterator[Article | Failure]:
    """The articles of files and folders.

    Paths come in the order given, a folder's files sorted by their path in it. An article's id is the one that its
    source gives; else the file's path below the given folder (its name, for a file that was given itself) without
    the ending; else, for one of many in a JSON file, a hash of its address or words. Raises nothing.
    """
    for found in files(paths):
        if isinstance(found, Failure):
            yield found
        else:
            yield from read_file(found)


def files(paths: Iterable[str | Path]) -> Iterator[Found | Failure]:
    """The files that `read` reads, in its order."""
    return walk(paths, ENDINGS)


def read_bytes(name: str, data: bytes) -> Iterator[Article | Failure]:
    """The articles of a file that came by another way than the disk, as an upload; `name` is its name with ending."""
    last = name.encode("utf-8", "replace").decode().replace("\\", "/").rsplit("/", 1)[-1]
    if ending(last) not in ENDINGS:
        yield Failure(last or name, f"unknown ending (articles are read from {' '.join(sorted(ENDINGS))})")
    else:
        yield from _stream(last, os.path.splitext(last)[0], ending(last), io.BytesIO(data), len(data))


def read_file(found: Found) -> Iterator[Article | Failure]:
    """The articles of one file."""
    path = shown(found.path)
    try:
        with found.path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            yield from _stream(path, found.default_id, ending(found.path.name), stream, size)
    except OSError as error:
        yield unreadable(path, error)


def _stream(path: str, default_id: str, kind: str, stream: BinaryIO, size: int) -> Iterator[Article | Failure]:
    """One bad file never stops the queue: what a parser makes of hostile bytes can't be foreseen, so all is caught."""
    try:
        if kind in _LINES:
            yield from read_lines(path, stream)
            return
        data = stream.read(LIMIT + 1) if size <= LIMIT else b""
        if max(size, len(data)) > LIMIT:
            yield too_large(path, max(size, len(data)))
        elif not data.strip():
            yield Failure(path, EMPTY if not data else "only white space in the file")
        elif kind == ".json":
            yield from read_json(path, default_id, data)
        else:
            yield _ONE_ARTICLE[kind](path, default_id, data)
    except OSError as error:
        yield unreadable(path, error)
    except Exception as error:
        yield Failure(path, f"can't be read ({type(error).__name__}: {error})")
