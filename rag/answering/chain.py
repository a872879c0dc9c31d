"""The whole way of a question: understand, retrieve, select, compose, verify."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rag.answering import compose, notes
from rag.answering.evidence import bodies, meant, offices, relations
from rag.answering.kinds.anybody import who_said
from rag.answering.kinds.compared import compare, summarise
from rag.answering.kinds.person import said
from rag.answering.kinds.quotation import quote_check
from rag.answering.kinds.result import noted, refuse
from rag.answering.kinds.stated import fact
from rag.answering.understanding.readings import with_speaker
from rag.answering.understanding.times import names_day
from rag.answering.understanding.understand import understand
from rag.domain import Answer, Filters, Line, Moment, Person, Question, by_the_clock
from rag.errors import WriterError
from rag.holdings import Holdings
from rag.settings import Settings
from rag.text import terms
from rag.who import relation_in


def answer(
    holdings: Holdings,
    settings: Settings,
    asked: str,
    history: Sequence[Answer] = (),
    filters: Filters = Filters(),
    today: datetime | None = None,
) -> Answer:
    """See `Archive.ask`. The last of what `stream` gives."""
    *_, last = stream(holdings, settings, asked, history, filters, today)
    return last


def stream(
    holdings: Holdings,
    settings: Settings,
    asked: str,
    history: Sequence[Answer] = (),
    filters: Filters = Filters(),
    today: datetime | None = None,
) -> Iterator[Answer]:
    """The answer as it grows: first the evidence, then, where a chat model is set, each sentence that it writes."""
    begun = time.perf_counter()
    with holdings.catalogue.reading():
        question = understand(asked, history, holdings.who, filters, today or holdings.catalogue.newest())
        understood = time.perf_counter()
        found = _extract(holdings, question)
    timings = {"understand": understood - begun, "evidence": time.perf_counter() - understood}
    found = replace(found, timings=timings | {"total": time.perf_counter() - begun})
    yield found
    if settings.model and found.answered and question.kind != "quote check":  # a verdict needs no other words
        yield from _written(holdings, settings, found, today, begun)


def _extract(holdings: Holdings, question: Question) -> Answer:
    """The answer in the articles' own words alone."""
    if question.kind == "nothing":
        return refuse(question, question.text)
    if question.kind == "several":
        return _several(holdings, question)
    nobody = question.kind == "said" and question.person_id is None and not question.choices
    if nobody and (related := relations.told(holdings, question.speaker or "", question.topic, question.filters)):
        return _extract(holdings, with_speaker(question, related.name, [related]))
    if question.choices and question.kind != "quote check":  # that finds whose words they are
        return _settled(holdings, question)
    found = (
        _dated(holdings, question) if question.filters.since or question.filters.until else _lines(holdings, question)
    )
    if nobody and not found.answered and (voices := bodies.voices(holdings, question.speaker or "")):
        return _by_voices(holdings, question, voices)
    return found


def _by_voices(holdings: Holdings, question: Question, voices: Sequence[Person]) -> Answer:
    """What those say who answer for a body: for "the pilots' union" its president."""
    asked = with_speaker(replace(question, certain=True), question.speaker or "", voices)
    found = _extract(holdings, asked)
    return noted(found, notes.answers_for(question.speaker or "", asked.speaker)) if asked.person_id else found


def _settled(holdings: Holdings, question: Question) -> Answer:
    """Where several people could be meant: who clearly is, or the question back."""
    if relation_in(question.speaker or "") and (same := meant.one_in_two_forms(holdings, question)):
        return _first_answered(holdings, question, same)
    one = meant.only_one_meant(holdings, question)
    if question.context and question.kind == "said" and not meant.speaks_in(holdings, one, question.context):
        holder = offices.held(holdings, question.speaker or "", question.topic, question.filters, question.context)
        if holder is not None:  # "the mayor" is the one of the town that the conversation is about
            one = with_speaker(replace(question, certain=True), holder.name, [holder])
    if one is None and not question.certain:
        if (by_holder := _by_the_holder(holdings, question)) is not None:
            return by_holder
        return fact(holdings, replace(question, kind="fact", topic=question.text, speaker=None, choices=()))
    if one is None:
        return refuse(question, notes.ask_back(question))
    found = _extract(holdings, one)
    if not question.certain:
        told = found if found.answered else fact(holdings, replace(question, speaker=None, choices=()))
        return told if told.answered else found
    return noted(found, notes.taken_for(question, one))


def _first_answered(holdings: Holdings, question: Question, people: Sequence[Person]) -> Answer:
    """What the first of these people says who says anything on it, else the refusal for the first of all."""
    refused = None
    for person in people:
        found = _extract(holdings, with_speaker(replace(question, certain=True), person.name, [person]))
        if found.answered:
            return found
        refused = refused or found
    return refused or refuse(question, notes.ask_back(question))


