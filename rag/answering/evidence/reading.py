"""What the cross-encoder makes of the best candidates: it reads the question with each of them.

That takes some milliseconds a sentence, so only the best are read. Numbers as in `rag.answering.evidence.select`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from rag.answering.evidence.measure import Evidence, ReadArticle
from rag.answering.evidence.select import fact_score, scored
from rag.cross_encoder import Sentence
from rag.domain import Question, Span
from rag.text import sentences

FACTS, STATEMENTS, OF_ANYBODY = 10, 7, 24  # how many are read
MEASURED = 32  # of facts, how many are handed on
NEAR = 0.3  # of facts, how far behind the best one's score others are still read
SCALE = 3.0
"""Log odds beyond this hardly tell more: what counts is the hyperbolic tangent of them over SCALE."""
UNANSWERED = -3.0
"""Where even the best of the sentences read has lower log odds of answering than this, none states the fact."""
HEARD, USUAL, EASED = 1.2, -0.8, 0.3
"""Where one person is asked about, reading adds EASED + HEARD · tanh((log odds - USUAL) / SCALE) to each statement's score;
to one that isn't read, the least of it."""
GOES_ON, ALONG, BESIDE = 0.3, 1.0, 300
"""Of how a statement is read its neighbour has this share, where one person is asked about and where anybody is, if it is
read worse: "we needed to test that" tells of what only by what stands before or behind it, at most BESIDE characters
away."""
UNREAD = -99.0
"""Stands for the log odds of what isn't read."""
ANYBODY, ANSWERS = 1.0, -1.0
"""Where anybody may be the speaker, reading adds ANYBODY · tanh((log odds - ANSWERS) / SCALE) to each statement's score."""
SURE, OTHERWISE = 0.0, -2.0
"""… and where one of them more likely answers than not, those with lower log odds than OTHERWISE say something else."""


class Reader(Protocol):
    """What `rag.cross_encoder.CrossEncoder` does."""

    def scores(self, question: str, sentences: Sequence[Sentence]) -> list[float]:
        """Log of the odds that each sentence answers the question."""
        ...


def of_facts(reader: Reader, question: Question, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences, the best of them as read; the next ones count as if they didn't answer."""
    order = sorted(found, key=lambda e: (-fact_score(e), e.article.id, e.start))
    read = [e for e in order[:FACTS] if fact_score(e) >= fact_score(order[0]) - NEAR]
    rest = order[len(read) : MEASURED]
    # With their titles, facts came out the same on three sets of questions; and a longer pair takes longer.
    asked = f"{question.text} {question.around}" if question.context else question.text  # "Why?" alone asks nothing
    odds = reader.scores(asked.strip(), [Sentence(e.article.cut(e.spans[0])) for e in read])
    best: dict[str, float] = {}
    for e, odd in zip(read, odds, strict=True):
        best[e.article.id] = max(best.get(e.article.id, odd), odd)
    return [
        *(
            replace(e, answers=math.tanh(odd / SCALE), behind=math.tanh((odd - best[e.article.id]) / SCALE))
            for e, odd in zip(read, odds, strict=True)
        ),
        *(replace(e, answers=-1.0, behind=-1.0) for e in rest),
    ]


def may_answer(found: Sequence[Evidence]) -> bool:
    """Whether any of the sentences that were read may answer."""
    return max((e.answers for e in found), default=-1.0) >= math.tanh(UNANSWERED / SCALE)


def of_statements(reader: Reader, question: Question, found: Sequence[Evidence]) -> list[Evidence]:
    """The statements of one person, the best of them as read; the others count as if they didn't answer."""
    scores = [e.score for e in scored(found)]
    order = sorted(range(len(found)), key=lambda n: -scores[n])[:STATEMENTS]
    odds = reader.scores(question.text, [_in_place(found[n]) for n in order])
    heard = {n: math.tanh((odd - USUAL) / SCALE) for n, odd in zip(order, odds, strict=True)}
    told = _with_neighbours(found, [heard.get(n, -1.0) for n in range(len(found))], GOES_ON)
    return [replace(e, reading=EASED + HEARD * one) for e, one in zip(found, told, strict=True)]


def _with_neighbours(found: Sequence[Evidence], heard: Sequence[float], share: float) -> list[float]:
    """How each statement is read, with what it shares in how its better neighbour of the same article and speaker is."""
    order = sorted(range(len(found)), key=lambda n: (found[n].article.id, found[n].start))
    told = list(heard)
    for before, behind in pairwise(order):
        if _goes_on(found[before], found[behind]):
            worse, better = sorted((before, behind), key=lambda n: heard[n])
            told[worse] = max(told[worse], heard[worse] + share * (heard[better] - heard[worse]))
    return told


def _goes_on(e: Evidence, next_one: Evidence) -> bool:
    """Whether the next one of an article stands beside it, and is the same speaker's."""
    speakers = {x.statement.speaker if x.statement else None for x in (e, next_one)}
    alike = len(speakers) == 1 and None not in speakers
    return alike and e.article.id == next_one.article.id and next_one.start - e.end <= BESIDE


def of_anybody(reader: Reader, question: Question, found: Sequence[Evidence]) -> list[Evidence]:
    """The best of the statements of whoever may be asked for, as read, in the order given, and those beside them of a
    speaker with a name, read as they are; where one clearly answers, without those that clearly say something else."""
    scores = [e.score + e.who for e in scored(found)]
    order = sorted(range(len(found)), key=lambda n: -scores[n])[:OF_ANYBODY]
    odds = dict(zip(order, reader.scores(question.text, [_titled(found[n]) for n in order]), strict=True))
    least = OTHERWISE if max(odds.values(), default=SURE - 1) > SURE else UNREAD
    told = _with_neighbours(found, [odds.get(n, UNREAD) for n in range(len(found))], ALONG)
    return [
        replace(e, reading=ANYBODY * math.tanh((odd - ANSWERS) / SCALE))
        for e, odd in zip(found, told, strict=True)
        if odd > UNREAD and odd >= least
    ]


def _titled(e: Evidence) -> Sentence:
    """The sentences that the statement stands in, with "she said", and the title of its article: what is spoken often
    doesn't tell of what."""
    whole = _whole(e)
    return Sentence(" ".join(map(e.article.cut, whole)), e.article.title)


def _in_place(e: Evidence) -> Sentence:
    """The same with the sentence before: "it was the worst day of my life" tells of what only by that."""
    r = ReadArticle(e.article, ())
    start = _whole(e)[0][0]
    above = next((p for p in reversed(r.paragraphs) if p[0] < start), None)
    earlier = [s for s in sentences(e.article.text, *above) if s[0] < start] if above else []
    return _titled(e)._replace(before=e.article.cut(earlier[-1]) if earlier else "")


def _whole(e: Evidence) -> Sequence[Span]:
    """The sentences that the statement stands in."""
    r = ReadArticle(e.article, ())
    start, end = r.paragraph(e.start)[0], r.paragraph(max(e.start, e.end - 1))[1]
    around = sentences(e.article.text, start, end)
    return [s for s in around if any(s[0] < b and a < s[1] for a, b in e.spans)] or e.spans
