"""Evidence for questions that compare: one thing at two times, or two things that are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rag import answer_types
from rag.answer_types import AnswerType
from rag.answering.evidence import facts, reading, select, statements
from rag.answering.evidence.measure import Evidence
from rag.answering.evidence.wanted import Wanted
from rag.cross_encoder import bundled_cross_encoder
from rag.domain import Moment, Question
from rag.holdings import Holdings
from rag.text import sentences, terms

REPORTED_WITHIN = ((0, 1), (0, 3), (3, 7), (14, 14))
"""Days before and behind a moment in which an article that tells of it is looked for: wider only if need be."""
ON_TIME = 0.85
"""What was told nearer to the moment is taken where it scores at least this share of the best: before any is read, so that
those nearer are."""
OF_EACH, CLOSE = 2, 0.9
"""Sentences for each time or thing, and how close to the best one's score the others must be."""
MOSTLY = 0.6
"""Share of the words of a thing's name, by rarity, that stand around what is told of it."""
ASKS = re.compile(
    r"(?:by |for |to )?(?:how|what|who|where|when|which|why|was|were|is|are|did|has|have|had)\b", re.IGNORECASE
)
OVER_TIME = 6
"""Sentences where no times are named."""


def change(holdings: Holdings, question: Question) -> list[Evidence]:
    """What stood at each of the question's moments; without moments, what is said on it, to be told in time order."""
    if not question.moments:
        return _at(holdings, question, OVER_TIME)
    found: list[Evidence] = []
    for moment in question.moments:
        found += [e for e in _at_moment(holdings, question, moment) if all(not _same(e, f) for f in found)]
    return found


def which(holdings: Holdings, question: Question) -> list[Evidence]:
    """For each of the alternatives, what is told of it in a passage that names it."""
    found: list[Evidence] = []
    kind = answer_types.FIGURE if answer_types.MORE.search(question.topic) else None
    must_fit = answer_types.must_fit(question.topic)
    for name in question.alternatives:
        topic = f"{question.topic} {name}"
        asked = replace(question, kind="fact", topic=topic, text=f"{topic}?")
        named = _named(facts.facts(holdings, asked, kind), Wanted.of(name, holdings.words.rarity))
        if named:
            named = reading.of_facts(bundled_cross_encoder("facts"), asked, named)
        best = _fitting(named, kind) if kind else select.best_facts(named, must_fit)
        found += [e for e in best[:OF_EACH] if all(not _same(e, f) for f in found)]
    return found


def _named(found: Sequence[Evidence], name: Wanted) -> list[Evidence]:
    """The sentences around which the name stands, or most of it."""
    return [e for e in found if name.share(_surroundings(e)) >= MOSTLY]


def _at_moment(holdings: Holdings, question: Question, moment: Moment) -> list[Evidence]:
    if moment.since is None or moment.until is None:
        return _at(holdings, replace(question, topic=f"{question.topic} {moment.words}"), OF_EACH)
    since, until = _around(moment.since, moment.until, REPORTED_WITHIN[-1])
    asked = question.filters  # what the reader has set stays
    since, until = max(since, asked.since or since), min(until, asked.until or until)
    filters = replace(asked, since=since, until=until)
    return _at(holdings, replace(question, filters=filters), OF_EACH, moment)


def _at(holdings: Holdings, question: Question, most: int, moment: Moment | None = None) -> list[Evidence]:
    """The sentences with the speaker's words where there is one who speaks on it, else sentences of any kind."""
    if question.person_id is not None:
        said = select.relevant(statements.of_speaker(holdings, question, question.person_id))
        said = _nearest(_of_no_other(said, question.moments, moment), moment)
        if said:
            best = sorted(said, key=lambda e: -e.score)[:most]
            return _sentences([e for e in said if e in best])
    topic = " ".join(filter(None, (question.speaker, question.topic)))
    kind = answer_types.figure_of(question.text)
    asked = replace(question, kind="fact", topic=topic, text=_as_question(topic, question.around))
    measured = [replace(e, lacks=0.0) for e in facts.facts(holdings, asked, kind)]  # when it was told counts for more
    on_time = _on_time(_of_no_other(measured, question.moments, moment), moment)
    if not on_time:
        return []
    found = _fitting(reading.of_facts(bundled_cross_encoder("facts"), asked, on_time), kind)[:most]
    return [e for e in found if most > OF_EACH or e.score >= CLOSE * found[0].score]


