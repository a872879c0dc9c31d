"""Retrieval: passages by words, by meaning, and by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag import ranking
from rag.domain import Filters, Hit, Passage
from rag.embedding import Vectors
from rag.holdings import Holdings, Reranker
from rag.ranking import Wording

FEW = 2000  # passages that filters may leave for each one's vector to be compared
WIDE = 1000  # nearest passages that are filtered first where they leave more
WIDEST = 10_000  # best by words, or nearest, that are filtered before all passages are looked up that filters leave
HELD = 2000  # vectors that are held at a time
DEPTH = 60  # candidates that words and meaning each give, at least
STORIES = 8  # stories all of whose passages are candidates
RERANKED = 30  # candidates that a reranker reads, where there is one
READ = 40  # candidates whose text is looked at


class Retriever(Protocol):
    """Any way to find passages."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        """The k best passages, best first; fewer where there are fewer, none for an empty query or a k below 1."""
        ...


class _Ranked:
    """Numbers of passages to hits: what the catalogue doesn't hold as indexed is dropped."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings

    def hits(self, found: Sequence[tuple[int, float]], k: int, filters: Filters) -> list[Hit]:
        held = self.held([id for id, _ in found], filters)
        best = [(held[id], score) for id, score in found if id in held][: max(0, k)]
        articles = self.holdings.catalogue.articles_by_key({key for (_, key), _ in best})
        return [Hit(passage, score, articles[key]) for (passage, key), score in best]

    def among(self, filters: Filters) -> list[int] | None:
        """The passages that filters leave; None where they leave all, or so many that the candidates are better looked
        at one by one (`left`)."""
        if not filters:
            return None
        numbers = self.holdings.catalogue.passage_numbers(filters, self._persons(filters), FEW + 1)
        return numbers if len(numbers) <= FEW else None

    def left(self, found: Sequence[tuple[int, float]], filters: Filters) -> list[tuple[int, float]]:
        """Of ranked passages those that the filters let through."""
        held = self.held([id for id, _ in found], filters)
        return [s for s in found if s[0] in held]

    def held(self, ids: Sequence[int], filters: Filters) -> dict[int, tuple[Passage, int]]:
        """Of these passages those that the catalogue holds as indexed and the filters let through."""
        return self.holdings.catalogue.passages(ids, filters, self._persons(filters))

    def every(self, filters: Filters) -> list[int]:
        """All passages that the filters let through."""
        return self.holdings.catalogue.passage_numbers(filters, self._persons(filters))

    def _persons(self, filters: Filters) -> list[int] | None:
        return [p.id for p in self.holdings.who.named(filters.speaker)] if filters.speaker else None


