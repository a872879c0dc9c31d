"""What is good enough to be the answer: pure functions over evidence.

The weights and cuts were fitted on development questions (a logistic regression for the statements, a random search
for the facts), then rounded. They are few on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.evidence import Evidence

STATEMENT = {
    "near": 1.55, "head": 0.35, "meaning": 3.5, "around": 1.35, "before": 1.0, "passage": 0.8, "article_wide": 2.85
}  # fmt: skip
ON_TOPIC = 5.45
"""Where even the best statement is under this, the person says nothing on the topic."""
KEPT = 4.35
"""A statement's own score, and NEIGHBOUR of the best one beside it, less BEST of the best one at all, must reach this:
what stands beside a good answer belongs to it rather than what stands alone."""
NEIGHBOUR, BEST = 0.4, 0.5
LITERAL = 1.0
"""What a statement loses whose paragraph lacks all the words that another's has: where the topic is named, what is
said beside it is less likely to be about it."""
CLEAR = 0.5
"""By how much one of several people of a name must score better than the next to be the one that is meant."""
ANYBODY = 0.75
"""`closest` where anybody may be the speaker: there, the whole archive competes."""
BESIDE = 500  # characters between two statements that stand beside each other
ALONE = 1.0  # what a statement with nobody beside it loses

FACT = {"own": 0.15, "near": 0.1, "head": 0.1, "meaning": 1.0, "around": 0.15, "fits": 0.13}
FACT_CUT = 0.5
"""Where even the best sentence is under this, the archive doesn't speak of it."""
FACT_LINES = 3
FACT_RELATIVE = 0.6
"""A sentence under this share of the best one's score is left out."""

NEWEST = 12


def statement_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in STATEMENT.items()))


def fact_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in FACT.items()))


def scored(found: Sequence[Evidence]) -> list[Evidence]:
    return [replace(e, score=statement_score(e)) for e in found]


def relevant(found: Sequence[Evidence], closest: float = 0.0) -> list[Evidence]:
    """The statements on the topic, in the order given, with their scores; none where the best is not good enough.

    `closest`: and none under this share of the best one's score.
    """
    measured = scored(found)
    best = max((e.score for e in measured), default=0.0)
    if best < ON_TOPIC:
        return []
    literal = max(e.near for e in measured)
    kept = []
    for n, e in enumerate(measured):
        reached = e.score + NEIGHBOUR * _beside(measured, n) - BEST * best - LITERAL * (literal - e.near)
        if e.score == best or (e.score >= closest * best and reached >= KEPT):
            kept.append(e)
    return kept


def _beside(found: Sequence[Evidence], n: int) -> float:
    """The best score among the statements that stand beside this one in its article."""
    here = found[n]
    near = [
        other.score
        for other in found
        if other is not here and other.article.id == here.article.id and abs(other.start - here.start) < BESIDE
    ]
    return max(near, default=here.score - ALONE)


def best_facts(found: Sequence[Evidence], must_fit: bool = False) -> list[Evidence]:
    """The sentences that answer, best first; none where even the best says too little of what was asked.

    `must_fit`: and none where no sentence holds the kind of thing asked for (a number, a name, a time).
    """
    measured = sorted((replace(e, score=fact_score(e)) for e in found), key=lambda e: (-e.score, e.article.id, e.start))
    if not measured or measured[0].score < FACT_CUT:
        return []
    best = [e for e in measured[:FACT_LINES] if e.score >= FACT_RELATIVE * measured[0].score]
    return best if any(e.fits for e in best) or not must_fit else []


def newest(found: Sequence[Evidence]) -> list[Evidence]:
    """Where no topic is asked: the latest of what somebody said."""
    dated = sorted(
        found, key=lambda e: (e.article.published.timestamp() if e.article.published else 0.0, -e.start), reverse=True
    )
    return dated[:NEWEST]


def wished(found: Sequence[Evidence]) -> list[Evidence]:
    """What the article says somebody wants: the sentences that hold most of the topic, or all where none is asked."""
    return [e for e in found if e.own >= 0.5][:FACT_LINES]
