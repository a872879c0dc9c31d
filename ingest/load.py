"""Articles into the archive: catalogue and words first, statements and vectors after.

The order makes it safe to stop anywhere. The catalogue takes all of an article or nothing of it; the derived stores
are filled from what the catalogue says they lack, so the next ingest finishes whatever a crash left.
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

from ingest.derive import drop_gone, embed, finish_statements, index_words, renew_vectors, renew_words
from ingest.read import Failure, Found, files, read_bytes, read_file
from ingest.read.walk import shown
from ingest.report import Progress, Report
from ingest.split import split
from rag.archive import Archive
from rag.domain import Article, Passage
from rag.embedding import count_pieces
from rag.holdings import Holdings
from rag.stores.catalogue import content_hash
from rag.text import terms

COMMIT = 256  # articles a transaction
UPLOAD = "upload"
"""Where an article comes from that a browser sent: no file that could be looked into again."""
_UNNAMED = "\n"
"""Stands for the id of an article that is named for its place, where the place isn't known."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One thing that was read, and where."""

    file: str
    """The whole path, or `UPLOAD`."""
    name: str
    """What a reader calls it."""
    article: Article


@dataclass(slots=True)
class _Sorted:
    """The articles of one run by what becomes of them."""

    paths: tuple[str, ...] = ()
    """The whole paths that are read."""
    prune: bool = False
    added: dict[str, None] = field(default_factory=dict)
    updated: dict[str, None] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    older: dict[str, _Read] = field(default_factory=dict)
    """Texts that the archive held before the present one: a file may list an article's versions."""
    files: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """File → the mark of its bytes, and article id → hash of its content."""
    inside: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """Files that were looked into for what else they hold → ids of their articles; None: that can't be told."""


def ingest(
    paths: str | Path | Iterable[str | Path],
    archive: Archive,
    progress: Callable[[Progress], None] | None = None,
    prune: bool = False,
    processes: int | None = None,
) -> Report:
    """Takes a file or folder, or several, into the archive.

    An article is known by its id. The same content again changes nothing and embeds nothing; another content is
    the article's next version, unless it is an unrelated text in another file: that one is refused. `prune` also removes
    the articles that an earlier ingest read from files under these paths and that are no longer there, unless a file that
    may hold some can't be read. `processes` is how many parse at once, by default one a core.

    Raises:
        ArchiveError: another ingest is running in this archive.
    """
    begun = time.perf_counter()
    tell = progress or (lambda _: None)
    holdings = archive.holdings
    paths = [paths] if isinstance(paths, str | Path) else list(paths)
    with holdings.writing():
        index_words(holdings)
        holdings.catalogue.name_by_file()
        run = _Sorted(tuple(_whole(path) for path in paths), prune)
        seen: set[str] = set()
        for path in paths:
            _take_in_stream(_changed(path, holdings, run, seen), holdings, run, tell, seen)
        gone: list[str] = []
        unsure = prune and any(f.may_hold_articles for f in run.failed)
        if prune and not unsure:
            known = set().union(*map(holdings.catalogue.ids_under, run.paths))
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
        _take_in_stream(_uploaded(files, run), holdings, run, tell, set())
        _restore(holdings, run)
        drop_gone(holdings)
        finish_statements(holdings, run.failed, tell, 1)
        embed(holdings, tell)
    return Report(
        tuple(run.added), tuple(run.updated), tuple(run.unchanged), (), tuple(run.failed), time.perf_counter() - begun
    )


def rebuild(archive: Archive, progress: Callable[[Progress], None] | None = None) -> None:
    """Makes the derived stores anew from the catalogue. The archive can be asked meanwhile."""
    holdings = archive.holdings
    with holdings.writing():
        gone = holdings.catalogue.gone()
        renew_words(holdings)
        renew_vectors(holdings, progress or (lambda _: None))
        holdings.catalogue.forget(gone)


