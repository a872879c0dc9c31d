"""Articles into the archive: catalogue and words first, statements and vectors after.

The order makes it safe to stop anywhere. The catalogue takes an article in one transaction; the derived stores are
filled from what the catalogue says they lack, so the next ingest finishes whatever a crash left.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from ingest.derive import drop_gone, embed, finish_statements, index, index_words
from ingest.read import Failure, files, read_bytes, read_file
from ingest.report import Progress, Report
from ingest.split import split
from rag.archive import Archive
from rag.domain import Article, Passage
from rag.embedding import count_pieces
from rag.holdings import Holdings
from rag.stores.catalogue import content_hash
from rag.text import terms

COMMIT = 256  # articles a transaction


@dataclass(slots=True)
class _Sorted:
    """The articles of one run by what becomes of them."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    older: dict[str, tuple[Article, str]] = field(default_factory=dict)
    """Texts that the archive held before the present one: a file may list an article's versions."""
    files: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """Path → the mark of its bytes, and article id → hash of its content."""


def ingest(
    paths: str | Path | Iterable[str | Path],
    archive: Archive,
    progress: Callable[[Progress], None] | None = None,
    prune: bool = False,
    processes: int | None = None,
) -> Report:
    """Takes a file or folder, or several, into the archive.

    An article is known by its id. The same content again changes nothing and embeds nothing; another content is
    the article's next version. `prune` also removes the articles that an earlier ingest read from one of these paths
    and that are no longer there, unless a file that may hold some can't be read. `processes` is how many parse at
    once, by default one a core.

    Raises:
        ArchiveError: another ingest is running in this archive.
    """
    begun = time.perf_counter()
    tell = progress or (lambda _: None)
    holdings = archive.holdings
    paths = [paths] if isinstance(paths, str | Path) else list(paths)
    with holdings.writing():
        index_words(holdings)
        run = _Sorted()
        seen: set[str] = set()
        for path in paths:
            seen |= _take_in(path, holdings, run, tell)
        gone: list[str] = []
        unsure = prune and any(f.may_hold_articles for f in run.failed)
        if prune and not unsure:
            known = set().union(*(holdings.catalogue.ids_from(_origin(path)) for path in paths))
            gone = sorted(known - seen)  # an article that has moved from one path to another is still there
        _restore(holdings, run)
        holdings.catalogue.remove(gone)
        drop_gone(holdings)
        _remember(holdings, run)
        finish_statements(holdings, run.failed, tell, processes or os.cpu_count() or 1)
        embed(holdings, tell)
    return Report(
        tuple(run.added),
        tuple(run.updated),
        tuple(run.unchanged),
        tuple(gone),
        tuple(run.failed),
        time.perf_counter() - begun,
        unsure,
    )


def ingest_uploads(
    files: Iterable[tuple[str, bytes]], archive: Archive, progress: Callable[[Progress], None] | None = None
) -> Report:
    """The same for (name, content) pairs, as a browser sends them."""
    begun = time.perf_counter()
    tell = progress or (lambda _: None)
    holdings = archive.holdings
    with holdings.writing():
        run = _Sorted()
        stream = (item for name, data in files for item in read_bytes(name, data))
        _take_in_stream(stream, holdings, run, "upload", tell, set())
        _restore(holdings, run)
        drop_gone(holdings)
        finish_statements(holdings, run.failed, tell, 1)
        embed(holdings, tell)
    return Report(
        tuple(run.added), tuple(run.updated), tuple(run.unchanged), (), tuple(run.failed), time.perf_counter() - begun
    )


def rebuild(archive: Archive, progress: Callable[[Progress], None] | None = None) -> None:
    """Throws the derived stores away and makes them anew from the catalogue."""
    holdings = archive.holdings
    with holdings.writing():
        holdings.catalogue.mark_all("words", False)
        holdings.catalogue.mark_all("vectors", False)
        holdings.reset_derived()
        holdings.catalogue.forget(holdings.catalogue.gone())
        index(holdings, progress or (lambda _: None))


def split_article(article: Article) -> list[Passage]:
    """The article's passages, by the word pieces of the bundled model."""
    return split(article, count_pieces)


def _origin(path: str | Path) -> str:
    return str(Path(path).resolve())


def _take_in(path: str | Path, holdings: Holdings, run: _Sorted, tell: Callable[[Progress], None]) -> set[str]:
    seen: set[str] = set()
    origin = _origin(path)
    _take_in_stream(_changed(path, origin, holdings, run, seen), holdings, run, origin, tell, seen)
    return seen


