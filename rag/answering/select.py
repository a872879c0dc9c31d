"""What is good enough to be the answer: pure functions over evidence.

The weights and cuts were fitted on development questions (a logistic regression for the statements, a random search
for the facts), then rounded. They are few on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from rag.answering.measure import Evidence
from rag.answering.stance import lean
from rag.domain import Stance

STATEMENT = {
    "near": 1.55, "head": 0.35, "meaning": 3.5, "around": 1.35, "before": 1.0, "passage": 0.8, "article_wide": 2.85
}  # fmt: skip
ON_TOPIC = 5.0
"""Where even the best statement is under this, the person says nothing on the topic."""
KEPT = 4.35
"""A statement's own score, and NEIGHBOUR of the best one beside it, less BEST of the best one at all, must reach this:
what stands beside a good answer belongs to it rather than what stands alone."""
NEIGHBOUR, BEST = 0.4, 0.5
LITERAL = 1.0
"""What a statement loses whose paragraph lacks all the words that another's has: where the topic is named, what is
said beside it is less likely to be about it."""
NAMED_NEAR, NAMED_WIDE, MEANT = 0.45, 0.75, 0.66
"""Some statement's paragraph must hold this share of what is asked, or its article that, or its cosine be this high."""
OTHER_SIDE = -0.9
"""Who takes the other side in every word isn't asked about."""
SIDED = 0.3
"""What a statement gains that takes the side asked for, and loses that takes the other."""
CLEAR = 0.4
"""By how much one of several people of a name must score better than the next to be the one that is meant."""
ANYBODY = 0.75
"""`closest` where anybody may be the speaker: there, the whole archive competes."""
BESIDE = 500  # characters between two statements that stand beside each other
ALONE = 1.0  # what a statement with nobody beside it loses

FACT = {
    "own": 0.2, "near": 0.05, "head": 0.1, "meaning": 1.0, "around": 0.1, "fits": 0.15, "early": 0.07, "finished": 0.15
}  # fmt: skip
FACT_CUT = 0.6
"""Where even the best sentence is under this, the archive doesn't speak of it."""
FACT_LINES = 3
WORDED, MUCH = 0.6, 0.475
"""Where some sentence holds this share of what is asked, a sentence that holds less than MUCH of that share is about
something else."""
FACT_RELATIVE = 0.6
"""A sentence under this share of the best one's score is left out."""

NEWEST = 12


def statement_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in STATEMENT.items()))


def fact_score(e: Evidence) -> float:
    return float(sum(weight * getattr(e, name) for name, weight in FACT.items()))


def scored(found: Sequence[Evidence]) -> list[Evidence]:
    return [replace(e, score=statement_score(e)) for e in found]


def relevant(found: Sequence[Evidence], closest: float = 0.0, stance: Stance | None = None) -> list[Evidence]:
    """The statements on the topic, in the order given, with their scores; none where the best is not good enough.

    `closest`: and none under this share of the best one's score. `stance`: those that take this side before others.
    """
    measured = scored(found)
    if closest:
        sides = [lean(_with_cue(e), stance) if stance else 0.0 for e in measured]
        measured = [
            replace(e, score=e.score + e.who + SIDED * side)
            for e, side in zip(measured, sides, strict=True)
            if side > OTHER_SIDE
        ]
    best = max((e.score for e in measured), default=0.0)
    if best < ON_TOPIC or not any(_speaks_of_it(e) for e in measured):
        return []
    literal = max(e.near for e in measured)
    together: dict[str, list[Evidence]] = {}
    for e in measured:
        together.setdefault(e.article.id, []).append(e)
    kept = []
    for e in measured:
        reached = e.score + NEIGHBOUR * _beside(e, together[e.article.id]) - BEST * best - LITERAL * (literal - e.near)
        if e.score == best or (e.score >= closest * best and reached >= KEPT):
            kept.append(e)
    return kept


def _with_cue(e: Evidence) -> str:
    """The statement with the verb that brings it: "slammed" tells as much as the words."""
    cue = e.statement.cue if e.statement else None
    return " ".join(e.article.cut(span) for span in (*((cue,) if cue else ()), *e.spans))


def _speaks_of_it(e: Evidence) -> bool:
    """Whether what is asked is named here at all, or meant unmistakably: an article can be near to a question in all
    but the one thing that is asked."""
    return e.near >= NAMED_NEAR or e.article_wide >= NAMED_WIDE or e.meaning >= MEANT


def _beside(here: Evidence, together: Sequence[Evidence]) -> float:
    """The best score among the statements of its article that stand beside this one."""
    near = [other.score for other in together if other is not here and abs(other.start - here.start) < BESIDE]
    return max(near, default=here.score - ALONE)


def best_facts(found: Sequence[Evidence], must_fit: bool = False) -> list[Evidence]:
    """The sentences that answer, best first; none where even the best says too little of what was asked.

    `must_fit`: and none where no sentence holds the kind of thing asked for (a number, a name, a time).
    """
    measured = sorted((replace(e, score=fact_score(e)) for e in found), key=lambda e: (-e.score, e.article.id, e.start))
    if not measured or measured[0].score < FACT_CUT:
        return []
    best = [e for e in measured[:FACT_LINES] if e.score >= FACT_RELATIVE * measured[0].score]
    return best if not must_fit or any(e.fits and _told_with(e, measured) for e in best) else []


def _told_with(e: Evidence, measured: Sequence[Evidence]) -> bool:
    """Whether a number, name or time belongs to what is asked: its sentence says as much of it as any other, or
    stands beside the one that says most. One from elsewhere is likely another thing's."""
    most = max(measured, key=lambda e: e.own)
    goes_on = e.article.id == most.article.id and 0 <= e.start - most.start < BESIDE
    if most.own < WORDED:
        return e.own > 0 or goes_on or not most.own  # the articles word it otherwise: the share of words doesn't tell
    return e.own >= MUCH * most.own or goes_on


def newest(found: Sequence[Evidence]) -> list[Evidence]:
    """Where no topic is asked: the latest of what somebody said."""
    dated = sorted(
        found, key=lambda e: (e.article.published.timestamp() if e.article.published else 0.0, -e.start), reverse=True
    )
    return dated[:NEWEST]


def wished(found: Iterable[Evidence]) -> list[Evidence]:
    """What the article says somebody wants: the sentences that hold most of the topic, or all where none is asked."""
    return list(islice((e for e in found if e.own >= 0.5), FACT_LINES))
