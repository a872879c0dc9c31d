"""Retrieval: passages by words and by meaning, fused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rag.domain import Filters, Hit
from rag.fuse import fuse
from rag.holdings import Holdings

DEPTH = 50  # candidates that each ranking gives for a fused one, at least
WEIGHTS = (0.4, 0.6)  # words, meaning; chosen on development questions


class Retriever(Protocol):
    """Any way to find passages."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        """The k best passages, best first; fewer where there are fewer, none for an empty query."""
        ...


class _Ranked:
    """Numbers of passages to hits: what the catalogue doesn't hold as indexed is dropped."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings

    def hits(self, ranking: Sequence[tuple[int, float]], k: int, filters: Filters) -> list[Hit]:
        held = self.holdings.catalogue.passages([id for id, _ in ranking], filters)
        best = [(held[id], score) for id, score in ranking if id in held][:k]
        articles = self.holdings.catalogue.articles_by_key({key for (_, key), _ in best})
        return [Hit(passage, score, articles[key]) for (passage, key), score in best]

    def among(self, filters: Filters) -> list[int] | None:
        """The passages that filters leave, or None where they leave all."""
        return self.holdings.catalogue.passage_numbers(filters, self._persons(filters)) if filters else None

    def _persons(self, filters: Filters) -> list[int] | None:
        return [p.id for p in self.holdings.who.named(filters.speaker)] if filters.speaker else None


class ByWords(_Ranked):
    """BM25 over Tantivy."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        return self.hits(self.rank(query, 2 * k + 10, filters), k, filters)

    def rank(self, query: str, depth: int, filters: Filters) -> list[tuple[int, float]]:
        return self.holdings.words.search(query, depth, self.among(filters))


class ByMeaning(_Ranked):
    """Nearest vectors in Chroma."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        return self.hits(self.rank(query, 2 * k + 10, filters), k, filters)

    def rank(self, query: str, depth: int, filters: Filters) -> list[tuple[int, float]]:
        if not query.strip() or not self.holdings.has_vectors:
            return []  # no vectors yet, or another model's: words alone still answer
        vector = self.holdings.embed_question(query)
        among = self.among(filters)
        if among is None:
            return self.holdings.vectors.search(vector, depth)
        scores = [(id, float(v @ vector)) for id, v in self.holdings.vectors.get(among).items()]
        return sorted(scores, key=lambda s: (-s[1], s[0]))[:depth]


class Hybrid(_Ranked):
    """Both, fused by their scores: a retriever that holds two."""

    def __init__(self, holdings: Holdings) -> None:
        super().__init__(holdings)
        self.by_words = ByWords(holdings)
        self.by_meaning = ByMeaning(holdings)

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        depth = max(DEPTH, 2 * k)
        words = self.by_words.rank(query, depth, filters)
        meaning = self.by_meaning.rank(query, depth, filters)
        return self.hits(fuse([words, meaning], WEIGHTS), k, filters)
