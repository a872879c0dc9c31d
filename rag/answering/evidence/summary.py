"""What one article says, in its own sentences: the lead, then the sentences that stand for most of the rest.

Sentences are chosen by maximal marginal relevance (Carbonell and Goldstein 1998): near to the article as a whole, far
from what is already chosen, by the sentences' vectors. Without vectors the article's first sentences stand in: news
tell the most important first.
"""

from __future__ import annotations

import numpy as np

from rag.answering.evidence import measure
from rag.answering.evidence.measure import ENDS, Evidence, ReadArticle
from rag.domain import Question, Span
from rag.holdings import Holdings
from rag.retrieval import Hybrid
from rag.text import sentences, terms

LINES = 5
PASSAGES = 20  # whose articles compete: one with many of them is about the topic
FEWEST_WORDS, MOST_WORDS = 10, 60
"""A sentence outside these says too little alone, or is a list."""
FRESH = 0.2
"""The weight of being unlike what is already chosen, against being like the whole."""


def summarise(holdings: Holdings, question: Question) -> list[Evidence]:
    """Sentences of the article that is most about the topic, in its order; none where no article is."""
    hits = Hybrid(holdings).search(question.topic, PASSAGES, question.filters)
    weight: dict[str, float] = {}
    for rank, hit in enumerate(hits, 1):
        weight[hit.article.id] = weight.get(hit.article.id, 0.0) + 1 / rank
    if not weight:
        return []
    best = max(weight, key=lambda id: (weight[id], id))
    article = next(hit.article for hit in hits if hit.article.id == best)
    if not set(terms(question.topic)) & set(terms(f"{article.title} {article.text}")):
        return []
    (key,) = holdings.catalogue.keys_of([best]).values()
    (read,) = measure.read_articles(holdings, [key]).values()
    chosen = _central(holdings, read) or [span for span in sentences(read.article.text) if _whole(read, span)][:LINES]
    return [Evidence(read.article, (span,), None, 0.0, 0.0, 0.0, 0.0) for span in sorted(chosen)]


def _central(holdings: Holdings, read: ReadArticle) -> list[Span]:
    numbers = [number for number, _ in read.passages]
    vectors = holdings.catalogue.sentence_vectors(numbers, holdings.embedder.size) if holdings.has_vectors else {}
    placed = {
        span: vector
        for number in numbers
        if number in vectors
        for span, vector in zip(read.sentences(number), vectors[number], strict=False)
        if _whole(read, span)
    }
    if not placed:
        return []
    spans, matrix = list(placed), np.asarray(list(placed.values()), dtype=np.float32)
    centre = matrix.mean(axis=0)
    like = matrix @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    chosen = [0]  # the lead
    while len(chosen) < min(LINES, len(spans)):
        fresh = (matrix @ matrix[chosen].T).max(axis=1)
        score = (1 - FRESH) * like - FRESH * fresh
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
    return [spans[n] for n in chosen]


def _whole(read: ReadArticle, span: Span) -> bool:
    """Whether it is a sentence that can stand alone."""
    text = read.article.cut(span)
    return text[-1:] in ENDS and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
