"""What makes a passage a likely answer: features, their weights, one sum. Pure functions.

The measures are on scales that don't depend on the archive's size (cosines; BM25 as a share of what the question's
words could reach), so that one set of weights fits a small archive and a large one, and a few candidates suffice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from rag import answer_types
from rag.answer_types import AnswerType
from rag.text import stem, unaccented

Column = NDArray[np.float32]
_TOKEN = re.compile(r"[^\W_]+")  # as Tantivy's own tokenizer cuts

WEIGHTS: Mapping[str, float] = {
    "sentence": 6.0,  # cosine of the question to the passage's nearest sentence
    "article": 4.0,  # the same for the nearest sentence of all candidates from its article
    "words": 0.2,  # BM25 of the passage, as a share
    "story": 2.4,  # BM25 of its whole article, as a share
    "early": 1.8,  # news tells the most important first; 1 at the article's beginning, 1/2 after `EARLY` characters
    "covered": 4.0,  # share of the question's words, by rarity, in the passage
    "pairs": 0.8,  # neighbours in the question that are neighbours in the passage, by rarity
    "holds": 0.9,  # something of the kind that is asked for, and how much of it
}
"""Round numbers, chosen from a grid on development questions of two kinds (short ones on single stories, news-quiz ones
over many), so that neither kind loses; on other questions expect somewhat less. Without `early` one kind lost five points
in a hundred."""
EARLY = 800
MANY = 5
"""So many candidates for an answer are as good as more."""


def early(start: int) -> float:
    return 1 / (1 + start / EARLY)


def best_of_article(articles: Sequence[int], values: Column) -> Column:
    """For each candidate the highest value among the candidates of its article."""
    best: dict[int, float] = {}
    for article, value in zip(articles, values.tolist(), strict=True):
        best[article] = max(best.get(article, -1.0), value)
    return np.asarray([best[a] for a in articles], np.float32)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words with their rarity (inverse document frequency), and which of them are neighbours."""

    rarity: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    kind: AnswerType | None

    @staticmethod
    def of(question: str, content: Sequence[str], rarity: Callable[[str], float]) -> Wording:
        """`content`: the stems that are looked for; `rarity`: of a stem."""
        weights = {t: rarity(t) for t in content}
        pairs = {
            (a, b): max(weights.get(a, 0.0), weights.get(b, 0.0))
            for a, b in pairwise(_stems(question))
            if a in weights or b in weights
        }
        return Wording(weights, pairs, answer_types.asked_for(question))

    @property
    def total(self) -> float:
        return sum(self.rarity.values()) or 1.0

    def read(self, text: str) -> tuple[float, float, float]:
        """("covered", "pairs", "holds") of a passage's text."""
        stems = _stems(text)
        there = set(pairwise(stems)) & self.pairs.keys()
        # summed in one order: a set's own differs from run to run, and with it the last digit
        pairs = sum(self.pairs[p] for p in sorted(there)) / 10
        count = sum(1 for _ in islice(answer_types.candidates(self.kind, text, self.rarity), MANY))
        holds = (1.5 + count) / (1.5 + MANY) if count else 0.0
        held = set(stems)
        return sum(weight for t, weight in self.rarity.items() if t in held) / self.total, pairs, holds


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    """Kept for some thousand passages: the same ones lead for many questions."""
    tokens = "\n".join(_TOKEN.findall(unaccented(text))).lower()  # all at once: faster than one by one
    return tuple(map(stem, tokens.split("\n"))) if tokens else ()


def weighted(features: Mapping[str, Column]) -> Column:
    """The sum of the features by `WEIGHTS`, shape (candidates,)."""
    return np.asarray(sum(WEIGHTS[name] * column for name, column in features.items()), np.float32)
