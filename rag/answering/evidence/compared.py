"""Evidence for questions that compare: one thing at two times, or two things that are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rag import answer_types
from rag.answer_types import AnswerType
from rag.answering.evidence import facts, select, statements
from rag.answering.evidence.measure import Evidence
from rag.domain import Moment, Question
from rag.holdings import Holdings
from rag.text import sentences, terms

REPORTED_WITHIN = ((0, 3), (3, 7), (14, 14))
"""Days before and behind a moment in which an article that tells of it is looked for: wider only if need be."""
OF_EACH = 2
"""Sentences for each time or thing."""
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
    kind = answer_types.NUMBER if answer_types.MORE.search(question.topic) else None
    must_fit = answer_types.must_fit(question.topic)
    for name in question.alternatives:
        asked = replace(question, kind="fact", topic=f"{question.topic} {name}")
        sought = set(terms(name))
        named = [e for e in facts.facts(holdings, asked, kind) if sought <= _around(e)]
        best = _fitting(named, kind) if kind else select.best_facts(named, must_fit)
        found += [e for e in best[:OF_EACH] if all(not _same(e, f) for f in found)]
    return found


def _at_moment(holdings: Holdings, question: Question, moment: Moment) -> list[Evidence]:
    if moment.since is None or moment.until is None:
        return _at(holdings, replace(question, topic=f"{question.topic} {moment.words}"), OF_EACH)
    for days in REPORTED_WITHIN:
        since, until = _around_moment(moment.since, moment.until, days)
        asked = question.filters  # what the reader has set stays
        since, until = max(since, asked.since or since), min(until, asked.until or until)
        filters = replace(asked, since=since, until=until)
        if found := _at(holdings, replace(question, filters=filters), OF_EACH):
            return found
    return []


def _at(holdings: Holdings, question: Question, most: int) -> list[Evidence]:
    """The sentences with the speaker's words where there is one who speaks on it, else sentences of any kind."""
    if question.person_id is not None:
        said = select.relevant(statements.of_speaker(holdings, question, question.person_id))
        if said:
            best = sorted(said, key=lambda e: -e.score)[:most]
            return _sentences([e for e in said if e in best])
    topic = " ".join(filter(None, (question.speaker, question.topic)))
    kind = answer_types.NUMBER if answer_types.MEASURED.search(question.text) else None
    return _fitting(facts.facts(holdings, replace(question, kind="fact", topic=topic), kind), kind)[:most]


def _around_moment(since: datetime, until: datetime, days: tuple[int, int]) -> tuple[datetime, datetime]:
    before, behind = days
    return since - timedelta(days=before), until + timedelta(days=behind)


def _fitting(found: Sequence[Evidence], kind: AnswerType | None) -> list[Evidence]:
    """The best of the sentences; those that hold what is compared, where there are such."""
    best = select.best_facts(found)
    fitting = [e for e in best if e.fits] if kind else []
    return fitting or best


def _sentences(said: Sequence[Evidence]) -> list[Evidence]:
    """The whole sentences that hold these words: beside each other, who says it and how counts as well."""
    found: dict[tuple[str, int], Evidence] = {}
    for e in said:
        for start, end in sentences(e.article.text):
            if start < e.end and e.start < end:
                found.setdefault((e.article.id, start), replace(e, spans=((start, end),), statement=None))
    return list(found.values())


def _around(e: Evidence) -> set[str]:
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
        since, until = _around_moment(moment.since, moment.until, REPORTED_WITHIN[-1])
        if not any(e.article.published and since <= e.article.published < until for e in found):
            missing.append(moment.words)
    return missing