def _changed(
    path: str | Path, origin: str, holdings: Holdings, run: _Sorted, seen: set[str]
) -> Iterator[Article | Failure]:
    """What the files hold, but not of those whose very bytes were read before and whose articles the archive holds."""
    for found in files([path]):
        if isinstance(found, Failure):
            yield found
            continue
        name = f"{origin}\n{found.path.resolve()}"
        mark = _mark(found.path)
        before = holdings.catalogue.file(name) if mark else None
        if before and before[0] == mark and not run.added and not run.updated and _held(holdings, before[1]):
            run.unchanged.extend(before[1])
            seen.update(before[1])
            continue
        articles: dict[str, str] = {}
        whole = bool(mark)
        for item in read_file(found):
            if isinstance(item, Failure):
                whole = False
            else:
                articles[item.id] = content_hash(item)
            yield item
        if whole:
            run.files[name] = (mark, articles)


def _mark(path: Path) -> str:
    """SHA-256 of the file and of the program that reads it: another one may read more out of the same bytes."""
    try:
        with path.open("rb") as stream:
            return f"{hashlib.file_digest(stream, 'sha256').hexdigest()} {_version()}"
    except OSError:
        return ""


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # run from a folder, not installed
        return "?"


def _held(holdings: Holdings, articles: Mapping[str, str]) -> bool:
    return holdings.catalogue.hashes(articles) == articles


def _remember(holdings: Holdings, run: _Sorted) -> None:
    """Notes the files whose articles the archive now holds just as they are there, so that they needn't be read again."""
    for name, (mark, articles) in run.files.items():
        if _held(holdings, articles):
            holdings.catalogue.put_file(name, mark, articles)


def _take_in_stream(
    stream: Iterator[Article | Failure],
    holdings: Holdings,
    run: _Sorted,
    origin: str | None,
    tell: Callable[[Progress], None],
    seen: set[str],
) -> None:
    new = _new(stream, holdings, run, origin, seen)
    while batch := list(islice(new, COMMIT)):
        _store(batch, holdings, run, origin)
        tell(Progress("articles", len(run.added) + len(run.updated) + len(run.unchanged), None))


def _new(
    stream: Iterable[Article | Failure], holdings: Holdings, run: _Sorted, origin: str | None, seen: set[str]
) -> Iterator[Article]:
    """The articles whose content the archive doesn't hold; the others are noted in `run`."""
    coming: dict[str, Article] = {}  # articles that wait in a batch
    came: set[str] = set()  # ids of this run
    known: dict[str, str] = {}  # content of this run → id
    waiting = 0
    catalogue = holdings.catalogue
    for item in stream:
        if isinstance(item, Failure):
            run.failed.append(item)
            continue
        mark = content_hash(item)
        held = coming.get(item.id) or catalogue.article(item.id)
        same = known.get(mark) or catalogue.with_content(mark)
        seen.update((item.id, same or item.id))
        if held is not None and mark == (held.content_hash or content_hash(held)):
            run.unchanged.append(item.id)
            run.older.pop(item.id, None)
            if origin and item.id not in came and catalogue.origin_of(item.id) != origin:
                catalogue.set_origin(item.id, origin)  # it has moved; pruning where it was must not remove it
        elif held is None and same is not None:
            run.unchanged.append(same)  # the same file under another folder's name
            if origin and same not in came and catalogue.origin_of(same) != origin:
                catalogue.set_origin(same, origin)
        elif item.id not in came and catalogue.was_version(item.id, mark):
            run.older[item.id] = (item, origin or "")
        elif held and (item.id in came or catalogue.origin_of(item.id) != origin) and _unrelated(item, held):
            reason = f'its id "{item.id}" belongs to another article, "{held.title}"; give it an id of its own or rename the file'
            run.failed.append(Failure(item.title, reason))
        else:
            run.older.pop(item.id, None)
            coming[item.id] = item
            came.add(item.id)
            known[mark] = item.id
            waiting += 1
            yield item
            if waiting == COMMIT:  # the batch is stored by now
                coming.clear()
                waiting = 0


def _unrelated(article: Article, held: Article) -> bool:
    """Two texts of which neither can be a version of the other: under one id, one of them would vanish."""
    mine, other = set(terms(article.text)), set(terms(held.text))
    return held.title != article.title and len(mine & other) <= 0.3 * min(len(mine), len(other))


def _store(batch: Sequence[Article], holdings: Holdings, run: _Sorted, origin: str | None) -> None:
    with holdings.catalogue.transaction():
        for article in batch:
            known = holdings.catalogue.hash_of(article.id) is not None
            holdings.catalogue.put(article, split_article(article), origin=origin)
            listed = run.updated if known else run.added
            if article.id not in listed and not (known and article.id in run.added):
                listed.append(article.id)
    index_words(holdings)


def _restore(holdings: Holdings, run: _Sorted) -> None:
    """A file that holds nothing but an earlier version of an article takes the article back to it."""
    for article, origin in run.older.values():
        _store([article], holdings, run, origin or None)
