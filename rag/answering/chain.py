"""The whole way of a question, on one screen: understand, retrieve, select, compose, verify."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rag.answering import answer_types, compared, compose, evidence, facts, notes, patterns, select, summary
from rag.answering.readings import described_speaker
from rag.answering.understand import understand
from rag.answering.verify import check_lines
from rag.domain import Answer, Filters, Line, Question
from rag.errors import WriterError
from rag.holdings import Holdings
from rag.settings import Settings

MOST_LINES = 24
"""Lines of one answer; the note says how many more there are."""


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
    question = understand(asked, history, holdings.who, filters, today or holdings.catalogue.newest())
    understood = time.perf_counter()
    found = _extract(holdings, question)
    timings = {"understand": understood - begun, "evidence": time.perf_counter() - understood}
    found = replace(found, timings=timings | {"total": time.perf_counter() - begun})
    yield found
    if settings.model and found.answered:
        yield from _written(holdings, settings, found, today, begun)


def _extract(holdings: Holdings, question: Question) -> Answer:
    """The answer in the articles' own words alone."""
    if question.kind == "nothing":
        return _refuse(question, question.text)
    if question.kind == "several":
        return _several(holdings, question)
    if question.choices:
        meant = evidence.only_one_meant(holdings, question)
        if meant is None and not question.certain:
            return _fact(holdings, replace(question, kind="fact", topic=question.text, speaker=None, choices=()))
        if meant is None:
            return _refuse(question, notes.ask_back(question))
        found = _extract(holdings, meant)
        if not question.certain:
            return found
        return replace(found, note=" ".join(filter(None, (notes.taken_for(question, meant), found.note))))
    if question.filters.since or question.filters.until:
        dated = _lines(holdings, question)
        if dated.answered:
            return dated
        undated = replace(question, filters=replace(question.filters, since=None, until=None))
        oldest = holdings.catalogue.oldest()
        if oldest and question.filters.until and question.filters.until <= oldest:
            year = question.filters.until - timedelta(days=1)  # no article is that old: a later one must tell of it
            told = _lines(holdings, replace(undated, topic=f"{question.topic} {year:%Y}"))
            return replace(told, note=" ".join(filter(None, (notes.told_later(oldest), told.note))))
        anytime = _lines(holdings, undated)
        if not anytime.answered:
            return anytime
        return replace(dated, note=notes.nothing_then(question), nearby=anytime.lines[:3])
    return _lines(holdings, question)


def _lines(holdings: Holdings, question: Question) -> Answer:
    match question.kind:
        case "said":
            return _said(holdings, question)
        case "who said":
            return _who_said(holdings, question)
        case "quote check":
            return _quote_check(holdings, question)
        case "change" | "which":
            return _compare(holdings, question)
        case "summary":
            return _summary(holdings, question)
        case _:
            return _fact(holdings, question)


def _said(holdings: Holdings, question: Question) -> Answer:
    """All that one person said on the topic, in time order."""
    if question.person_id is None:
        if question.speaker and (said := select.relevant(evidence.of_described(holdings, question, question.speaker))):
            return _answer(holdings, question, compose.statement_lines(compose.in_time_order(said), holdings.who))
        return _refuse(question, *notes.nobody_of_that_name(holdings, question))
    everything = evidence.of_speaker(holdings, question, question.person_id)
    chosen = select.relevant(everything) if question.topic else select.newest(everything)
    if (kind := answer_types.asked_within(question.asked)) and not any(
        facts.holds(e, kind, question.topic) for e in chosen
    ):
        chosen = []
    wished: list[Line] = []
    if patterns.WISH.search(question.asked):
        wished = compose.fact_lines(
            select.wished(evidence.wishes(holdings, question, question.person_id)), holdings.who
        )
    if not chosen and not wished and _is_a_common_noun(holdings, question):
        found = _fact(holdings, question)
        if found.answered:
            return found
    if not chosen and not wished:
        return _refuse(question, *notes.not_on_this(holdings, question, select.scored(everything)))
    lines = compose.statement_lines(compose.in_time_order(chosen), holdings.who)
    return _answer(holdings, question, [*wished, *lines])


def _is_a_common_noun(holdings: Holdings, question: Question) -> bool:
    """Whether the speaker is a group that the question names in small letters, as in "why did the inspectors think …":
    the articles may tell it without quoting them."""
    person = next((p for p in holdings.who.people if p.id == question.person_id), None)
    return person is not None and person.kind == "organisation" and person.name.lower() in question.asked


