"""A fact: the sentences that state it, best first, or somebody's own words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag import answer_types
from rag.answering import compose, notes
from rag.answering.evidence import bodies, facts, reading, select, statements
from rag.answering.evidence.measure import Evidence
from rag.answering.kinds.result import answered, noted, refuse
from rag.answering.understanding import patterns
from rag.answering.understanding.followup_patterns import REFERS_BACK
from rag.answering.understanding.readings import described_speaker, with_speaker
from rag.cross_encoder import bundled_cross_encoder
from rag.domain import Answer, Line, Question
from rag.holdings import Holdings

NAME_WORDS = 4
"""Words of a why-question in which the name of whom it is about is looked for."""


def fact(holdings: Holdings, question: Question) -> Answer:
    """The sentences that state it, best first."""
    if question.kind != "fact":
        question = replace(question, kind="fact", topic=question.text)
    if told := _by_whom_it_describes(holdings, question):
        return told
    if reasons := _own_reasons(holdings, question):
        return answered(holdings, question, reasons)
    must_fit = answer_types.must_fit(question.topic)
    measured = reading.of_facts(bundled_cross_encoder("facts"), question, facts.facts(holdings, question))
    chosen = select.best_facts(measured, must_fit) if reading.may_answer(measured) else []
    if not chosen or _withheld(question, chosen):
        return refuse(question, *notes.not_stated(holdings, measured))
    marked = facts.with_short_answer(question.topic, chosen)
    stating = facts.with_statements(holdings, marked)
    if described_speaker(question.text):
        stating = _of_the_first(stating)
    return answered(holdings, question, compose.fact_lines(stating, holdings.who))


def _withheld(question: Question, told: Sequence[Evidence]) -> bool:
    """Whether the sentence that is read to answer best tells that it isn't known or told."""
    best = max(told, key=lambda e: e.answers)
    return answer_types.withholds(question.topic, best.article.cut(best.spans[0]))


def _of_the_first(told: Sequence[Evidence]) -> list[Evidence]:
    """Where one person's words are asked for: those of the sentences that aren't another's than the best one's."""
    speakers = [e.statement and (e.statement.speaker or e.article.id) for e in told]
    first = next(filter(None, speakers), None)
    return [e for e, speaker in zip(told, speakers, strict=True) if speaker in (None, first)]


def _by_whom_it_describes(holdings: Holdings, question: Question) -> Answer | None:
    """What speakers without a name said, or an organisation, whom the question tells by what they are, or the one who
    answers for it; None where they say nothing on it."""
    described = described_speaker(question.text)
    if described is None:
        return None
    slot, topic = described
    theirs = select.relevant(statements.of_described(holdings, question, slot))
    if theirs:
        return answered(holdings, question, compose.said_lines(theirs, holdings.who))
    topic = question.around if not topic or REFERS_BACK.fullmatch(topic) else topic
    asked = replace(question, kind="said", topic=topic)
    if body := bodies.told_as(holdings, slot, question.filters):
        return _spoken_by(holdings, with_speaker(asked, body.name, [body]))
    voices = [_spoken_by(holdings, with_speaker(asked, one.name, [one])) for one in bodies.voices(holdings, slot)]
    told = [answer for answer in voices if answer]
    if len(told) != 1:
        return None
    return noted(told[0], notes.answers_for(slot, told[0].understood.speaker))


def _spoken_by(holdings: Holdings, question: Question) -> Answer | None:
    """What the question's speaker says on its topic, or last; None where that is nothing."""
    spoken = statements.of_speaker(holdings, question, question.person_id or 0)
    chosen = select.relevant(spoken) if question.topic else select.newest(spoken)
    return answered(holdings, question, compose.said_lines(chosen, holdings.who)) if chosen else None


def _own_reasons(holdings: Holdings, question: Question) -> list[Line]:
    """Why somebody did it, in their own words, where they speak on it."""
    asked = patterns.WHY.match(question.text)
    rest = question.text[asked.end() :] if asked else ""
    mention = holdings.who.find(" ".join(rest.split()[:NAME_WORDS])) if rest else None
    if mention is None or mention.how not in ("name", "surname") or mention.span[0] or len(mention.people) != 1:
        return []
    (person,) = mention.people
    about = replace(question, kind="said", speaker=person.name, topic=rest[mention.span[1] :].strip(" ?"))
    said = select.relevant(statements.of_speaker(holdings, about, person.id))
    return compose.said_lines(said, holdings.who)
