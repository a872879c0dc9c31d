"""What is good enough to be the answer: pure functions over evidence.

The weights and cuts were fitted on development questions (a logistic regression for the statements, a random search
for the facts), then rounded. They are few on purpose.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter, mul

from rag.answering.evidence.measure import Evidence
from rag.answering.evidence.stance import lean
from rag.domain import Stance

STATEMENT = {
    "meaning": 1.2, "around": 1.4, "before": 1.15, "passage": 0.95, "article_wide": 2.0, "known": 0.8
}  # fmt: skip
NEAREST = 5.7
"""What a statement loses by how far it is behind the one that is nearest in meaning: a topic is often worded otherwise
than the articles do, and then only the difference tells."""
LITERAL = 0.9
"""What it loses by the share of the asked words that another one's paragraph has and its own lacks, less the more words
are asked: where a topic of one word is named, what is said beside it is more likely to be about it."""
BIAS = -3.0
"""Together a logistic regression: the score is the log of the odds that a statement is on the topic."""
ON_TOPIC = 0.0
"""Where even the best statement is under this, the person says nothing on the topic."""
CARRIES = 0.95
"""A statement to whose score reading adds so much is on the topic, whatever the words and the vectors say: a topic in other
words is in none of the article's."""
KEPT = 0.4
"""A statement belongs to the answer if it is this likely, as a share of how likely the best one is."""
ON_IT, QUOTED = 0.4, 0.5
"""Where anybody may be the speaker, the whole archive competes, and the best are all near the topic: how near counts this
much, beside how they read. Who is asked about is more often quoted than reported."""
BEHIND = 1.25
"""Of anybody, a statement belongs to the answer if it is no further behind the best one."""
OTHER_SIDE = -0.9
"""Who takes the other side in every word isn't asked about, unless its vector says otherwise."""
SIDED = 0.3
"""What a statement gains that takes the side asked for, and loses that takes the other."""
BESIDE = 500  # characters between two statements that stand beside each other

FACT = {
    "own": 0.2, "near": 0.05, "head": 0.1, "meaning": 1.0, "around": 0.1, "fits": 0.25, "early": 0.07, "finished": 0.15,
    "lacks": -0.5, "known": 0.1, "answers": 0.1, "behind": 0.15,
}  # fmt: skip
FACT_CUT = 0.6
"""Where even the best sentence is under this, the archive doesn't speak of it."""
FACT_LINES = 3
FITTING = 8
"""Of so many sentences one must hold the kind of thing asked for, where the question can't be answered without."""
SURE = 0.58
"""A sentence that is read to answer by so much, and better than any other, is about what is asked, however it is worded."""
WORDED, MUCH = 0.6, 0.475
"""Where some sentence holds this share of what is asked, a sentence that holds less than MUCH of that share is about
something else."""
FACT_RELATIVE = 0.6
"""A sentence under this share of the best one's score is left out."""

NEWEST = 12

_of_fact, _of_statement = attrgetter(*FACT), attrgetter(*STATEMENT)


def fact_score(e: Evidence) -> float:
    score: float = sum(map(mul, FACT.values(), _of_fact(e)))
    return score


def scored(found: Sequence[Evidence]) -> list[Evidence]:
    """The statements of whoever is asked about with their scores, in the order given."""
    nearest = max((e.meaning for e in found), default=0.0)
    literal = max((e.near for e in found), default=0.0)

    def score(e: Evidence) -> float:
        measured: float = sum(map(mul, STATEMENT.values(), _of_statement(e)))
        return BIAS + e.reading + measured - NEAREST * (nearest - e.meaning) - LITERAL * (literal - e.near) / e.words

    return [replace(e, score=score(e)) for e in found]


def relevant(found: Sequence[Evidence]) -> list[Evidence]:
    """The statements of one person that are on the topic, in the order given, with their scores; none where the best is
    not good enough."""
    measured = [_carried(e) for e in scored(found)]
    best = max((e.score for e in measured), default=ON_TOPIC - 1)
    if best < ON_TOPIC:
        return []
    least = KEPT * _likelihood(best)
    return [e for e in measured if _likelihood(e.score) >= least]


def _carried(e: Evidence) -> Evidence:
    """With the score that reading alone gives it, where that is better."""
    return replace(e, score=max(e.score, ON_TOPIC + e.reading - CARRIES)) if e.reading >= CARRIES else e


def relevant_of_anybody(found: Sequence[Evidence], stance: Stance | None = None) -> list[Evidence]:
    """The same of statements whose speakers are what is asked for, those that take this side before others."""
    sides = [_sided(e, stance) if stance else 0.0 for e in found]
    measured = [(e, side) for e, side in zip(scored(found), sides, strict=True) if side is not None]
    if max((e.score + e.who + side for e, side in measured), default=ON_TOPIC - 1) < ON_TOPIC:
        return []
    answering = [
        replace(e, score=ON_IT * (e.score - e.reading) + e.reading + e.who + QUOTED * _quoted(e) + side)
        for e, side in measured
    ]
    least = max(e.score for e in answering) - BEHIND
    return [e for e in answering if e.score >= least]


def _sided(e: Evidence, stance: Stance) -> float | None:
    """What a statement gains by the side it takes; None where it is the other one."""
    by_words, by_vector = lean(_with_cue(e), stance), e.blame if stance == "against" else -e.blame
    return SIDED * (by_words + by_vector) / 2 if by_words > OTHER_SIDE or by_vector > 0 else None


def _quoted(e: Evidence) -> bool:
    return e.statement is not None and e.statement.form != "reported"


def _likelihood(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _with_cue(e: Evidence) -> str:
    """The statement with the verb that brings it: "slammed" tells as much as the words."""
    cue = e.statement.cue if e.statement else None
    return " ".join(e.article.cut(span) for span in (*((cue,) if cue else ()), *e.spans))


def best_facts(found: Sequence[Evidence], must_fit: bool = False) -> list[Evidence]:
    """The sentences that answer, best first; none where even the best says too little of what was asked.

    `must_fit`: and none where neither they nor the next best hold the kind of thing asked for (a number, a name, a time).
    """
    scores = [fact_score(e) for e in found]
    order = sorted(range(len(found)), key=lambda n: (-scores[n], found[n].article.id, found[n].start))
    if not order or scores[order[0]] < FACT_CUT:
        return []
    best = [
        replace(found[n], score=scores[n]) for n in order[:FACT_LINES] if scores[n] >= FACT_RELATIVE * scores[order[0]]
    ]
    measured = [found[n] for n in order]
    sure = max(SURE, *(e.answers for e in found))
    told = any(e.fits and (e.answers >= sure or _told_with(e, measured)) for e in measured[:FITTING])
    return best if told or not must_fit else []


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