def split_article(article: Article) -> list[Passage]:
    """The article's passages, by the word pieces of the bundled model."""
    return split(article, count_pieces)


def _whole(path: str | Path, below: Path | None = None) -> str:
    """The whole path of a file or folder that is read; `below` it, what lies behind links keeps the link's name."""
    whole = Path(path).resolve()
    return shown(whole if below is None or below == Path(path) else whole / below.relative_to(path))


def _under(file: str, path: str) -> bool:
    return file == path or file.startswith(path.rstrip(os.sep) + os.sep)


def _changed(path: str | Path, holdings: Holdings, run: _Sorted, seen: set[str]) -> Iterator[_Read]:
    """What the files hold, but not of those whose very bytes were read before and whose articles the archive holds."""
    for found in files([path]):
        if isinstance(found, Failure):
            run.failed.append(found)
            continue
        file = _whole(path, found.path)
        mark = _mark(found.path)
        before = holdings.catalogue.file(file) if mark else None
        if before and before[0] == mark and not run.added and not run.updated and _held(holdings, before[1]):
            run.unchanged.extend(before[1])
            seen.update(before[1])
            for id in before[1]:
                run.older.pop(id, None)
            _adopt(holdings, run, before[1], file)
            continue
        articles: dict[str, str] = {}
        whole = bool(mark)
        for item in read_file(found):
            if isinstance(item, Failure):
                whole = False
                run.failed.append(item)
            else:
                articles[item.id] = content_hash(item)
                yield _Read(file, shown(found.path), item)
        if whole:
            run.files[file] = (mark, articles)


def _uploaded(files: Iterable[tuple[str, bytes]], run: _Sorted) -> Iterator[_Read]:
    for name, data in files:
        for item in read_bytes(name, data):
            if isinstance(item, Failure):
                run.failed.append(item)
            else:
                yield _Read(UPLOAD, name, item)


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
    for file, (mark, articles) in run.files.items():
        if _held(holdings, articles):
            holdings.catalogue.put_file(file, mark, articles)


def _take_in_stream(
    stream: Iterator[_Read], holdings: Holdings, run: _Sorted, tell: Callable[[Progress], None], seen: set[str]
) -> None:
    new = _new(stream, holdings, run, seen)
    while batch := list(islice(new, COMMIT)):
        _store(batch, holdings, run)
        tell(Progress("articles", len(run.added) + len(run.updated) + len(run.unchanged), None))


def _new(stream: Iterable[_Read], holdings: Holdings, run: _Sorted, seen: set[str]) -> Iterator[_Read]:
    """The articles whose content the archive doesn't hold; the others are noted in `run`."""
    coming: dict[str, _Read] = {}  # articles that wait in a batch
    came: set[str] = set()  # ids whose content came in this run
    here: set[str] = set()  # and those whose content was met in it as the archive holds it
    known: dict[str, str] = {}  # content of this run → id
    waiting = 0
    catalogue = holdings.catalogue
    for read in stream:
        item = read.article
        mark = content_hash(item)
        held = coming[item.id].article if item.id in coming else catalogue.article(item.id)
        same = known.get(mark) or catalogue.with_content(mark)
        seen.update((item.id, same or item.id))
        if held is not None and mark == (held.content_hash or content_hash(held)):
            run.unchanged.append(item.id)
            run.older.pop(item.id, None)
            here.add(item.id)
            if item.id not in came:
                _adopt(holdings, run, [item.id], read.file)
        elif held is None and same is not None:
            run.unchanged.append(same)  # the same file under another folder's name
            if same not in came:
                _adopt(holdings, run, [same], read.file)
        elif held and _unrelated(item, held) and (item.id in here or not _its_own(read, holdings, run)):
            run.failed.append(_taken(read, held, _gone(read, holdings, run)))
        elif item.id not in came and catalogue.was_version(item.id, mark):
            run.older[item.id] = read
        else:
            run.older.pop(item.id, None)
            coming[item.id] = read
            came.add(item.id)
            here.add(item.id)
            known[mark] = item.id
            waiting += 1
            yield read
            if waiting == COMMIT:  # the batch is stored by now
                coming.clear()
                waiting = 0


