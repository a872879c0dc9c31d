"""The vector index: Chroma, embedded and persistent. The only file that knows chromadb.

Derived from the catalogue and rebuilt from it at any time. Chroma keeps passage numbers and vectors alone: the text
stays in the catalogue, so that the two can't disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from rag.embedding import Vectors
from rag.errors import ArchiveError

_COLLECTION = "passages"


class VectorIndex:
    """Passages by their meaning.

    Raises:
        ArchiveError: the index is damaged; `python -m ingest --rebuild` makes it anew.
    """

    def __init__(self, folder: Path) -> None:
        import chromadb  # late: the import alone takes longer than a question by words
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False, allow_reset=True)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
            self._collection = self._create()
        except Exception as e:  # Chroma raises its Rust core's errors as plain Exceptions
            raise ArchiveError(
                f"The vector index {folder} can't be read ({e}); python -m ingest --rebuild makes it anew."
            ) from e

    def _create(self) -> Any:
        return self._client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 100}},
        )

    def add(self, passages: Sequence[int], articles: Sequence[int], vectors: Vectors) -> None:
        """Takes in unit vectors, shape (len(passages), size); the same number again replaces."""
        step = self._client.get_max_batch_size()
        for i in range(0, len(passages), step):
            part = slice(i, i + step)
            self._collection.upsert(
                ids=[str(p) for p in passages[part]],
                embeddings=vectors[part],
                metadatas=[{"article": a} for a in articles[part]],
            )

    def drop(self, articles: Sequence[int]) -> None:
        for i in range(0, len(articles), 500):
            self._collection.delete(where={"article": {"$in": list(articles[i : i + 500])}})

    def reset(self) -> None:
        """Empties the index."""
        self._client.delete_collection(_COLLECTION)
        self._collection = self._create()

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """(passage, cosine), nearest first, at most k. `vector`: one unit vector, shape (size,)."""
        if k <= 0:
            return []
        found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [(int(id), 1.0 - float(d)) for id, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def count(self) -> int:
        """Vectors held."""
        return int(self._collection.count())

    def get(self, passages: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of these passages, as far as the index holds them."""
        if not passages:
            return {}
        found = self._collection.get(ids=[str(p) for p in passages], include=["embeddings"])
        return {
            int(id): cast(Vectors, np.asarray(v, np.float32))
            for id, v in zip(found["ids"], found["embeddings"], strict=True)
        }