def _who_said(holdings: Holdings, question: Question) -> Answer:
    """Which people said something, each with their words."""
    if question.quote:
        chosen = evidence.holding_words(holdings, question.quote, question.filters)
    else:
        chosen = select.relevant(evidence.on_topic(holdings, question), select.ANYBODY, question.stance)
    if not chosen:
        return _fact(holdings, question)
    lines = compose.statement_lines(compose.in_time_order(chosen), holdings.who)
    return _answer(holdings, question, lines)


def _fact(holdings: Holdings, question: Question) -> Answer:
    """The sentences that state it, best first."""
    if question.kind != "fact":
        question = replace(question, kind="fact", topic=question.text)
    if (slot := described_speaker(question.text)) and (
        said := select.relevant(evidence.of_described(holdings, question, slot))
    ):
        return _answer(holdings, question, compose.statement_lines(compose.in_time_order(said), holdings.who))
    must_fit = answer_types.must_fit(question.topic)
    chosen = select.best_facts(facts.facts(holdings, question), must_fit)
    if not chosen:
        return _refuse(question, *notes.not_stated(holdings, question))
    marked = facts.with_short_answers(question.topic, chosen)
    lines = compose.fact_lines(facts.with_statements(holdings, marked), holdings.who)
    return _answer(holdings, question, lines)


def _compare(holdings: Holdings, question: Question) -> Answer:
    """What is told of each of two times, or of two things, the earlier first."""
    chosen = compared.change(holdings, question) if question.kind == "change" else compared.which(holdings, question)
    if not chosen:
        return _refuse(question, *notes.not_stated(holdings, question))
    told = facts.with_statements(holdings, [e for e in chosen if e.statement is None])
    said = [e for e in chosen if e.statement is not None]
    lines = [*compose.fact_lines(told, holdings.who), *compose.statement_lines(said, holdings.who)]
    missing = compared.in_moments(chosen, question.moments)
    found = _answer(holdings, question, compose.oldest_first(lines))
    return replace(found, note=" ".join(filter(None, (notes.nothing_from(missing), found.note))) or None)


def _summary(holdings: Holdings, question: Question) -> Answer:
    """What the article says that is most about the topic."""
    chosen = summary.summarise(holdings, question)
    if not chosen:
        return _refuse(question, notes.no_article(question))
    lines = compose.fact_lines(facts.with_statements(holdings, chosen), holdings.who)
    return replace(_answer(holdings, question, lines), note=notes.summed_up(chosen[0].article))


def _several(holdings: Holdings, question: Question) -> Answer:
    """The answers to several questions, one after the other."""
    answers = [_extract(holdings, part) for part in question.parts]
    lines = tuple(dict.fromkeys(line for answer in answers for line in answer.lines))
    note = " ".join(dict.fromkeys(answer.note for answer in answers if answer.note)) or None
    if not lines:
        return _refuse(question, note or "", [line for answer in answers for line in answer.nearby])
    return Answer(True, lines, compose.citations(lines), question, note)


def _quote_check(holdings: Holdings, question: Question) -> Answer:
    """ "Did X really say …?" is answered by the quote check."""
    from rag import quotes

    check = quotes.check(holdings, question.quote or "", question.speaker)
    if check.citation is None or check.verdict == "not_found":
        return _refuse(question, check.explanation)
    line = Line(check.citation.text, (check.citation,), check.citation.speaker, "quoted", remark=check.verdict)
    return replace(_answer(holdings, question, [line]), note=check.explanation)


def _answer(holdings: Holdings, question: Question, lines: Sequence[Line]) -> Answer:
    held = check_lines(lines, holdings.catalogue.article)
    shown = tuple(held[:MOST_LINES])
    note = notes.more(len(held) - len(shown)) if len(held) > len(shown) else None
    return Answer(bool(shown), shown, compose.citations(shown), question, note)


def _refuse(question: Question, note: str, nearby: Sequence[Line] = ()) -> Answer:
    return Answer(False, (), (), question, note, tuple(nearby))


def _written(
    holdings: Holdings, settings: Settings, found: Answer, today: datetime | None, begun: float
) -> Iterator[Answer]:
    """The chat model's sentences before the evidence they rest on; if it fails, what passed till then stays."""
    from rag.answering import writer

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
    note = " ".join(filter(None, (note, found.note))) or None
    timings = {**found.timings, "total": time.perf_counter() - begun}
    return replace(found, lines=lines, citations=compose.citations(lines), note=note, timings=timings)