def _its_own(read: _Read, holdings: Holdings, run: _Sorted) -> bool:
    """Whether the archive has the article of this id from just the file that was read, so that whatever stands there now
    is its next version. With `prune`, a file takes the place of one that is gone."""
    origin = holdings.catalogue.origin_of(read.article.id)
    if origin is None or UPLOAD in (origin, read.file):
        return False
    if os.path.isdir(origin):  # an archive of an earlier version, which kept the folder alone
        return _under(read.file, origin)
    if origin == read.file or (run.prune and _gone(read, holdings, run)):
        return True
    return os.path.exists(origin) and os.path.samefile(origin, read.file)


def _gone(read: _Read, holdings: Holdings, run: _Sorted) -> bool:
    """Whether the article of this id came from under the paths that are read and isn't in its file any more."""
    id, origin = read.article.id, holdings.catalogue.origin_of(read.article.id)
    if origin is None or not any(_under(origin, path) for path in run.paths):
        return False
    return not os.path.isdir(origin) and not _holds(origin, id, holdings, run)


def _adopt(holdings: Holdings, run: _Sorted, ids: Iterable[str], file: str) -> None:
    """Notes that articles now come from this file, where the one that they came from doesn't hold them any more: pruning
    where they were must not remove them."""
    for id, origin in holdings.catalogue.origins(ids).items():
        if origin != file and (origin is None or not _holds(origin, id, holdings, run)):
            holdings.catalogue.set_origin(id, file)


def _holds(file: str, id: str, holdings: Holdings, run: _Sorted) -> bool:
    """Whether the file is there and has an article of this id, as far as that can be told."""
    if file not in run.inside:
        run.inside[file] = _ids_in(file, holdings, run)
    ids = run.inside[file]
    return ids is None or id in ids


def _ids_in(file: str, holdings: Holdings, run: _Sorted) -> frozenset[str] | None:
    path = Path(file)
    if file == UPLOAD or not path.is_file():
        return frozenset()
    mark, articles = run.files.get(file) or holdings.catalogue.file(file) or ("", {})
    if mark and mark == _mark(path):
        return frozenset(articles)
    found = list(read_file(Found(path, _UNNAMED)))
    ids = frozenset(item.id for item in found if isinstance(item, Article))
    return None if _UNNAMED in ids or any(isinstance(item, Failure) for item in found) else ids


def _taken(read: _Read, held: Article, gone: bool) -> Failure:
    reason = f'its id "{read.article.id}" belongs to another article, "{held.title}"; give it an id of its own or rename the file'
    if gone:
        reason += " (that one's file is gone: pruning lets this one take its place)"
    # it was read, so it stands in no way of pruning
    return Failure(read.name, reason, f'"{read.article.title}"', may_hold_articles=False)


def _unrelated(article: Article, held: Article) -> bool:
    """Two texts of which neither can be a version of the other: under one id, one of them would vanish."""
    mine, other = set(terms(article.text)), set(terms(held.text))
    return held.title != article.title and len(mine & other) <= 0.3 * min(len(mine), len(other))


def _store(batch: Sequence[_Read], holdings: Holdings, run: _Sorted) -> None:
    with holdings.catalogue.transaction():
        for read in batch:
            article = read.article
            known = holdings.catalogue.hash_of(article.id) is not None
            holdings.catalogue.put(article, split_article(article), origin=read.file)
            if not (known and article.id in run.added):
                (run.updated if known else run.added)[article.id] = None
    index_words(holdings)


def _restore(holdings: Holdings, run: _Sorted) -> None:
    """A file that holds nothing but an earlier version of an article takes the article back to it."""
    for read in run.older.values():
        _store([read], holdings, run)