def _by_the_holder(holdings: Holdings, question: Question) -> Answer | None:
    """What who holds the office says by the articles' telling; None where they tell of nobody, or nothing said on it."""
    holder = offices.held(holdings, question.speaker or "", question.topic, question.filters)
    if holder is None:
        return None
    found = _extract(holdings, with_speaker(replace(question, certain=True), holder.name, [holder]))
    return found if found.answered else None


def _dated(holdings: Holdings, question: Question) -> Answer:
    """From the articles of the asked time; where they say nothing, what other times have is offered beside it."""
    dated = _lines(holdings, question)
    if dated.answered or not question.worded_time:
        return dated
    undated = replace(question, filters=replace(question.filters, since=None, until=None))
    oldest = holdings.catalogue.oldest()
    if oldest and question.filters.until and question.filters.until <= by_the_clock(oldest):
        year = question.filters.until - timedelta(days=1)  # no article is that old: a later one must tell of it
        told = _lines(holdings, replace(undated, topic=f"{question.topic} {year:%Y}"))
        if told.answered:
            return noted(replace(told, understood=undated), notes.told_later(oldest))
    anytime = _lines(holdings, undated)
    if not anytime.answered:
        return anytime
    if on_that_day := _on_that_day(holdings, question, anytime):
        return on_that_day
    return replace(dated, note=notes.nothing_then(question), nearby=anytime.lines[:3])


def _on_that_day(holdings: Holdings, question: Question, anytime: Answer) -> Answer | None:
    """Of what was said at other times what stands in articles that name the asked day: of "what did Pell say about the fire
    on January 6?" it is as a rule the day of the fire. None where none does, or nothing but the day is asked on."""
    day = question.filters.since
    if day is None or question.filters.until != day + timedelta(days=1) or not question.topic:
        return None
    keys = holdings.catalogue.keys_of({c.article_id for c in anytime.citations})
    articles = holdings.catalogue.articles_by_key(keys.values()).values()
    named = {article.id for article in articles if names_day(f"{article.title} {article.text}", day)}
    lines = tuple(line for line in anytime.lines if any(c.article_id in named for c in line.citations))
    if not lines:
        return None
    told = replace(anytime, lines=lines, citations=compose.citations(lines))
    return noted(told, notes.said_later(question))


def _lines(holdings: Holdings, question: Question) -> Answer:
    match question.kind:
        case "said":
            return said(holdings, question)
        case "who said":
            return who_said(holdings, question)
        case "quote check":
            return quote_check(holdings, question)
        case "change" | "which":
            return compare(holdings, question)
        case "summary":
            return summarise(holdings, question)
        case _:
            return fact(holdings, question)


def _several(holdings: Holdings, question: Question) -> Answer:
    """The answers to several questions, one after the other, each as long as if it were asked alone."""
    answers = [_one_of_several(holdings, part) for part in question.parts]
    lines = tuple(dict.fromkeys(line for answer in answers for line in answer.lines))
    nearby = tuple(line for answer in answers for line in answer.nearby)
    note = " ".join(dict.fromkeys(answer.note for answer in answers if answer.note)) or None
    if not lines:
        return refuse(question, note or "", nearby)
    return Answer(True, lines, compose.citations(lines), question, note, nearby=nearby)


def _one_of_several(holdings: Holdings, part: Question) -> Answer:
    """The answer to one of several questions. What somebody isn't quoted on at the time asked for may be told then, in
    sentences that name them."""
    found, when = _extract(holdings, part), part.filters
    if found.answered or part.kind != "said" or part.person_id is None or not part.worded_time or not when.since:
        return found
    moments = (Moment("", when.since, when.until),)
    undated = replace(when, since=None, until=None)
    told = compare(holdings, replace(part, kind="change", filters=undated, moments=moments))
    name = set(terms((part.speaker or "").split()[-1]))
    lines = tuple(line for line in told.lines if name <= set(terms(line.text)))
    if not lines:
        return found
    return replace(told, lines=lines, citations=compose.citations(lines), understood=part)


def _written(
    holdings: Holdings, settings: Settings, found: Answer, today: datetime | None, begun: float
) -> Iterator[Answer]:
    """The chat model's sentences before the evidence they rest on; if it fails, what passed till then stays."""
    from rag.answering.writing import writer

    written: list[Line] = []
    dropped = 0
    try:
        model = writer.load_model(settings.model or "", settings.model_timeout)
        lines = writer.write(
            model, found.understood, found.lines, settings.model_timeout, today, holdings.catalogue.article
        )
        for line in lines:
            if line.supported or settings.show_unsupported:
                written.append(line)
                yield _with_written(found, written, begun)
            else:
                dropped += 1
    except WriterError as e:
        yield _with_written(found, written, begun, str(e))
        return
    yield _with_written(found, written, begun, notes.dropped(dropped) if dropped else None)


def _with_written(found: Answer, written: Sequence[Line], begun: float, note: str | None = None) -> Answer:
    lines = (*written, *found.lines)
    timings = {**found.timings, "total": time.perf_counter() - begun}
    return noted(replace(found, lines=lines, citations=compose.citations(lines), timings=timings), note)