class ByWords(_Ranked):
    """BM25 over Tantivy."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        with self.holdings.catalogue.reading():
            return self.hits(self.rank(query, 2 * k + 10, self.among(filters), filters), k, filters)

    def rank(
        self, query: str, depth: int, among: Sequence[int] | None, filters: Filters = Filters()
    ) -> list[tuple[int, float]]:
        words = self.holdings.words
        if among is not None or not filters:
            return words.search(query, depth, among)
        looked = 2 * depth
        while looked <= WIDEST:
            found = words.search(query, looked)
            left = self.left(found, filters)
            if len(left) >= depth or len(found) < looked:
                return left[:depth]
            looked *= 8
        return words.search(query, depth, self.every(filters))


class ByMeaning(_Ranked):
    """Nearest vectors in Chroma."""

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        with self.holdings.catalogue.reading():
            return self.hits(self.rank(query, 2 * k + 10, self.among(filters), filters), k, filters)

    def rank(
        self, query: str, depth: int, among: Sequence[int] | None, filters: Filters = Filters()
    ) -> list[tuple[int, float]]:
        if not query.strip() or not self.holdings.has_vectors:
            return []  # no vectors yet, or another model's: words alone still answer
        vector = self.holdings.embed_question(query)
        if among is not None:
            return self._nearest_of(vector, among, depth)
        if not filters:
            return self.holdings.vectors.search(vector, depth)
        looked = max(WIDE, depth)
        while looked <= WIDEST:
            found = self.holdings.vectors.search(vector, looked)
            left = self.left(found, filters)
            if len(left) >= depth or len(found) < looked:
                return left[:depth]
            looked *= 8
        return self._nearest_of(vector, self.every(filters), depth)

    def _nearest_of(self, vector: Vectors, among: Sequence[int], depth: int) -> list[tuple[int, float]]:
        """The nearest of these passages."""
        best: list[tuple[int, float]] = []
        for i in range(0, len(among), HELD):
            vectors = self.holdings.vectors.get(among[i : i + HELD])
            scores = [*best, *((id, float(v @ vector)) for id, v in vectors.items())]
            best = sorted(scores, key=lambda s: (-s[1], s[0]))[:depth]
        return best


class Hybrid(_Ranked):
    """Candidates of words, of meaning and of the stories that match as a whole, put in order by `rag.ranking`."""

    def __init__(self, holdings: Holdings) -> None:
        super().__init__(holdings)
        self.by_words = ByWords(holdings)
        self.by_meaning = ByMeaning(holdings)

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        with self.holdings.catalogue.reading():
            return self._search(query, k, filters)

    def _search(self, query: str, k: int, filters: Filters) -> list[Hit]:
        if k < 1:
            return []
        depth = max(DEPTH, 2 * k)
        among = self.among(filters)
        words = dict(self.by_words.rank(query, depth, among, filters))
        meaning = self.by_meaning.rank(query, depth, among, filters)
        stories = [key for key, _ in self.holdings.words.stories(query, STORIES)] if words else []
        inside = self.holdings.catalogue.passages_in(stories)
        ids = list(
            dict.fromkeys(
                [*words, *(id for id, _ in meaning), *(id for key in stories for id, _ in inside.get(key, ()))]
            )
        )
        held = self.held(ids, filters)
        kept = [id for id in ids if id in held]
        if not kept:
            return []
        if self.holdings.reranker is None or not query.strip():
            return self._ordered(query, kept, held, words, k)
        return reranked(self.holdings.reranker, query, self._ordered(query, kept, held, words, max(RERANKED, k)))[:k]

    def _ordered(
        self,
        query: str,
        ids: Sequence[int],
        held: Mapping[int, tuple[Passage, int]],
        words: Mapping[int, float],
        k: int,
    ) -> list[Hit]:
        """The candidates by all that is known of them; the text is read only of those that lead without it."""
        store = self.holdings.words
        wording = Wording.of(query, store.content(query), store.rarity)
        keys = [held[id][1] for id in ids]
        stories = dict(store.stories(query, len(keys), sorted(set(keys))))
        whole = sum(store.rarity_in_stories(t) for t in wording.rarity) or 1.0
        nearest = self._nearest(query, ids)
        features = {
            "sentence": nearest,
            "article": ranking.best_of_article(keys, nearest),
            "words": _column([words.get(id, 0.0) / wording.total for id in ids]),
            "story": _column([stories.get(key, 0.0) / whole for key in keys]),
            "early": _column([ranking.early(held[id][0].start) for id in ids]),
        }
        score = ranking.weighted(features)
        order = sorted(range(len(ids)), key=lambda n: (-score[n], ids[n]))
        best = order[: max(READ, k)]
        articles = self.holdings.catalogue.articles_by_key({keys[n] for n in best})
        read = [wording.read(articles[keys[n]].cut(held[ids[n]][0].span)) for n in best]
        columns = dict(zip(("covered", "pairs", "holds"), (_column(c) for c in zip(*read, strict=True)), strict=True))
        final = score[best] + ranking.weighted(columns)
        placed = sorted(range(len(best)), key=lambda i: (-final[i], ids[best[i]]))[:k]
        return [Hit(held[ids[best[i]]][0], float(final[i]), articles[keys[best[i]]]) for i in placed]

    def _nearest(self, query: str, ids: Sequence[int]) -> NDArray[np.float32]:
        """Cosine of the query to each passage's nearest sentence; what has no vectors yet gets the mean of the rest."""
        if not query.strip() or not self.holdings.has_vectors:
            return np.zeros(len(ids), np.float32)
        asked = self.holdings.embed_question(query)
        inside = self.holdings.catalogue.sentence_vectors(ids, len(asked))
        found = {id: float((vectors @ asked).max()) for id, vectors in inside.items() if len(vectors)}
        usual = sum(found.values()) / len(found) if found else 0.0
        return _column([found.get(id, usual) for id in ids])


def reranked(reranker: Reranker, query: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in the reranker's order, with its scores; of equal ones the earlier first."""
    scores = reranker.scores(query, [hit.text for hit in hits]) if hits else []
    placed = sorted(range(len(hits)), key=lambda n: -scores[n])
    return [replace(hits[n], score=scores[n]) for n in placed]


def reranker_for(model: str | None) -> Reranker | None:
    """The cross-encoder of this name, a folder or a hub name; None for None."""
    if model is None:
        return None
    from rag.sentence_models import CrossEncoderReranker

    return CrossEncoderReranker(model)


def _column(values: Sequence[float]) -> NDArray[np.float32]:
    return np.asarray(values, np.float32)
