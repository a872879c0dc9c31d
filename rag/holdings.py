"""What an archive holds: its stores and its embedder, under one folder. Everything that reads takes this."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import filelock

from rag.embedding import Embedder, Vectors
from rag.errors import ArchiveError
from rag.stores.catalogue import Catalogue
from rag.stores.words import Words
from rag.who import Who

if TYPE_CHECKING:
    from rag.stores.vectors import VectorIndex


class Reranker(Protocol):
    """Reads a question and passages together."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number a text, higher is better."""
        ...


_VECTORS = "vectors written"
"""Of the catalogue's notes: the mark of the last ingest that changed the vector index."""


class Holdings:
    """The stores of one archive folder.

    Raises:
        ArchiveError: the folder can't be used; the message says why.
    """

    def __init__(self, folder: Path, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self.folder = folder
        self.reranker = reranker
        self.embedder = embedder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise ArchiveError(f"The archive folder {folder} can't be made: {e.strerror}.") from e
        self.catalogue = Catalogue(folder / "catalogue.sqlite")
        self.embed_question = lru_cache(maxsize=256)(self._embed_question)
        """One text to its unit vector; the last few are kept, since a question is measured several times."""
        self._lock = threading.Lock()
        self._who: tuple[int, Who] | None = None

    def close(self) -> None:
        """Lets go of the files."""
        self.catalogue.close()

    def _embed_question(self, text: str) -> Vectors:
        vector: Vectors = self.embedder.embed([text])[0]
        return vector

    @property
    def who(self) -> Who:
        """The people as questions name them; read anew when the archive has changed."""
        changes = self.catalogue.changes()
        with self._lock:
            if self._who is None or self._who[0] != changes:
                self._who = (changes, Who(self.catalogue.people()))
            return self._who[1]

    @cached_property
    def words(self) -> Words:
        return Words(self.folder / "words")

    @property
    def vectors(self) -> VectorIndex:
        """Opened anew when an ingest in another process is through."""
        self._vectors.see(self.catalogue.meta(_VECTORS))
        return self._vectors

    @cached_property
    def _vectors(self) -> VectorIndex:
        from rag.stores.vectors import VectorIndex

        return VectorIndex(self.folder / "vectors", self.catalogue.meta(_VECTORS))

    @property
    def has_vectors(self) -> bool:
        """Whether there are vectors of this very embedder; without them words alone answer."""
        return self.catalogue.meta("embedder") == self.embedder.name

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Only one ingest at a time, across processes.

        Raises:
            ArchiveError: another one is running, or the folder can't be written.
        """
        lock = filelock.FileLock(self.folder / "ingest.lock")
        try:
            held = lock.acquire(timeout=0)
        except filelock.Timeout as e:
            raise ArchiveError(f"Another ingest is writing to {self.folder}; try again when it is done.") from e
        except OSError as e:
            raise ArchiveError(f"The archive {self.folder} can't be written: {e.strerror}.") from e
        with held:
            try:
                yield
            finally:  # of one that breaks off, too, others are to see what it wrote
                self._mark_vectors()

    def _mark_vectors(self) -> None:
        if "_vectors" in self.__dict__ and self._vectors.written:
            mark = uuid.uuid4().hex
            self._vectors.leave(mark)
            try:
                self.catalogue.set_meta(_VECTORS, mark)
            except ArchiveError:
                self._vectors.written = True
                raise

    def match_embedder(self) -> None:
        """Vectors of another model can't be compared with this one's: they are thrown away, to be made anew."""
        made_by = self.catalogue.meta("embedder")
        if made_by != self.embedder.name:
            if made_by is not None:
                self.vectors.reset()
                self.catalogue.mark_all("vectors", False)
                self.catalogue.drop_sentence_vectors()
            self.catalogue.set_meta("embedder", self.embedder.name)

    def reset_vectors(self) -> None:
        """Empties the vector index, which others may have open; one that is past opening or emptying is deleted."""
        try:
            self.vectors.reset()
        except ArchiveError:
            self.__dict__.pop("_vectors", None)
            shutil.rmtree(self.folder / "vectors", ignore_errors=True)

    def delete_words(self) -> None:
        """Deletes a word index that is past opening."""
        shutil.rmtree(self.folder / "words", ignore_errors=True)
