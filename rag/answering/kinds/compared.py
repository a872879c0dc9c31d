"""What is told of two times or of two things, and what an article says in short."""

from __future__ import annotations

from dataclasses import replace

from rag.answering import compose, notes
from rag.answering.evidence import compared, facts, summary
from rag.answering.kinds.result import answered, noted, refuse
from rag.domain import Answer, Question
from rag.holdings import Holdings


def compare(holdings: Holdings, question: Question) -> Answer:
    """What is told of each of two times, or of two things, the earlier first."""
    chosen = compared.change(holdings, question) if question.kind == "change" else compared.which(holdings, question)
    if not chosen:
        return refuse(question, *notes.not_stated(holdings, facts.facts(holdings, question)))
    told = facts.with_statements(holdings, [e for e in chosen if e.statement is None])
    said = [e for e in chosen if e.statement is not None]
    lines = [*compose.fact_lines(told, holdings.who), *compose.statement_lines(said, holdings.who)]
    missing = compared.in_moments(chosen, question.moments)
    return noted(answered(holdings, question, compose.oldest_first(lines)), notes.nothing_from(missing))


def summarise(holdings: Holdings, question: Question) -> Answer:
    """What the article says that is most about the topic."""
    chosen = summary.summarise(holdings, question)
    if not chosen:
        return refuse(question, notes.no_article(question))
    lines = compose.fact_lines(facts.with_statements(holdings, chosen), holdings.who)
    return replace(answered(holdings, question, lines), note=notes.summed_up(chosen[0].article))
