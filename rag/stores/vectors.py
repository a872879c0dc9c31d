"""The vector index: Chroma, embedded and persistent. The only file that knows chromadb.

Derived from the catalogue and rebuilt from it at any time. Chroma keeps passage numbers and vectors alone: the text
stays in the catalogue, so that the two can't disagree.

Chroma's compiled core is spoken to itself, as `chromadb.api.rust` does: importing the Python client around it takes
longer than all else that a first question needs. What it writes is an ordinary Chroma folder, for
`chromadb.PersistentClient` to open.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from rag.embedding import Vectors
from rag.errors import ArchiveError

_COLLECTION = "passages"
_AT = ("default_tenant", "default_database")
_CONFIGURATION = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 100},
    "embedding_function": {"type": "legacy"},  # none: the vectors are made here
}
_OPEN_INDEXES = 16  # that Chroma keeps in memory; there is one

_T = TypeVar("_T")


class _Core:
    """Chroma's core over one folder, and its collection there. It has read what was written up to these marks, and
    doesn't see what another process writes after that."""

    def __init__(self, folder: Path, marks: Iterable[str | None]) -> None:
        from chromadb_rust_bindings import Bindings, MigrationHash, MigrationMode, SqliteDBConfig

        self.marks = set(marks)
        folder.mkdir(parents=True, exist_ok=True)
        database = SqliteDBConfig(
            hash_type=MigrationHash.MD5, migration_mode=MigrationMode.Apply, url=str(folder / "chroma.sqlite3")
        )
        self.chroma: Any = Bindings(
            allow_reset=True, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=_OPEN_INDEXES
        )
        self.collection = self.create()
        self.file = _file(folder)

    def create(self) -> str:
        made = self.chroma.create_collection(_COLLECTION, json.dumps(_CONFIGURATION), None, None, True, *_AT)
        return str(made.id)


def _file(folder: Path) -> tuple[int, int] | None:
    """Which file Chroma's database is: another one under its name, or none, means that the folder was deleted."""
    try:
        found = os.stat(folder / "chroma.sqlite3")
    except OSError:
        return None
    return found.st_dev, found.st_ino


_cores: WeakValueDictionary[Path, _Core] = WeakValueDictionary()
"""One of each folder for all who have it open in this process: a second one wouldn't see what the first one adds."""
_opening = threading.Lock()


class VectorIndex:
    """Passages by their meaning.

    Raises:
        ArchiveError: the index is damaged (so do `search`, `get` and `count`); `python -m ingest --rebuild` makes it anew.
            Or it can't be written; the message says why.
    """

    def __init__(self, folder: Path, mark: str | None = None) -> None:
        self._folder, self._mark = folder.resolve(), mark
        self.written = False
        """Whether anything was added or dropped here that no mark tells of."""
        try:
            self._core = self._open()
        except Exception as e:  # the core raises plain Exceptions and its own
            raise self._damaged(e) from e

    def leave(self, mark: str) -> None:
        """Tells that all that was written here carries this mark from now on: for other processes to `see`."""
        self._core.marks.add(mark)
        self.written = False

    def see(self, mark: str | None) -> None:
        """Opens the index anew unless what carries this mark has been read or was written in this process; and where its
        folder was deleted."""
        if mark in self._core.marks and self._core.file == _file(self._folder):
            return
        self._mark = mark
        try:
            self._core = self._open()
        except Exception as e:
            raise self._damaged(e) from e

    def add(self, passages: Sequence[int], articles: Sequence[int], vectors: Vectors) -> None:
        """Takes in unit vectors, shape (len(passages), size); the same number again replaces."""
        self.written = True
        step = self._core.chroma.get_max_batch_size()
        for i in range(0, len(passages), step):
            part = slice(i, i + step)
            ids, about = [str(p) for p in passages[part]], [{"article": a} for a in articles[part]]
            with self._writing():
                self._core.chroma.upsert(self._core.collection, ids, list(vectors[part]), about, None, None, *_AT)

    def drop(self, articles: Sequence[int]) -> None:
        self.written = True
        for i in range(0, len(articles), 500):
            where = json.dumps({"article": {"$in": list(articles[i : i + 500])}})
            with self._writing():
                self._core.chroma.delete(self._core.collection, None, where, None, None, *_AT)

    def reset(self) -> None:
        """Empties the index."""
        self.written = True
        with self._writing():
            self._core.chroma.delete_collection(_COLLECTION, *_AT)
            self._core.collection = self._core.create()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A core that has failed to write is given up: it may wait for ever for a connection that it left in the middle of
        things."""
        try:
            self._renew_spent()
            yield
        except Exception as e:
            self._core.file = None
            raise ArchiveError(
                f"The vector index {self._folder} can't be written ({e}); nothing that the archive holds is lost: see"
                " whether the disk is full, and ingest again."
            ) from e

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """(passage, cosine), nearest first, of equally near ones the lower number, at most k. `vector`: one unit vector, shape
        (size,)."""
        if k <= 0:
            return []
        found = self._read(
            lambda core: core.chroma.query(core.collection, None, [vector], k, None, None, ["distances"], *_AT)
        )
        near = ((int(id), 1.0 - float(d)) for id, d in zip(found.ids[0], found.distances[0], strict=True))
        return sorted(near, key=lambda one: (-one[1], one[0]))  # Chroma's own order of equals changes from run to run

    def count(self) -> int:
        """Vectors held."""
        return int(self._read(lambda core: core.chroma.count(core.collection, *_AT)))

    def get(self, passages: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of these passages, as far as the index holds them."""
        if not passages:
            return {}
        ids = [str(p) for p in passages]
        found = self._read(
            lambda core: core.chroma.get(core.collection, ids, None, None, 0, None, ["embeddings"], *_AT)
        )
        return {int(id): np.asarray(v, np.float32) for id, v in zip(found.ids, found.embeddings, strict=True)}

    def _open(self) -> _Core:
        with _opening:
            core = _cores.get(self._folder)
            if core is not None and core.file != _file(self._folder):
                core = None
            if core is None or self._mark not in core.marks:
                core = _cores[self._folder] = _Core(self._folder, [self._mark, *(core.marks if core else ())])
            return core

    def _renew_spent(self) -> None:
        if self._core.file is None:
            self._core = self._open()

    def _read(self, what: Callable[[_Core], _T]) -> _T:
        """Opens the index anew where reading fails: another process has changed what this one has in memory."""
        try:
            self._renew_spent()
            return what(self._core)
        except Exception:
            try:
                with _opening:
                    self._core = _cores[self._folder] = _Core(self._folder, self._core.marks)
                return what(self._core)
            except Exception as e:
                raise self._damaged(e) from e

    def _damaged(self, e: Exception) -> ArchiveError:
        return ArchiveError(
            f"The vector index {self._folder} can't be read ({e}); python -m ingest --rebuild makes it anew."
        )
