"""What a user would build from a tutorial, to measure beside: chunks of 1000 characters, one model, top k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.domain import Article
from rag.embedding import Embedder, Vectors

CHUNK, OVERLAP = 1000, 200  # characters, as in LangChain's own tutorials


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an article, as a text of its own."""

    article_id: str
    text: str
    start: int
    """Where it stands in the article's text."""


def chunks(articles: Sequence[Article]) -> list[Chunk]:
    """Every article's text, cut as the tutorials cut it."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    cut = splitter.create_documents([a.text for a in articles], [{"id": a.id} for a in articles])
    return [Chunk(d.metadata["id"], d.page_content, d.metadata["start_index"]) for d in cut]


def embedded(pieces: Sequence[Chunk], embedder: Embedder, batch: int = 256) -> Vectors:
    """Unit vectors of the chunks, shape (len(pieces), size)."""
    texts = [p.text for p in pieces]
    return np.concatenate([embedder.embed(texts[i : i + batch]) for i in range(0, len(texts), batch)])


def nearest(vectors: Vectors, asked: Vectors, k: int) -> list[tuple[int, float]]:
    """(chunk, cosine), nearest first: exact, so that no approximate index is to blame."""
    scores = vectors @ asked
    best = np.argsort(-scores, kind="stable")[:k]
    return [(int(i), float(scores[i])) for i in best]


def reciprocal_ranks(rankings: Sequence[Sequence[tuple[int, float]]], k: int = 60) -> list[tuple[int, float]]:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009), as hybrid search does by default."""
    total: dict[int, float] = {}
    for ranking in rankings:
        for place, (id, _) in enumerate(ranking, 1):
            total[id] = total.get(id, 0.0) + 1 / (k + place)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))