def _as_question(topic: str, around: str) -> str:
    """What is asked at each time: of "the toll of the floods" what it was."""
    question = topic if ASKS.match(topic) else f"What was {topic}?"
    return f"{question} {around}".strip()


def _of_no_other(found: Sequence[Evidence], moments: Sequence[Moment], moment: Moment | None) -> list[Evidence]:
    """Without what was told in the days of another one of the moments, if anything else is there."""
    others = [m for m in moments if moment and m != moment and m.since and m.until]
    told_then = [any(_on(e, other) for other in others) for e in found]
    return [e for e, other in zip(found, told_then, strict=True) if not other] or list(found)


def _on(e: Evidence, moment: Moment) -> bool:
    at = e.article.by_the_clock
    return bool(at and moment.since and moment.until and moment.since <= at < moment.until)


def _on_time(found: Sequence[Evidence], moment: Moment | None) -> list[Evidence]:
    """Sentences from articles as near to the moment as can be."""
    holding = [e for e in found if e.fits] or found
    least = ON_TIME * max(map(select.fact_score, holding), default=0.0)
    good = [e for e in holding if select.fact_score(e) >= least]
    return next(
        (near for near, good in zip(_by_nearness(found, moment), _by_nearness(good, moment), strict=True) if good),
        list(found),
    )


def _nearest(found: Sequence[Evidence], moment: Moment | None) -> list[Evidence]:
    """Statements from articles as near to the moment as can be."""
    return next(filter(None, _by_nearness(found, moment)), list(found))


def _by_nearness(found: Sequence[Evidence], moment: Moment | None) -> Iterator[list[Evidence]]:
    """What is told ever less near to the moment; nothing where the moment has no days."""
    if moment is None or moment.since is None or moment.until is None:
        return
    for days in REPORTED_WITHIN:
        since, until = _around(moment.since, moment.until, days)
        yield [e for e in found if (at := e.article.by_the_clock) and since <= at < until]


def _around(since: datetime, until: datetime, days: tuple[int, int]) -> tuple[datetime, datetime]:
    before, behind = map(timedelta, days)
    if days == REPORTED_WITHIN[-1]:
        behind = max(behind, until - since)  # what a month's rent was is told in the next
    return since - before, until + behind


def _fitting(found: Sequence[Evidence], kind: AnswerType | None) -> list[Evidence]:
    """The best of the sentences; those that hold what is compared, where there are such."""
    fitting = select.best_facts([e for e in found if e.fits]) if kind else []
    return fitting or select.best_facts(found)


def _sentences(said: Sequence[Evidence]) -> list[Evidence]:
    """The whole sentences that hold these words: beside each other, who says it and how counts as well."""
    found: dict[tuple[str, int], Evidence] = {}
    for e in said:
        for start, end in sentences(e.article.text):
            if start < e.end and e.start < end:
                found.setdefault((e.article.id, start), replace(e, spans=((start, end),), statement=None))
    return list(found.values())


def _surroundings(e: Evidence) -> set[str]:
    """The stems of the paragraph's surroundings: some characters before and behind the sentence."""
    return set(terms(e.article.title)) | set(terms(e.article.text[max(0, e.start - 400) : e.end + 100]))


def _same(a: Evidence, b: Evidence) -> bool:
    return a.article.id == b.article.id and a.spans == b.spans


def in_moments(found: Sequence[Evidence], moments: Sequence[Moment]) -> list[str]:
    """The words of those moments that none of the found articles falls on."""
    missing = []
    for moment in moments:
        if moment.since is None or moment.until is None:
            continue
        since, until = _around(moment.since, moment.until, REPORTED_WITHIN[-1])
        if not any((at := e.article.by_the_clock) and since <= at < until for e in found):
            missing.append(moment.words)
    return missing
