"""What is good enough to be the answer: pure functions over evidence.

The weights and cuts were fitted on development questions (`python -m bench.answers --fit` prints how);
they are few on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.evidence import Evidence

STATEMENT = {"own": 0.9, "near": 0.8, "head": 0.35, "meaning": 0.9}
STATEMENT_CUT = 0.85
"""A statement under this is about something else."""
RELATIVE = 0.45
"""… and so is one under this share of the best one's score."""
FACT = {"own": 1.0, "near": 0.35, "head": 0.3, "meaning": 0.35, "fits": 0.35}
FACT_CUT = 1.05
FACT_LINES = 3
FACT_RELATIVE = 0.6
"""A sentence under this share of the best one's score is left out."""


def statement_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in STATEMENT.items()))


def fact_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in FACT.items()))


def scored(found: Sequence[Evidence]) -> list[Evidence]:
    return [replace(e, score=statement_score(e)) for e in found]


def relevant(found: Sequence[Evidence]) -> list[Evidence]:
    """The statements on the topic, in the order given, with their scores."""
    measured = scored(found)
    best = max((e.score for e in measured), default=0.0)
    return [e for e in measured if e.score >= STATEMENT_CUT and e.score >= RELATIVE * best]


def best_facts(found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that answer, best first; none where even the best says too little of what was asked."""
    measured = sorted((replace(e, score=fact_score(e)) for e in found), key=lambda e: (-e.score, e.article.id, e.start))
    if not measured or measured[0].score < FACT_CUT:
        return []
    return [e for e in measured[:FACT_LINES] if e.score >= FACT_RELATIVE * measured[0].score]


NEWEST = 12


def newest(found: Sequence[Evidence]) -> list[Evidence]:
    """Where no topic is asked: the latest of what somebody said."""
    dated = sorted(
        found, key=lambda e: (e.article.published.timestamp() if e.article.published else 0.0, -e.start), reverse=True
    )
    return dated[:NEWEST]


def wished(found: Sequence[Evidence]) -> list[Evidence]:
    """What the article says somebody wants: the sentences that hold most of the topic, or all where none is asked."""
    return [e for e in found if e.own >= 0.5][:FACT_LINES]
